"""The annotation coder: what people annotated elsewhere, brought through the same gate as everything."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from comity.actors import Registry, load_registry
from comity.documents.annotation import MAX_BYTES, Annotation, Annotations, Target, same_words
from comity.documents.annotations_cas import STRUCTURES, read_json_cas, read_xmi
from comity.documents.annotations_csv import read_csv_annotations
from comity.documents.annotations_tsv import read_tsv
from comity.documents.annotations_web import read_web_annotations
from comity.documents.candidate import Draft, Quotation
from comity.documents.document import Document
from comity.documents.gate import Rejected
from comity.documents.intake import Intake
from comity.documents.offsets import CodeUnits
from comity.provenance import BadValueError, ComityError, UnreadableFileError, read_text

MOST_FILES: Final = 1_000  # in a zip file
MAX_UNPACKED: Final = 256 * 1024 * 1024
MOST_PLACES: Final = 5_000  # of the same words in one text, that are compared by their surroundings
READ: Final = (".csv", ".json", ".jsonld", ".xmi", ".tsv")
TYPE_SYSTEM: Final = "typesystem.xml"


def read_annotations(path: Path) -> Annotations:
    """Read a file of annotations; its form is told by its content.

    A CSV table, W3C Web Annotations (JSON-LD), or what INCEpTION exports: UIMA CAS JSON, UIMA CAS XMI
    (XML 1.0), WebAnno TSV 3; or a zip file with such files.

    Raises
    ------
    UnreadableFileError : missing, empty, too large, none of these forms, or broken
    """
    if not path.is_file():
        raise UnreadableFileError(f"no file {path.name}", where=str(path.parent))
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFileError(
            f"{path.name} has {path.stat().st_size:,} bytes", allowed=f"At most {MAX_BYTES:,}."
        )
    with path.open("rb") as file:
        head = file.read(4)
    if head == b"PK\x03\x04":
        return _packed(path.read_bytes(), path.name)
    if path.suffix.lower() == ".xmi" or head in (b"<?xm", b"<xmi"):
        return read_xmi(path.read_bytes(), path.name)
    return _plain(read_text(path), path.name)


@dataclass
class AnnotationCoder:
    """Gives the annotations of a document as drafts; each place is looked up in the text.

    Where an annotation gives words and a place, the words count; if other words stand at the place,
    the row says so. An annotation that names no document is taken for `alone`, if that is given.
    """

    annotations: Annotations
    registry: Registry = field(default_factory=load_registry)
    alone: str = ""
    name: str = "annotations"

    def code(self, document: Document) -> Sequence[Draft | Rejected]:
        """Give the drafts of a document, and the annotations that cannot be taken in."""
        reader = _Placer(document)
        intake = Intake(document, self.registry)
        rows: list[Draft | Rejected] = [
            Rejected(where, reason)
            for where, name, reason in self.annotations.refused
            if self._is(name, document)
        ]
        for one in self.annotations.found:
            if self._is(one.document, document):
                rows.append(_draft(one, reader, intake))
        return rows

    def elsewhere(self, documents: Sequence[Document]) -> dict[str, int]:
        """Count the annotations on documents that are not read, by their names."""
        counts: dict[str, int] = {}
        for one in self.annotations.found:
            if not any(self._is(one.document, document) for document in documents):
                counts[one.document] = counts.get(one.document, 0) + 1
        return counts

    @property
    def documents(self) -> tuple[str, ...]:
        """The names of documents that the annotations give; empty for those that give none."""
        return tuple(dict.fromkeys(one.document for one in self.annotations.found))

    def _is(self, name: str, document: Document) -> bool:
        return name == document.id or (document.id == self.alone and name in ("", *self.documents[:1]))


def _draft(one: Annotation, placer: "_Placer", intake: Intake) -> Draft | Rejected:
    shown = next((target.words for target in one.targets if target.words), one.where)
    try:
        placed = [placer.quotation(target) for target in one.targets]
        doubts = tuple(dict.fromkeys(doubt for _, doubt in placed if doubt))
        said = placer.quotation(one.said, near=placed[0][0].near)[0] if one.said else None
        return intake.draft(one.fields, tuple(each for each, _ in placed), said=said, doubts=doubts)
    except ComityError as error:
        return Rejected(shown, " ".join(filter(None, (f"{one.where}: {error.what}", error.allowed))))


class _Placer:
    """Finds where in a document an annotation points."""

    def __init__(self, document: Document) -> None:
        self.text = document.text

    @cached_property
    def units(self) -> CodeUnits:
        return CodeUnits(self.text)

    def quotation(self, target: Target, *, near: int = 0) -> tuple[Quotation, str]:
        """The words of a target, as the gate will look them up, and what is doubtful about its place."""
        if target.start is None or target.end is None:
            return Quotation(target.words, self._near(target, near)), ""
        for start, end in self._places(target):
            words = self.text[start:end]
            if (
                words.strip()
                and end <= len(self.text)
                and (not target.words or same_words(words, target.words))
            ):
                return Quotation(words, start), ""
        place = f"{target.start:,} to {target.end:,}"
        if not target.words:
            raise BadValueError(f"the place {place} holds no words of the text")
        doubt = f"place: other words stand at {place}"
        return Quotation(target.words, self._near(target, target.start)), doubt

    def _places(self, target: Target) -> Iterator[tuple[int, int]]:
        """The place as counted in characters; then as a browser counts, where words can tell which."""
        start, end = target.start or 0, target.end or 0
        yield start, end
        if target.units and target.words:
            try:
                yield self.units.character(start), self.units.character(end)
            except BadValueError:
                return

    def _near(self, target: Target, near: int) -> int:
        """Of several places of the words, the one with the surroundings given; else the nearest."""
        parts = [re.escape(part) for part in target.words.split()]
        places = []
        for match in re.finditer(r"\s+".join(parts), self.text):
            places.append(match.span())
            if len(places) > MOST_PLACES:
                break
        if len(places) < 2:
            return places[0][0] if places else near
        return max(places, key=lambda one: (self._agrees(target, *one), -abs(one[0] - near)))[0]

    def _agrees(self, target: Target, start: int, end: int) -> int:
        before, after = " ".join(target.before.split()), " ".join(target.after.split())
        left = " ".join(self.text[max(0, start - 2 * len(target.before) - 1) : start].split())
        right = " ".join(self.text[end : end + 2 * len(target.after) + 1].split())
        return _shared(before[::-1], left[::-1]) + _shared(after, right)


def _shared(one: str, other: str) -> int:
    length = min(len(one), len(other))
    return next((i for i in range(length) if one[i] != other[i]), length)


def _plain(text: str, name: str) -> Annotations:
    if text.startswith("#FORMAT="):
        return read_tsv(text, name)
    if text.lstrip()[:1] not in ("{", "["):
        return read_csv_annotations(text, name)
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:80]
        raise UnreadableFileError(f"{name} is not JSON: {why}") from None
    if isinstance(value, dict) and STRUCTURES in value:
        return read_json_cas(value, name)
    return read_web_annotations(value, name)


def _packed(content: bytes, name: str) -> Annotations:
    """Read the annotation files in a zip file; nothing is unpacked to the disk."""
    answer = Annotations()
    left = MAX_UNPACKED
    read = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = [one for one in packed.infolist() if not one.is_dir()]
            if len(entries) > MOST_FILES:
                raise UnreadableFileError(
                    f"{name} holds {len(entries):,} files", allowed=f"At most {MOST_FILES:,}."
                )
            for entry in entries:
                inner = Path(entry.filename).name
                if Path(inner).suffix.lower() not in READ:
                    if inner.lower() != TYPE_SYSTEM:
                        answer.leave(f"file {Path(inner).suffix[:12] or 'without ending'}")
                    continue
                with packed.open(entry) as file:
                    unpacked = file.read(min(left, MAX_BYTES) + 1)
                left -= len(unpacked)
                if left < 0 or len(unpacked) > MAX_BYTES:
                    raise UnreadableFileError(
                        f"{name} unpacks to over {min(MAX_UNPACKED, MAX_BYTES):,} bytes",
                        remedy="It is taken for a bomb; nothing of it is read.",
                    )
                answer.add(_inner(unpacked, f"{name}/{inner}"))
                read += 1
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableFileError(f"{name} is no zip file that can be read: {error}") from None
    if not read:
        raise UnreadableFileError(f"{name} holds no annotation file", allowed=f"Files in {', '.join(READ)}.")
    return answer


def _inner(content: bytes, name: str) -> Annotations:
    if name.lower().endswith(".xmi"):
        return read_xmi(content, name)
    try:
        return _plain(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        raise UnreadableFileError(f"{name} is not UTF-8") from None
