"""The SQL engine, loaded only when rows are asked for."""

import tempfile
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT: Final = "1GB"  # what does not fit goes to the temporary folder


def connect(temporary: str = "") -> "closing[duckdb.DuckDBPyConnection]":
    """Open an engine of its own for one question; close it by leaving the `with`."""
    import duckdb  # a case without imported rows never needs it

    folder = temporary or tempfile.gettempdir()
    return closing(duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": folder}))


def literal(text: object) -> str:
    """Quote a text for SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def listed(values: Any) -> str:
    """Quote a list of texts for SQL."""
    return "(" + ", ".join(literal(value) for value in values) + ")"
