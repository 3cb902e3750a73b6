"""Reading a text file of any size line by line, in little memory, plain, gzipped or zipped."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, NoReturn

from comity.events.readers.archive import (
    CHUNK_BYTES,
    GZIP_MAGIC,
    ZIP_MAGIC,
    Gunzip,
    magic_of,
    unzipped,
)
from comity.provenance import UnreadableFileError

MAX_LINE: Final = 1 << 16  # characters; a row of event data has a few hundred
MAX_RATIO: Final = 100  # text unpacks to about five times its size; beyond this it is a trap
FREE_BYTES: Final = 1 << 26  # unpacked before the ratio is looked at
HEAD_BYTES: Final = 8
ALLOWED: Final = "Text in UTF-8, plain, gzipped or zipped."
BOM: Final = b"\xef\xbb\xbf"


class LineStream:
    """The lines of one file, each with its number from 1; UTF-8, unpacked on the way.

    Iterate once. `bytes_read` and `sha256` are of the file as it lies on disk.

    Parameters
    ----------
    path : plain, gzipped, or a zip archive of one file; told by its content
    lenient : bytes that are not UTF-8 become U+FFFD instead of stopping the import; for formats
        whose places and addresses have such bytes, and whose codes and names do not
    """

    def __init__(self, path: Path, *, lenient: bool = False) -> None:
        if not path.exists():
            raise UnreadableFileError(f"no file {path.name}", where=str(path.parent))
        if not path.is_file():
            raise UnreadableFileError(f"{path.name} is not a file", where=str(path.parent))
        self.path = path
        self._lenient = lenient
        self._hash = hashlib.sha256()
        self.bytes_read = 0

    @property
    def sha256(self) -> str:
        """Hash of the whole file once the lines are through."""
        return self._hash.hexdigest()

    def __iter__(self) -> Iterator[tuple[int, str]]:
        try:
            with self.path.open("rb") as raw:
                yield from self._lines(raw)
        except OSError as error:
            self._fail(f"cannot be read: {error.strerror or error}")

    def _lines(self, raw: IO[bytes]) -> Iterator[tuple[int, str]]:
        number, carry = 0, b""
        for chunk in self._text(raw):
            if b"\0" in chunk:
                faulty = number + 1 + chunk[: chunk.index(b"\0")].count(b"\n")
                self._fail("is a binary file, or not UTF-8", line=faulty, allowed=ALLOWED)
            block = carry + chunk
            cut = block.rfind(b"\n") + 1
            carry = block[cut:]
            lines = self._decoded(block[:cut], number).split("\n")[:-1] if cut else []
            self._check_lengths(lines, number, carry)
            for line in lines:
                number += 1
                yield number, line
        if carry:
            yield number + 1, self._decoded(carry, number).removesuffix("\r")

    def _text(self, raw: IO[bytes]) -> Iterator[bytes]:
        head = raw.read(HEAD_BYTES)
        raw.seek(0)
        if not head:
            self._fail("is empty")
        packed = head.startswith((GZIP_MAGIC, *ZIP_MAGIC))
        if not packed and (what := magic_of(head)):
            self._fail(f"is {what}", allowed=ALLOWED, remedy="Unpack or convert it first.")
        first, unpacked = True, 0
        for chunk in self._unpacked(raw, head):
            unpacked += len(chunk)
            if unpacked > max(FREE_BYTES, MAX_RATIO * self.bytes_read):
                self._fail(
                    f"unpacks to more than {MAX_RATIO} times its size",
                    allowed="Event data unpack to about five times their size.",
                    remedy="If it is sound, unpack it and import the plain file.",
                )
            if first and packed and (what := magic_of(chunk[:HEAD_BYTES])):
                self._fail(f"is an archive within an archive: {what}", remedy="Unpack it once.")
            yield chunk.removeprefix(BOM) if first else chunk
            first = False

    def _unpacked(self, raw: IO[bytes], head: bytes) -> Iterator[bytes]:
        if head.startswith(ZIP_MAGIC):
            yield from self._unzipped(raw)
            return
        unpack = Gunzip() if head.startswith(GZIP_MAGIC) else None
        while packed := raw.read(CHUNK_BYTES):
            self._hash.update(packed)
            self.bytes_read += len(packed)
            try:
                yield from unpack.chunks(packed) if unpack else (packed,)
            except (zlib.error, gzip.BadGzipFile) as error:
                self._fail(f"is a damaged gzip file: {error}", remedy="Download it again.")
        if unpack and not unpack.complete:
            self._fail("is cut short: the gzip data end too soon", remedy="Download it again.")

    def _unzipped(self, raw: IO[bytes]) -> Iterator[bytes]:
        for chunk in unzipped(raw, self._fail):
            self.bytes_read = raw.tell()
            yield chunk
        raw.seek(0)
        while packed := raw.read(CHUNK_BYTES):
            self._hash.update(packed)
        self.bytes_read = raw.tell()

    def _decoded(self, block: bytes, lines_before: int) -> str:
        try:
            text = block.decode("utf-8")
        except UnicodeDecodeError as error:
            if not self._lenient:
                self._fail(
                    f"is not UTF-8: byte 0x{block[error.start]:02x}",
                    line=lines_before + block[: error.start].count(b"\n") + 1,
                    remedy="Convert it, for example with 'iconv -f latin1 -t utf-8'.",
                )
            text = block.decode("utf-8", errors="replace")
        return text.replace("\r\n", "\n") if "\r" in text else text

    def _check_lengths(self, lines: list[str], lines_before: int, carry: bytes) -> None:
        if max(map(len, lines), default=0) > MAX_LINE:
            number = next(number for number, line in enumerate(lines, 1) if len(line) > MAX_LINE)
            self._fail(f"has a line of over {MAX_LINE:,} characters", line=lines_before + number)
        if len(carry) > 4 * MAX_LINE:  # a character has at most four bytes
            self._fail(f"has a line of over {MAX_LINE:,} characters", line=lines_before + len(lines) + 1)

    def _fail(self, what: str, *, line: int = 0, allowed: str = "", remedy: str = "") -> NoReturn:
        where = f"{self.path.parent}, line {line}" if line else str(self.path.parent)
        raise UnreadableFileError(f"{self.path.name} {what}", where=where, allowed=allowed, remedy=remedy)
