"""Bringing in the text of a document, so that passages show in place."""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.cases.case import Case
from comity.cases.documents import leads_outside
from comity.provenance import ComityError, PassageMismatchError, Source, UnreadableFileError

MAX_BYTES: Final = 64 * 1024 * 1024
BOM: Final = b"\xef\xbb\xbf"


class UnknownTextError(PassageMismatchError):
    """A text that is no document of the case; `expected` holds the documents that are."""

    def __init__(self, path: Path, sha256: str, expected: tuple[Source, ...], hint: str) -> None:
        self.sha256, self.expected = sha256, expected
        named = "; ".join(f"{one.id} {one.title!r} ({one.sha256[:12]}…)" for one in expected)
        super().__init__(
            f"{path.name} is no document of this case: its SHA-256 is {sha256[:12]}…",
            where=str(path),
            allowed=f"Expected: {named}." if named else "The case lists no documents.",
            remedy=hint or "It may be another edition, or the file was changed after coding.",
        )


@dataclass(frozen=True, slots=True)
class Attached:
    """A text now kept: its document, where, and how many passages stand in it as coded."""

    document: str
    path: Path
    passages: int
    mismatched: tuple[str, ...] = ()  # rows whose words are not found in place

    def to_dict(self) -> dict[str, object]:
        """Give the same as plain values."""
        return {
            "document": self.document,
            "path": str(self.path),
            "passages": self.passages,
            "mismatched": list(self.mismatched),
        }


def attach(case: Case, path: str | Path) -> Attached:
    """Keep a copy of a document's text for this case, and compare every passage with it.

    The copy goes into the folder ``attached`` of the case, or of the user's data folder where the
    case is read-only.

    Raises
    ------
    UnreadableFileError : the file is missing, empty, too large, or not UTF-8
    UnknownTextError : its hash is that of no document in sources.toml
    ComityError : the copy cannot be written
    """
    content = _content(Path(path))
    sha256 = hashlib.sha256(content).hexdigest()
    documents = tuple(one for one in case.sources.values() if one.kind == "document" and one.sha256)
    document = next((one for one in documents if one.sha256 == sha256), None)
    if document is None:
        raise UnknownTextError(Path(path), sha256, documents, _hint(content, documents))
    kept = case.attached_path(document.id)
    _write(case.own_folder, kept, content)
    case.forget_texts()
    own = [(id, passage) for id, passage in case.passages if passage.document == document.id]
    wrong = tuple(id for id, passage in own if case.passage_words(passage) is None)
    return Attached(document.id, kept, len(own) - len(wrong), wrong)


def attach_text(case: Case, document: str, text: str) -> None:
    """Keep the text of a document that comity has read from a file of any form.

    Raises
    ------
    PassageMismatchError : it is not the text of that document
    ComityError : the copy cannot be written
    """
    content = text.encode("utf-8")
    if case.sources[document].sha256 != hashlib.sha256(content).hexdigest():
        raise PassageMismatchError(f"the text is not that of document {document}", where=str(case.path))
    _write(case.own_folder, case.attached_path(document), content)
    case.forget_texts()


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            what = f"{path.name} is not a file" if path.exists() else f"no file {path.name}"
            raise UnreadableFileError(what, where=str(path.parent))
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFileError(
                f"{path.name} has {size:,} bytes",
                where=str(path.parent),
                allowed=f"At most {MAX_BYTES:,} bytes.",
            )
        content = path.read_bytes()
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{path.name} is not UTF-8: byte 0x{content[error.start]:02x} at {error.start}",
            where=str(path.parent),
            remedy="Attach the text as it was coded: plain text in UTF-8.",
        ) from None
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{path.name[:80]!r} cannot be read: {error}", where="") from None
    if not content:
        raise UnreadableFileError(f"{path.name} is empty", where=str(path.parent))
    return content


def _hint(content: bytes, documents: tuple[Source, ...]) -> str:
    """Look whether only line ends or a byte-order mark keep the text from being the one coded."""
    plain = content.removeprefix(BOM).replace(b"\r\n", b"\n")
    known = {one.sha256 for one in documents}
    for candidate in (plain, plain.rstrip(b"\n"), plain.rstrip(b"\n") + b"\n", plain.replace(b"\n", b"\r\n")):
        if hashlib.sha256(candidate).hexdigest() in known:
            return "Only line ends or a byte-order mark differ: attach the file as it was before."
    return ""


def _write(folder: Path, kept: Path, content: bytes) -> None:
    if leads_outside(folder, kept):
        raise ComityError("the folder attached leads out of the case folder", where=str(kept.parent))
    partial = kept.with_name(f"{kept.name}.{os.getpid()}.part")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(kept)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise ComityError(
            f"the text cannot be kept: {error.strerror}",
            where=str(kept.parent),
            remedy="Set COMITY_HOME to a folder that you can write to.",
        ) from None
