"""Writing a file as a whole or not at all."""

import os
import tempfile
from pathlib import Path

from comity.provenance import UnreadableFileError


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` beside `path` and move it into place, so that no reader sees half a file.

    Raises
    ------
    UnreadableFileError : the folder does not exist or cannot be written
    """
    folder = path.parent
    if not folder.is_dir():
        raise UnreadableFileError(f"no folder {folder}", remedy="Make it first, or name another place.")
    if path.is_dir():
        raise UnreadableFileError(f"{path} is a folder", remedy="Name a file.")
    try:
        handle, draft = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.")
    except OSError as error:
        raise UnreadableFileError(f"{folder} cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(draft, 0o666 & ~_umask())  # noqa: PTH101
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
