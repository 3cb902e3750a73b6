"""Keeping what a coder proposed as drafts of a case, with the document that it was read in."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

from comity.actors import Registry
from comity.cases.attach import attach_text
from comity.cases.case import Case, open_case
from comity.cases.draft import KEY_OF, TABLE_OF, DraftRow, drafts_path, read_drafts, written
from comity.cases.draft_fields import Columns
from comity.cases.layout import SOURCES_FILE
from comity.cases.pending import finish_pending
from comity.cases.review_log import read_log
from comity.cases.same import joined
from comity.cases.settings import SAFE_ID
from comity.cases.wording import has_control, looks_active
from comity.cases.writing import write_whole, writing
from comity.documents import Candidate, Document
from comity.provenance import Passage, Source

ID_LENGTH: Final = 12  # hexadecimal digits; ten million drafts share none but by great chance


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the candidates of one document."""

    document: str  # its id in the case
    added: bool  # whether sources.toml did not list it before
    new: tuple[str, ...]
    known: tuple[str, ...]  # proposed before; where somebody has decided, the decision stands
    withdrawn: tuple[str, ...]  # proposed before by this coder, and no longer, and nobody had decided


def keep_drafts(
    case: Case,
    document: Document,
    candidates: Sequence[Candidate],
    *,
    coder: str,
    version: str,
    file: str = "",
) -> Kept:
    """Keep candidates as drafts of a case, and the document's text with them.

    Reading again neither doubles a draft nor touches one on which somebody has decided. What this
    coder no longer proposes, and nobody has decided on, is withdrawn.

    Parameters
    ----------
    candidates : of this document; tellings in other documents are left to these
    coder, version : who proposes, as a draft carries it
    file : the name of the file, for sources.toml

    Raises
    ------
    ComityError : the case is read-only, or cannot be written
    BrokenCaseError, UnreadableFileError : sources.toml or the drafts cannot be read
    """
    case.require_writable("keep drafts in it")
    with writing(case.path):
        finish_pending(case.path)
        case = open_case(case.path)
        source, added = _source(case, document, file)
        if added:
            case = open_case(case.path)
        attach_text(case, source.id, document.text)
        proposed = _rows(candidates, document, source, case.registry, coder=coder, version=version)
        return _store(case, source, proposed, coder=coder, added=added)


def _store(case: Case, source: Source, proposed: list[DraftRow], *, coder: str, added: bool) -> Kept:
    every = read_drafts(case.path)
    old = {one.id: one for one in every if one.document == source.id}
    decided = set(read_log(case.path).standing())
    new = [one for one in proposed if one.id not in old]
    again = {one.id: one for one in proposed if one.id in old}
    gone = {
        one.id for one in old.values() if one.coder == coder and one.id not in again and one.id not in decided
    }
    kept = [
        one if one.id in decided or one.id not in again or one.coder != coder else again[one.id]
        for one in old.values()
        if one.id not in gone
    ]
    others = [one for one in every if one.document != source.id]
    rows = joined(case, [*kept, *new], others, fixed=decided)
    rows.sort(key=lambda one: (int(one.fields["char_start"]), one.kind, one.id))
    write_whole(case.path, drafts_path(case.path, source.id), written(rows))
    return Kept(source.id, added, tuple(one.id for one in new), tuple(again), tuple(sorted(gone)))


# the document


def _source(case: Case, document: Document, file: str) -> tuple[Source, bool]:
    """Find the document in sources.toml by its hash, or add it there."""
    for source in case.sources.values():
        if source.kind == "document" and source.sha256 == document.sha256:
            return source, False
    source = _described(document, _free_id(case, document.id))
    path = case.path / SOURCES_FILE
    content = path.read_bytes()
    gap = b"" if content.endswith(b"\n") or not content else b"\n"
    entry = _entry(source, len(document.blocks), file)
    write_whole(case.path, path, content + gap + b"\n" + entry.encode("utf-8"))
    return source, True


