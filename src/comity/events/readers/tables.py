"""The tables that come with the package, for readers."""

import csv
import io
from importlib import resources


def package_rows(name: str) -> list[dict[str, str]]:
    """Read a table of the room's data folder, one dictionary a row."""
    text = resources.files("comity.events").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
