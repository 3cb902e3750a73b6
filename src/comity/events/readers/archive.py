"""Unpacking gzip and zip files piece by piece, so that a small file cannot fill the memory."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Final, NoReturn

CHUNK_BYTES: Final = 1 << 20
GZIP_MAGIC: Final = b"\x1f\x8b"
ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
OTHER_MAGIC: Final = {
    b"BZh": "a bzip2 archive",
    b"PAR1": "a Parquet file",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"Rar!": "a RAR archive",
}
ONE_FILE: Final = "An archive holds one file of text, as the publishers pack them."
ENCRYPTED: Final = 0x1
DESKTOP_FILES: Final = ("__MACOSX/", ".DS_Store")
OUTSIDE: Final = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f]")
DAMAGE: Final = (
    zlib.error, zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError,
    ValueError, struct.error, OverflowError,
)  # fmt: skip

Fail = Callable[..., NoReturn]  # what, remedy=, allowed=


def magic_of(head: bytes) -> str:
    """Say what kind of packed or binary file begins with these bytes; empty for none that is known."""
    if head.startswith(GZIP_MAGIC):
        return "a gzip file"
    if head.startswith(ZIP_MAGIC):
        return "a zip archive"
    return next((what for magic, what in OTHER_MAGIC.items() if head.startswith(magic)), "")


class Gunzip:
    """Unpacks gzip data; members may follow one another."""

    def __init__(self) -> None:
        self._member = self._new()
        self.complete = False

    @staticmethod
    def _new() -> "zlib._Decompress":
        return zlib.decompressobj(wbits=31)  # 31: a gzip header and checksum

    def chunks(self, packed: bytes) -> Iterator[bytes]:
        """Unpack one piece, at most a chunk at a time."""
        while packed:
            if self.complete:
                packed = packed.lstrip(b"\0")  # padding after the last member
                if not packed:
                    return
                self._member, self.complete = self._new(), False
            chunk = self._member.decompress(packed, CHUNK_BYTES)
            if chunk:
                yield chunk
            self.complete = self._member.eof
            packed = self._member.unused_data if self._member.eof else self._member.unconsumed_tail


def unzipped(raw: IO[bytes], fail: Fail) -> Iterator[bytes]:
    """Give the one file of a zip archive in chunks; `fail` is told what is wrong with an archive."""
    try:
        with zipfile.ZipFile(raw) as archive, archive.open(_only_file(archive, fail)) as member:
            while chunk := member.read(CHUNK_BYTES):
                yield chunk
    except DAMAGE as error:
        fail(f"is a damaged zip archive: {error}", remedy="Download it again.")


def _only_file(archive: zipfile.ZipFile, fail: Fail) -> zipfile.ZipInfo:
    files = [one for one in archive.infolist() if not _of_the_desktop(one)]
    outside = next((one for one in archive.infolist() if OUTSIDE.search(one.orig_filename)), None)
    if outside is not None:
        fail(
            f"holds a file that would leave its folder: {outside.orig_filename[:80]!r}",
            allowed=ONE_FILE,
            remedy="Do not unpack it; download it again from its publisher.",
        )
    if len(files) != 1:
        names = ", ".join(repr(one.filename[:80]) for one in files[:5]) or "none"
        fail(
            f"is an archive of {len(files)} files ({names})",
            allowed=ONE_FILE,
            remedy="Unpack it and name the files.",
        )
    if files[0].flag_bits & ENCRYPTED:
        fail("is an archive with a password", allowed=ONE_FILE, remedy="Unpack it first.")
    if files[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        fail("is packed in a way that is not read here", allowed="Deflate.", remedy="Unpack it first.")
    return files[0]


def _of_the_desktop(one: zipfile.ZipInfo) -> bool:
    return one.is_dir() or one.filename.startswith(DESKTOP_FILES) or one.filename.endswith(DESKTOP_FILES)
