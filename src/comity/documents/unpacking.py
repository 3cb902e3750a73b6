"""HTML, PDF and Word to text, by parsers of other people's making; run as a process, see `guarded`."""

import io
import json
import re
import sys
from collections.abc import Callable
from typing import Final
from zipfile import BadZipFile, ZipFile

from comity.documents.extras import need
from comity.provenance import ComityError, UnreadableFileError

MAX_CHARACTERS: Final = 20_000_000
MAX_PAGES: Final = 5_000
MAX_UNPACKED: Final = 192 * 1024 * 1024  # bytes of a Word file, unpacked, pictures and all
MAX_XML: Final = 24 * 1024 * 1024  # bytes of its XML, of which each takes some ten in memory
REFUSED: Final = 9  # exit code of the process: the reason is printed


def html(content: bytes, name: str) -> str:
    """Give the running text of a page."""
    part = need("trafilatura", purpose="reading HTML")
    extracted: str | None = part.extract(
        content, include_comments=False, include_tables=True, favor_recall=True
    )
    if not extracted:
        raise UnreadableFileError(f"{name} holds no running text that could be found")
    return extracted


def pdf(content: bytes, name: str) -> str:
    """Give the text of a PDF, page by page."""
    part = need("pypdfium2", purpose="reading PDF")
    try:
        opened = part.PdfDocument(content)
    except part.PdfiumError as error:
        raise UnreadableFileError(f"{name} is not a PDF that can be opened: {error}") from None
    try:
        if len(opened) > MAX_PAGES:
            raise UnreadableFileError(f"{name} has {len(opened):,} pages", allowed=f"At most {MAX_PAGES:,}.")
        pages, length = [], 0
        for page in opened:
            pages.append(_page(page))
            length += len(pages[-1])
            if length > MAX_CHARACTERS:
                raise UnreadableFileError(
                    f"{name} holds over {MAX_CHARACTERS:,} characters", remedy="Split it into documents."
                )
    except part.PdfiumError as error:
        raise UnreadableFileError(f"{name} breaks off: {error}") from None
    finally:
        opened.close()
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


def word(content: bytes, name: str) -> str:
    """Give the paragraphs of a Word file."""
    part = need("docx", purpose="reading Word files")
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            sizes = [
                (one.file_size, one.filename.lower().endswith((".xml", ".rels"))) for one in packed.infolist()
            ]
        for unpacked, most, what in (
            (sum(size for size, _ in sizes), MAX_UNPACKED, "bytes"),
            (sum(size for size, is_xml in sizes if is_xml), MAX_XML, "bytes of XML"),
        ):
            if unpacked > most:
                raise UnreadableFileError(
                    f"{name} unpacks to {unpacked:,} {what}",
                    allowed=f"At most {most:,}.",
                    remedy="Save its text by itself, or split it into documents.",
                )
        opened = part.Document(io.BytesIO(content))
    except (BadZipFile, KeyError, ValueError) as error:
        raise UnreadableFileError(f"{name} is not a Word file (.docx): {error}") from None
    return "\n\n".join(one.text for one in opened.paragraphs if one.text.strip())


FORMS: Final[dict[str, Callable[[bytes, str], str]]] = {"html": html, "pdf": pdf, "word": word}


def main(form: str, name: str) -> int:
    """Print the text of the file that comes in, or why there is none."""
    try:
        text = FORMS[form](sys.stdin.buffer.read(), name)
    except ComityError as error:
        reason = {
            "kind": type(error).__name__,
            "what": error.what,
            "where": error.where,
            "allowed": error.allowed,
            "remedy": error.remedy,
        }
        sys.stdout.buffer.write(json.dumps(reason).encode())
        return REFUSED
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
