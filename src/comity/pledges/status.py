"""How a pledge stood on a day, worked out from the words that were known by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from comity.pledges.figure import span_to_dict
from comity.pledges.known import Word
from comity.pledges.record import OUTCOMES, STAGES, Statement
from comity.pledges.spans import day_in_words, deadline_in_words, whole_years
from comity.provenance import Dating

STATUSES: Final = (*STAGES, *(one for one in OUTCOMES if one != "unknown"), "overdue", "unknown")
STALE_YEARS: Final = 2  # two yearly summits without a word
_OPEN: Final = ("announced", "committed", "allocated", "unknown")  # a deadline can still be missed


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as one or more statements read it."""

    dating: Dating
    statements: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """The deadline with its calendar, and who gives it."""
        return f"{deadline_in_words(self.dating)} ({documents(self.sources)})"

    def passed(self, as_of: date) -> bool:
        """Tell whether its last day lies before `as_of`."""
        return self.dating.end is not None and self.dating.end < as_of

    def to_dict(self) -> dict[str, object]:
        """Give the deadline as plain values."""
        return {
            "deadline": span_to_dict(self.dating),
            "statements": list(self.statements),
            "sources": list(self.sources),
            "in_words": self.in_words,
        }


@dataclass(frozen=True, slots=True)
class Status:
    """The status on a day: one code, the same in words, and whether the sources differ on it."""

    code: str
    as_of: date
    in_words: str
    sources_differ: bool
    rows: tuple[str, ...]  # the statements that decided

    def to_dict(self) -> dict[str, object]:
        """Give the status as plain values."""
        return {
            "status": self.code,
            "as_of": str(self.as_of),
            "status_in_words": self.in_words,
            "sources_differ": self.sources_differ,
            "status_rows": list(self.rows),
        }


def status_of(words: Sequence[Word], as_of: date) -> Status:
    """Work the status out.

    An outcome stands until a source that speaks later says otherwise; without one, the furthest
    stage counts. A pledge neither delivered nor ended is overdue once every reading of its deadline
    has passed. Silence alone changes nothing: what was said last stands, with its age.
    """
    if not words:
        return Status("unknown", as_of, "unknown: these sources had not spoken of it by then", False, ())
    code, deciding = _said(words)
    deadlines = deadlines_of([word.statement for word in words])
    passed = [one for one in deadlines if one.passed(as_of)]
    differing = _differing(words)
    parts = []
    if code in _OPEN and deadlines and len(passed) == len(deadlines):
        last = max(one.dating.end for one in passed if one.dating.end)
        parts.append(
            f"overdue: the deadline of {day_in_words(last)} has passed and these sources record no delivery"
        )
        parts.append(f"last word: {code}, {_when(deciding)}")
        code = "overdue"
    elif code == "unknown":
        parts.append(f"unknown: named, but not how it stands; {_when(deciding)}")
    else:
        parts.append(f"{code}, {_when(deciding)}")
    if code not in ("delivered", "overdue"):
        parts.extend(_age(words, as_of))
    if code in _OPEN and deadlines and len(passed) < len(deadlines):
        parts.extend(_due(deadlines, passed))
    if differing:
        parts.append(f"the sources differ: {_versions(differing)}")
    rows = tuple(sorted({word.statement.id for word in (*deciding, *differing)}))
    return Status(code, as_of, "; ".join(parts), bool(differing), rows)


def deadlines_of(statements: Sequence[Statement]) -> tuple[Deadline, ...]:
    """Set the readings of a deadline side by side, the earliest end first."""
    readings: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        if statement.deadline is not None:  # one without an end is shown, and never passes
            place = str(statement.deadline.end or "9999-12-31"), str(statement.deadline.start or "")
            readings.setdefault(place, []).append(statement)
    return tuple(
        Deadline(
            given[0].deadline or given[0].said,
            tuple(one.id for one in given),
            tuple(sorted({one.source for one in given})),
        )
        for _, given in sorted(readings.items())
    )


def documents(sources: Sequence[str]) -> str:
    """Name documents by their ids."""
    return ("document " if len(sources) == 1 else "documents ") + ", ".join(sources)


def _said(words: Sequence[Word]) -> tuple[str, list[Word]]:
    telling = [word for word in words if word.stage != "unknown"]
    if not telling:
        return "unknown", list(words)
    ends = [word for word in telling if word.stage in OUTCOMES]
    if ends:
        newest = max(_spoken(word) for word in ends)
        later = [word for word in telling if word.stage in STAGES and _spoken(word) > newest]
        if not later:
            code = next(one for one in OUTCOMES if any(w.stage == one and _spoken(w) == newest for w in ends))
            return code, [word for word in ends if word.stage == code]
        telling = later
    furthest = max(STAGES.index(word.stage) for word in telling)
    return STAGES[furthest], [word for word in telling if word.stage == STAGES[furthest]]


def _differing(words: Sequence[Word]) -> list[Word]:
    """Find words of different documents that cannot both be the course of one story."""
    apart: dict[str, Word] = {}
    for one, other in combinations(words, 2):
        if one.source == other.source or "unknown" in (one.stage, other.stage):
            continue
        if not _agree(one, other):
            apart[one.statement.id] = one
            apart[other.statement.id] = other
    return sorted(apart.values(), key=lambda word: word.statement.id)


def _agree(one: Word, other: Word) -> bool:
    if one.stage == other.stage or {one.stage, other.stage} <= {"announced", "committed"}:
        return True  # both have it promised and not yet there
    if _before(one, other):
        return _can_follow(one.stage, other.stage)
    return _before(other, one) and _can_follow(other.stage, one.stage)


def _can_follow(earlier: str, later: str) -> bool:
    if earlier == "delivered":
        return later == "lapsed"
    if earlier in STAGES and later in STAGES:
        return STAGES.index(later) > STAGES.index(earlier)
    return True  # a promise can fail, and a failed one can be taken up again


def _before(one: Word, other: Word) -> bool:
    end, start = one.spoken.end, other.spoken.start
    return end is not None and start is not None and end < start


def _spoken(word: Word) -> date:
    return word.spoken.start or word.spoken.end or date.min


def _when(words: Sequence[Word]) -> str:
    last = max(words, key=lambda word: (_spoken(word), word.statement.id))
    sources = sorted({word.source for word in words})
    return f"{last.when_in_words} ({documents(sources)})"


def _age(words: Sequence[Word], as_of: date) -> list[str]:
    last = max(_spoken(word) for word in words)
    years = whole_years(last, as_of)
    return [f"the last word is {years} years old"] if years >= STALE_YEARS and last > date.min else []


def _due(deadlines: Sequence[Deadline], passed: Sequence[Deadline]) -> list[str]:
    due = " or ".join(one.in_words for one in deadlines)
    if not passed:
        return [f"due by {due}"]
    return [f"due by {due}: by one reading the deadline has passed, by another it has not"]


def _versions(words: Sequence[Word]) -> str:
    by_source: dict[tuple[str, str], Word] = {(word.source, word.stage): word for word in words}
    return " against ".join(
        f"document {source}: {stage}, {word.when_in_words}"
        for (source, stage), word in sorted(by_source.items())
    )
