"""A first walk through a file's bytes: its hash, its lines, and whether an engine may split them."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from comity.provenance import UnreadableFileError

CHUNK_BYTES: Final = 1 << 22
NEVER: Final = b"\x01"  # stands where an engine wants a sign that no line has
ABSENT: Final = b"\x02"  # and a second one
STRANGE: Final = (b"\0", NEVER, ABSENT, b"\r")  # an engine may see other lines than we do
BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file's bytes say, whatever its format."""

    sha256: str
    bytes: int
    changed_ns: int  # when the file was last changed
    lines: int
    tabs: int
    plain: bool  # every line ends in a line feed, and no sign is strange

    @classmethod
    def of(cls, path: Path) -> "Survey":
        """Read a file once.

        Raises
        ------
        UnreadableFileError : it cannot be read
        """
        digest, size, lines, tabs, plain, last = hashlib.sha256(), 0, 0, 0, True, b"\n"
        try:
            with path.open("rb") as file:
                changed_ns = os.fstat(file.fileno()).st_mtime_ns
                while chunk := file.read(CHUNK_BYTES):
                    digest.update(chunk)
                    if plain:
                        plain = not (size == 0 and chunk.startswith(BOM)) and not any(
                            sign in chunk for sign in STRANGE
                        )
                        signs = np.frombuffer(chunk, dtype=np.uint8)
                        lines += int(np.count_nonzero(signs == ord("\n")))
                        tabs += int(np.count_nonzero(signs == ord("\t")))
                    size, last = size + len(chunk), chunk[-1:]
        except OSError as error:
            raise UnreadableFileError(
                f"{path.name} cannot be read: {error.strerror}", where=str(path.parent)
            ) from None
        return cls(digest.hexdigest(), size, changed_ns, lines, tabs, plain and size > 0 and last == b"\n")

    def still(self, path: Path) -> bool:
        """Tell whether the file looks as it did."""
        try:
            now = path.stat()
        except OSError:
            return False
        return (now.st_size, now.st_mtime_ns) == (self.bytes, self.changed_ns)