def _described(document: Document, id: str) -> Source:
    start, end = (str(one or "") for one in document.written)
    title = _clean(document.title)
    return Source(
        id=id,
        kind="document",
        title=id if not title or looks_active(title) else title,
        edition=(end or start)[:4],
        licence="not known; its text is not part of the case",
        sha256=document.sha256,
        chars=len(document.text),
        written_from=start,
        written_to=end,
    )


def _entry(source: Source, paragraphs: int, file: str) -> str:
    values: list[tuple[str, object]] = [
        ("id", source.id), ("title", source.title), ("edition", source.edition),
        ("written_from", _day(source.written_from)), ("written_to", _day(source.written_to)),
        ("sha256", source.sha256), ("chars", source.chars), ("paragraphs", paragraphs),
        ("licence", source.licence), ("file", _clean(Path(file).name)),
    ]  # fmt: skip
    lines = [
        f"{name} = {value if isinstance(value, int | date) else json.dumps(value, ensure_ascii=False)}\n"
        for name, value in values
        if value not in ("", None)
    ]
    remark = "# read by 'comity read'; complete its authors, publisher and licence\n"
    return f"{remark}[[document]]\n{''.join(lines)}"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _free_id(case: Case, wanted: str) -> str:
    """Make an id of a name: one that can name a file, and that no source has yet."""
    letters = re.sub(r"[^A-Za-z0-9._-]", "-", wanted)
    stem = letters.strip("-._")[:56] or "document"
    stem = stem if SAFE_ID.fullmatch(stem) else "document"
    taken = {id.casefold() for id in case.sources}  # two ids must not name one file
    return next(id for i in count(1) if (id := stem if i == 1 else f"{stem}-{i}").casefold() not in taken)


def _clean(text: str) -> str:
    """One line of plain text; json.dumps writes it as TOML reads it."""
    return " ".join("".join(" " if has_control(sign) else sign for sign in text).split())[:200]


# the rows


def _rows(
    candidates: Iterable[Candidate],
    document: Document,
    source: Source,
    registry: Registry,
    *,
    coder: str,
    version: str,
) -> list[DraftRow]:
    columns = Columns(registry, source)
    rows: list[DraftRow] = []
    taken: set[str] = set()
    for candidate in candidates:
        told = [
            (telling, passage)
            for telling in candidate.told
            for passage in telling.passages
            if passage.document == document.id
        ]
        own: list[DraftRow] = []
        for telling, passage in told:
            fields, notes = columns.fill(telling, _of_case(passage, source))
            id = _id(telling, passage, document.sha256, taken)
            fields["id"] = id
            notes += [f"the tellings differ: {one}" for one in candidate.conflicts]
            own.append(
                DraftRow(
                    id,
                    telling.draft.kind,
                    source.id,
                    document.sha256,
                    coder,
                    version,
                    telling.verification,
                    fields,
                    tuple(notes),
                    telling.draft.nonstate,
                )
            )
        if len(own) > 1:
            own = [one.with_fields(**{KEY_OF[one.kind]: own[0].id}) for one in own]
        rows += own
    return rows


def _of_case(passage: Passage, source: Source) -> Passage:
    return Passage(source.id, passage.paragraph, passage.char_start, passage.char_end, passage.sha256)


def _id(telling: Candidate, passage: Passage, sha256: str, taken: set[str]) -> str:
    """Name a draft by what it says of whom at which place; dates may be read better later."""
    coding = telling.draft
    what: tuple[object, ...] = (
        sha256, coding.kind, passage.char_start, passage.char_end, sorted(coding.senders),
        sorted(coding.receivers), coding.event_type, coding.aux, coding.quantity, coding.unit,
        telling.said.char_start if telling.said else 0,
    )  # fmt: skip
    digest = hashlib.sha256(json.dumps(what).encode()).hexdigest()[:ID_LENGTH]
    stem = f"{TABLE_OF[coding.kind][0].upper()}-{digest}"
    id = next(id for i in count(1) if (id := stem if i == 1 else f"{stem}-{i}") not in taken)
    taken.add(id)
    return id
