"""Answers as tidy frames of the library that the caller uses."""

import importlib.util
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from comity.provenance import UsageError

LIBRARIES: Final = ("pandas", "polars", "pyarrow")
TYPES: Final[Mapping[type, str]] = {str: "String", float: "Float64", int: "Int64", date: "Date"}


def library_of(frame: Any) -> str | None:
    """Name the library that a frame belongs to, if it is one that can be handed back.

    Raises
    ------
    UsageError : this is no frame in memory
    """
    import narwhals as nw  # only where somebody hands us frames

    table = nw.from_native(frame, eager_only=True, pass_through=True)
    if not isinstance(table, nw.DataFrame):
        raise UsageError(
            f"{type(frame).__name__} holds no events",
            allowed="Events, or a frame of pandas, polars or pyarrow in memory.",
            remedy="Call collect() on a lazy frame." if hasattr(frame, "collect") else "",
        )
    name = str(table.implementation.value)
    return name if name in LIBRARIES else None


def tidy(columns: Mapping[str, Sequence[Any]], types: Mapping[str, type], native: str | None = None) -> Any:
    """Make a frame with the columns of `types`, in that order.

    Parameters
    ----------
    columns : name to values; ``None`` becomes null
    types : name to str, float, int or date
    native : "pandas", "polars" or "pyarrow"; by default the first that is installed

    Raises
    ------
    UsageError : another library, or none is installed
    """
    import narwhals as nw  # only where somebody asks for frames

    installed = [one for one in LIBRARIES if importlib.util.find_spec(one)]
    library = native or next(iter(installed), None)
    if library not in installed:
        raise UsageError(
            f"no frames of {library!r} here" if library else "no library for frames is installed",
            allowed=f"One of {', '.join(installed or LIBRARIES)}.",
            remedy="Install one, for example: pip install polars",
        )
    schema = {name: getattr(nw, TYPES[kind])() for name, kind in types.items()}
    if library == "pandas":  # pandas has no type for days: they become midnights
        schema = {name: nw.Datetime("us") if kind == nw.Date() else kind for name, kind in schema.items()}
    data = {name: list(columns[name]) for name in types}
    backend = nw.Implementation.from_string(library)
    return nw.from_dict(data, schema, backend=backend).to_native()  # type: ignore[arg-type]
