"""Imported event data of a case: Parquet by source and year, and a manifest of hashes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from comity.events.lines import Line

if TYPE_CHECKING:
    import duckdb


class EventStore:
    """A folder of imported rows; a folder that does not exist holds none."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def has_rows(self) -> bool:
        """Whether any row can enter an act."""
        return False

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last day number."""
        return None

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors that rows name, sorted."""
        return ()

    @property
    def editions(self) -> dict[str, str]:
        """Name to hash of what the rows came from."""
        return {}

    def relation(self, engine: "duckdb.DuckDBPyConnection", *, nonstate: bool) -> str:
        """Give what to select rows from, in SQL."""
        raise NotImplementedError

    def lines(self) -> Iterator[Line]:
        """Give one dictionary per row."""
        yield from ()

    def find(self, ids: Iterable[str]) -> Iterator[Line]:
        """Give the dictionaries of the rows with these ids."""
        del ids
        yield from ()
