"""Writing in a case folder: whole files or none, and one writer at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from comity.cases.documents import leads_outside
from comity.provenance import ComityError

LOCK: Final = "runs/.review.lock"  # a folder that version control leaves out
PATIENCE_SECONDS: Final = 30.0  # a decision takes milliseconds; a longer wait is a writer that hangs


def write_whole(folder: Path, path: Path, content: bytes) -> None:
    """Write a file of a case beside its place and move it there, so that nobody reads half of it.

    The caller holds the case's lock (`writing`).

    Raises
    ------
    ComityError : the path leads out of the folder, or cannot be written
    """
    if leads_outside(folder, path):
        raise ComityError(f"{path.name} leads out of the case folder", where=str(folder))
    partial = path.with_name(
        f".{path.name}.part"
    )  # writers take turns: what a killed one left is written over
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        partial.replace(path)
    except OSError as error:
        raise ComityError(
            f"{path.name} cannot be written: {error.strerror or error}", where=str(path.parent)
        ) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the case's lock: two reviewers write one after the other.

    Raises
    ------
    ComityError : the folder cannot be written, or another writer does not let go
    """
    from filelock import FileLock, Timeout  # only a writer needs it

    path = folder / LOCK
    if leads_outside(folder, path):
        raise ComityError("the folder runs leads out of the case folder", where=str(folder))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=PATIENCE_SECONDS)
        lock.acquire()
    except Timeout:
        raise ComityError(
            f"another writer has held the case for {PATIENCE_SECONDS:g} seconds",
            where=str(folder),
            remedy="Wait until the other review is done, and decide again.",
        ) from None
    except OSError as error:
        raise ComityError(
            f"the case cannot be written: {error.strerror or error}",
            where=str(folder),
            remedy="Make the folder writable, or copy the case with 'comity new'.",
        ) from None
    try:
        yield
    finally:
        lock.release()
