"""Rules that hold for the rows of several tables: dates, actors, places in documents, texts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from comity.actors import Registry
from comity.cases.documents import HASH, Sources
from comity.cases.problem import Problem, in_row
from comity.cases.settings import unknown_actor
from comity.cases.wording import has_control, looks_active, shown
from comity.provenance import BASES, PRECISIONS, BadValueError, TableRow, parse_day

_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_WHOLE: Final = re.compile(r"\d{1,9}")
PLACE: Final = ("paragraph", "char_start", "char_end", "passage_sha256")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rows of a table refer to."""

    registry: Registry
    sources: Sources = field(default_factory=Sources)
    eras: frozenset[str] = frozenset()


def texts(row: TableRow) -> Iterator[Problem]:
    """Report control characters, formulas and markup in any field."""
    for column, value in row.fields.items():
        if has_control(value):
            yield in_row(row, "control-character", f"{column} holds a control character")
        elif looks_active(value):
            message = f"{column} {shown(value)} looks like a formula or markup; it is shown as plain text"
            yield in_row(row, "active-text", message)


def required(row: TableRow, *columns: str) -> Iterator[Problem]:
    """Report empty fields."""
    for column in columns:
        if not row[column].strip():
            yield in_row(row, "missing-value", f"{column} is empty")


def one_of(row: TableRow, column: str, allowed: Iterable[str]) -> Iterator[Problem]:
    """Report a value that is not on the list."""
    values = list(allowed)
    if row[column] not in values:
        listed = ", ".join(value or "(empty)" for value in values)
        yield in_row(row, "unknown-value", f"{column} {shown(row[column])} is not one of {listed}")


def interval(row: TableRow, start: str, end: str) -> Iterator[Problem]:
    """Report days that do not exist, and an end before the start."""
    days = []
    for column in (start, end):
        try:
            days.append(parse_day(row[column]))
        except BadValueError as error:
            yield in_row(row, "date", f"{column}: {error.what}. {error.allowed}")
    if len(days) == 2 and days[0] and days[1] and days[0] > days[1]:
        yield in_row(row, "interval", f"{end} {days[1]} lies before {start} {days[0]}")


def dating(row: TableRow, start: str, end: str, precision: str, basis: str) -> Iterator[Problem]:
    """Report what is wrong with an interval, its precision and its basis."""
    yield from interval(row, start, end)
    undated = not row[start] and not row[end]
    blank = ("",) if undated else ()
    yield from one_of(row, precision, (*PRECISIONS, *blank))
    yield from one_of(row, basis, (*BASES, *blank))
    if row[precision] in PRECISIONS and (row[precision] == "unknown") != undated:
        message = f"{precision} {row[precision]!r} with {start} {row[start]!r} and {end} {row[end]!r}"
        yield in_row(row, "precision", f"{message}; 'unknown' goes with an undated row, and only with it")


def known_actors(row: TableRow, registry: Registry, *columns: str) -> Iterator[Problem]:
    """Report actors that nobody knows."""
    for column in columns:
        for id in row.list(column):
            if id not in registry:
                yield in_row(row, "unknown-actor", f"{column}: {unknown_actor(registry, id)}")


def number(row: TableRow, column: str, *, whole: bool = False) -> Iterator[Problem]:
    """Report what is not a plain number; an empty field is none."""
    pattern, wanted = (_WHOLE, "a whole number") if whole else (_NUMBER, "a plain number")
    if row[column] and not pattern.fullmatch(row[column]):
        yield in_row(row, "number", f"{column} {shown(row[column])} is not {wanted}")


def passage(row: TableRow, sources: Sources) -> Iterator[Problem]:
    """Report a document that sources.toml does not list, and a place outside it or half given."""
    yield from required(row, "document")
    document = row["document"]
    if document and document not in sources.by_id:
        known = ", ".join(source.id for source in sources.documents) or "none"
        message = f"document {shown(document)} is not in sources.toml; it lists {known}"
        yield in_row(row, "unknown-document", message)
    if any(row[column] for column in PLACE):
        yield from required(row, *PLACE)
    yield from number(row, "paragraph", whole=True)
    yield from span(row, sources, "char_start", "char_end", "passage_sha256")
    paragraphs = sources.paragraphs.get(document, 0)
    if _WHOLE.fullmatch(row["paragraph"]) and 0 < paragraphs < int(row["paragraph"]):
        message = f"paragraph {row['paragraph']} of document {document}, which has {paragraphs}"
        yield in_row(row, "offset", message)


def span(row: TableRow, sources: Sources, start: str, end: str, sha256: str) -> Iterator[Problem]:
    """Report offsets that are not numbers, in the wrong order or outside the document; a bad hash."""
    yield from number(row, start, whole=True)
    yield from number(row, end, whole=True)
    if row[sha256] and not HASH.fullmatch(row[sha256]):
        yield in_row(row, "hash", f"{sha256} {shown(row[sha256])} is not 64 hexadecimal digits")
    if not (_WHOLE.fullmatch(row[start]) and _WHOLE.fullmatch(row[end])):
        return
    first, last = int(row[start]), int(row[end])
    source = sources.by_id.get(row["document"])
    if first >= last:
        yield in_row(row, "offset", f"the passage ends ({last}) before it starts ({first})")
    elif source and 0 < source.chars < last:
        message = f"{end} {last} lies outside document {source.id}, which has {source.chars} characters"
        yield in_row(row, "offset", message)
