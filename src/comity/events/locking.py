"""One writer at a time in a store's folder, and the folder free of what a killed one left."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from comity.events.errors import StoreError
from comity.events.manifest import MANIFEST, OUTPUT_PATH, REFUSED_PATH, Manifest

LOCK: Final = ".lock"
STAGING_PREFIX: Final = ".staging-"
WAITING: Final = "another import is at work in this folder; waiting for it"

Progress = Callable[[str, int, int], None]  # a file's name or a message, bytes done, bytes in all


@contextmanager
def locked(folder: Path, tell: Progress) -> Iterator[bool]:
    """Make the folder if need be and hold its lock; gives whether it had to wait.

    Raises
    ------
    StoreError : the folder cannot be made or written
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise StoreError(
            f"the data folder cannot be written: {error.strerror or error}",
            where=str(folder),
            remedy="Make it writable, or copy the case to a folder of your own with 'comity new'.",
        ) from None
    from filelock import FileLock, Timeout  # only a writer needs it

    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
        waited = False
    except Timeout:
        tell(WAITING, 0, 0)
        lock.acquire()
        waited = True
    try:
        yield waited
    finally:
        lock.release()


def sweep(folder: Path, manifest: Manifest) -> None:
    """Delete what no import in the manifest owns: the leavings of a killed or removed one."""
    owned = {output.path for one in manifest.imports for output in one.outputs}
    owned |= {one.refused_path for one in manifest.imports}
    for staging in folder.glob(f"{STAGING_PREFIX}*"):
        shutil.rmtree(staging, ignore_errors=True)
    (folder / f"{MANIFEST}.new").unlink(missing_ok=True)
    for path in sorted([*folder.glob("*/*.parquet"), *folder.glob("refused/*.csv")]):
        name = path.relative_to(folder).as_posix()
        if name not in owned and (OUTPUT_PATH.fullmatch(name) or REFUSED_PATH.fullmatch(name)):
            path.unlink()
