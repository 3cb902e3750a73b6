"""The versions of a programme, and what each changes against the one before."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from comity.pledges.figure import span_to_dict
from comity.pledges.known import Word
from comity.pledges.record import Statement
from comity.pledges.spans import span_in_words
from comity.provenance import Dating

_WITHDRAWN = ("lapsed", "refused")  # stages of an area row that takes its areas out


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a programme, its areas, and the difference to the version before."""

    label: str
    dating: Dating | None
    period: Dating | None
    areas: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    is_first: bool
    areas_named: bool  # False: its sources name none, so those of the version before are carried over
    note: str
    statements: tuple[str, ...]

    def in_words(self) -> list[str]:
        """Write the version out with its differences."""
        lines = [f"{self.label}, {span_in_words(self.dating)}"]
        if self.period:
            lines.append(f"  for {span_in_words(self.period)}")
        if self.is_first:
            lines.append(f"  areas: {', '.join(self.areas) or 'none named by these sources'}")
        elif not self.areas_named:
            lines.append("  no change of areas named by these sources")
        elif not self.added and not self.removed:
            lines.append("  no area added or removed")
        if self.added and not self.is_first:
            lines.append(f"  added: {', '.join(self.added)}")
        if self.removed:
            lines.append(f"  removed: {', '.join(self.removed)}")
        return lines

    def to_dict(self) -> dict[str, object]:
        """Give the version as plain values."""
        return {
            "version": self.label,
            "date": span_to_dict(self.dating),
            "period": span_to_dict(self.period),
            "areas": list(self.areas),
            "added": list(self.added),
            "removed": list(self.removed),
            "areas_named": self.areas_named,
            "note": self.note,
            "statements": list(self.statements),
        }


def versions_of(words: Iterable[Word]) -> tuple[Version, ...]:
    """Order the versions by date and compare each with the one before.

    The items of a version row are its full list of areas; area rows add to it, and take out where
    their stage is lapsed or refused. A version that names no areas keeps those of the one before.
    """
    rows: dict[str, list[Statement]] = {}
    areas: dict[str, list[Statement]] = {}
    for word in words:
        one = word.statement if word.full else replace(word.statement, period=None, note="")
        if one.role == "version":
            rows.setdefault(one.version, []).append(one)
        elif one.role == "area":
            areas.setdefault(one.version, []).append(one)
    found: list[Version] = []
    for label in sorted(rows, key=lambda one: (_place(rows[one]), one)):
        before = found[-1] if found else None
        found.append(_version(label, rows[label], areas.get(label, []), before))
    return tuple(found)


def dated(statement: Statement) -> Dating | None:
    """Take when a step was made or happened."""
    return statement.made or statement.period or statement.as_of


def areas_in(statements: Iterable[Statement]) -> set[str]:
    """Collect the areas that area rows name."""
    return {name for one in statements for name in (*((one.area,) if one.area else ()), *one.items)}


def _version(label: str, rows: list[Statement], areas: list[Statement], before: Version | None) -> Version:
    full = {item for one in rows for item in one.items}
    more = areas_in(one for one in areas if one.stage not in _WITHDRAWN)
    fewer = areas_in(one for one in areas if one.stage in _WITHDRAWN)
    earlier = set(before.areas) if before else set()
    now = ((full or earlier) | more) - fewer
    return Version(
        label,
        min((dating for one in rows if (dating := dated(one))), key=_day, default=None),
        next((one.period for one in rows if one.period and not _same_days(one.period, one.made)), None),
        tuple(sorted(now)),
        tuple(sorted(now - earlier)) if before else (),
        tuple(sorted(earlier - now)),
        before is None,
        bool(full or more or fewer),
        "; ".join(one.note for one in rows if one.note),
        tuple(sorted(one.id for one in (*rows, *areas))),
    )


def _same_days(period: Dating, made: Dating | None) -> bool:
    """Tell whether a period only repeats the day on which the version was made."""
    return made is not None and (period.start, period.end) == (made.start, made.end)


def _place(rows: list[Statement]) -> str:
    return min((_day(dating) for one in rows if (dating := dated(one))), default="9999")


def _day(dating: Dating) -> str:
    return str(dating.start or dating.end or "9999")
