"""Files in: plain text, Markdown, HTML, PDF and Word, each to its text."""

import codecs
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from comity.documents.blocks import find_blocks
from comity.documents.document import Document
from comity.documents.guarded import text_of
from comity.documents.unpacking import MAX_CHARACTERS
from comity.provenance import UnreadableFileError

MAX_BYTES: Final = 64 * 1024 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_document(
    path: Path, *, id: str = "", written: tuple[date | None, date | None] = (None, None)
) -> Document:
    """Read a file; its form is told by its name, and by its first bytes.

    A text file's text is untouched. Of the others the text is what the file says it is.

    Raises
    ------
    UnreadableFileError : missing, empty, too large, broken, without any text, or one that takes more
        time or memory to open than a document should
    MissingPartError : an HTML page, a PDF or a Word file, and the part for it is not installed
    """
    content = _bytes(path)
    text = _reader(path, content)(content, path.name)
    if not text.strip():
        raise UnreadableFileError(f"{path.name} holds no text", where=str(path.parent))
    if len(text) > MAX_CHARACTERS:
        raise UnreadableFileError(
            f"{path.name} holds {len(text):,} characters", allowed=f"At most {MAX_CHARACTERS:,} are read."
        )
    return make_document(text, id=id or path.stem, written=written)


def make_document(
    text: str, *, id: str = "text", written: tuple[date | None, date | None] = (None, None)
) -> Document:
    """Make a document of a text that is there already."""
    return Document(id, text, find_blocks(text), written)


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise UnreadableFileError(
            f"{path.name} is a folder", where=str(path.parent), remedy="Name the files in it."
        )
    if not path.is_file():
        other = f"{path.name} is a pipe or a device" if path.exists() else f"no file {path.name}"
        raise UnreadableFileError(
            other, where=str(path.parent), remedy="Save the text in a file first." if path.exists() else ""
        )
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableFileError(
            f"{path.name} has {size:,} bytes",
            where=str(path.parent),
            allowed=f"At most {MAX_BYTES:,} bytes are read as one document.",
            remedy="Split it into documents.",
        )
    content = path.read_bytes()
    if not content:
        raise UnreadableFileError(f"{path.name} is empty", where=str(path.parent))
    return content


def _reader(path: Path, content: bytes) -> Callable[[bytes, str], str]:
    suffix = path.suffix.lower()
    head = content[:1024].lstrip().lower()
    if content.startswith(b"%PDF") or suffix == ".pdf":
        return partial(text_of, "pdf")
    if suffix == ".docx":
        return partial(text_of, "word")
    if suffix in (".html", ".htm", ".xhtml") or head.startswith((b"<!doctype html", b"<html")):
        return partial(text_of, "html")
    return _plain


def _plain(content: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding, name)
    if (place := content.find(b"\0")) >= 0:
        line = content[:place].count(b"\n") + 1
        wide = max(content[:4096:2].count(0), content[1:4096:2].count(0)) * 3 > min(len(content), 4096)
        raise UnreadableFileError(
            f"{name} is a binary file: it holds a byte 0",
            where=f"line {line}",
            allowed="Text, Markdown, HTML, PDF or Word.",
            remedy="It looks like UTF-16 without its mark: save it again with the encoding UTF-8."
            if wide
            else "",
        )
    return _decoded(content, "utf-8", name)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFileError(
            f"{name} is not {encoding.upper()}: byte 0x{content[error.start]:02x}",
            where=f"line {line}",
            remedy="Save it again with the encoding UTF-8; for old texts: iconv -f LATIN1 -t UTF-8.",
        ) from None
