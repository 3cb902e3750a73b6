"""Compiling the inner loops once, and keeping the machine code."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

KERNELS: Final[list[Any]] = []  # every compiled function of this room, filled while its files are imported

NEEDED: Final = {"advance", "push", "write_rows"}


def kernel(function: Function) -> Function:
    """Compile a function at its first call and cache the machine code beside it, or in the user's cache."""
    compiled = numba.njit(cache=True, error_model="numpy", fastmath={"reassoc", "contract", "nsz"})(function)
    KERNELS.append(compiled)
    return cast(Function, compiled)


def kernels_are_cached(risk_set: str | None = None) -> bool:
    """Tell whether an earlier run left the machine code that statistics, or a fit over `risk_set`, need."""
    needed = NEEDED | {"full": {"add_full_risk_set"}, "sampled": {"add_rows"}}.get(risk_set or "", set())
    return all(_has_index(one) for one in KERNELS if one.py_func.__name__ in needed)


def _has_index(compiled: Any) -> bool:
    folder = Path(compiled.stats.cache_path)
    name = f"{Path(compiled.py_func.__code__.co_filename).stem}.{compiled.py_func.__qualname__}-"
    return folder.is_dir() and any(one.name.startswith(name) for one in folder.glob("*.nbi"))
