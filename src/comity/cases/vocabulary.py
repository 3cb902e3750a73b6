"""Fixed lists of values, kept as tables beside the code."""

import csv
from functools import cache
from importlib import resources


@cache
def contexts() -> tuple[str, ...]:
    """List the PLOVER contexts."""
    return _column("contexts.csv", "context")


@cache
def units() -> tuple[str, ...]:
    """List the units that a pledge's quantity can have."""
    return _column("units.csv", "unit")


def _column(table: str, column: str) -> tuple[str, ...]:
    text = resources.files(__package__).joinpath("data", table).read_text(encoding="utf-8")
    return tuple(row[column] for row in csv.DictReader(text.splitlines()))
