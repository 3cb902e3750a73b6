"""Parts of other people's making that reading needs and that are installed only on request."""

import importlib
from typing import Any

from comity.provenance import ComityError


class MissingPartError(ComityError):
    """A part that this way of reading needs is not installed."""


def need(module: str, *, purpose: str) -> Any:
    """Import an optional part.

    Raises
    ------
    MissingPartError : it is not installed
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingPartError(
            f"{purpose} needs {module.split('.')[0]}, which is not installed",
            remedy="Install the reading parts: pip install 'comity[read]'.",
        ) from None
