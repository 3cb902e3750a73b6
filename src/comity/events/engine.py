"""The SQL engine, loaded only when rows are asked for."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from comity.events.errors import StoreError

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT: Final = "1GB"  # what does not fit goes to the temporary folder
INTERRUPTED: Final = "Query interrupted"  # what the engine makes of Ctrl-C


@contextmanager
def connect(temporary: str = "") -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open an engine of its own for one question.

    Raises
    ------
    StoreError : the engine cannot read or write the rows
    """
    import duckdb  # a case without imported rows never needs it

    folder = temporary or tempfile.gettempdir()
    try:
        with closing(
            duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": folder})
        ) as engine:
            yield engine
    except duckdb.Error as error:
        raise StoreError(
            f"the stored rows cannot be read or written: {str(error).splitlines()[0]}",
            remedy="If a file of the store is missing or damaged, remove its import and import it again.",
        ) from None
    except RuntimeError as error:
        if str(error) != INTERRUPTED:
            raise
        raise KeyboardInterrupt from None


def literal(text: object) -> str:
    """Quote a text for SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def listed(values: Iterable[object]) -> str:
    """Quote a list of texts for SQL."""
    return "(" + ", ".join(literal(value) for value in values) + ")"
