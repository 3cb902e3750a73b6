"""Files in: plain text, Markdown, HTML, PDF and Word, each to its text."""

import codecs
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from comity.documents.blocks import find_blocks
from comity.documents.document import Document
from comity.documents.extras import need
from comity.provenance import UnreadableFileError

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_CHARACTERS: Final = 20_000_000
MAX_PAGES: Final = 5_000
MAX_UNPACKED: Final = 512 * 1024 * 1024  # bytes of a Word file, unpacked
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
    UnreadableFileError : missing, empty, too large, broken, or without any text
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
    if not path.is_file():
        raise UnreadableFileError(f"no file {path.name}", where=str(path.parent))
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
        return _pdf
    if suffix == ".docx":
        return _word
    if suffix in (".html", ".htm", ".xhtml") or head.startswith((b"<!doctype html", b"<html")):
        return _html
    return _plain


def _plain(content: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding, name)
    if b"\0" in content:
        raise UnreadableFileError(f"{name} is a binary file", allowed="Text, Markdown, HTML, PDF or Word.")
    return _decoded(content, "utf-8", name)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFileError(
            f"{name} is not {encoding.upper()}: byte 0x{content[error.start]:02x}",
            where=f"line {line}",
            remedy="Save it again with the encoding UTF-8.",
        ) from None


def _html(content: bytes, name: str) -> str:
    part = need("trafilatura", purpose="reading HTML")
    extracted: str | None = part.extract(
        content, include_comments=False, include_tables=True, favor_recall=True
    )
    if not extracted:
        raise UnreadableFileError(f"{name} holds no running text that could be found")
    return extracted


def _pdf(content: bytes, name: str) -> str:
    part = need("pypdfium2", purpose="reading PDF")
    try:
        pdf = part.PdfDocument(content)
    except part.PdfiumError as error:
        raise UnreadableFileError(f"{name} is not a PDF that can be opened: {error}") from None
    try:
        if len(pdf) > MAX_PAGES:
            raise UnreadableFileError(f"{name} has {len(pdf):,} pages", allowed=f"At most {MAX_PAGES:,}.")
        pages, length = [], 0
        for page in pdf:
            pages.append(_page(page))
            length += len(pages[-1])
            if length > MAX_CHARACTERS:
                raise UnreadableFileError(
                    f"{name} holds over {MAX_CHARACTERS:,} characters", remedy="Split it into documents."
                )
    except part.PdfiumError as error:
        raise UnreadableFileError(f"{name} breaks off: {error}") from None
    finally:
        pdf.close()
    if not "".join(pages).strip():
        raise UnreadableFileError(
            f"{name} has {len(pages)} pages and no text", remedy="It is scanned: run text recognition first."
        )
    return "\n\n".join(pages)


def _page(page: object) -> str:
    part = page.get_textpage()  # type: ignore[attr-defined]
    try:
        words: str = part.get_text_bounded()
    finally:
        part.close()
    # pdfium marks a hyphen at a line's end with U+FFFE; the word goes on in the next line.
    return re.sub(r"[\ufffe\x02]\s*", "", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _word(content: bytes, name: str) -> str:
    part = need("docx", purpose="reading Word files")
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        if unpacked > MAX_UNPACKED:
            raise UnreadableFileError(
                f"{name} unpacks to {unpacked:,} bytes", allowed=f"At most {MAX_UNPACKED:,}."
            )
        opened = part.Document(io.BytesIO(content))
    except (BadZipFile, KeyError, ValueError) as error:
        raise UnreadableFileError(f"{name} is not a Word file (.docx): {error}") from None
    return "\n\n".join(one.text for one in opened.paragraphs if one.text.strip())
