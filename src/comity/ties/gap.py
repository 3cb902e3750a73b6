"""Gaps: how differently two actors stand towards third parties, through time, and who moved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Final

from comity.events import Events, MonthlyScores, MonthScore
from comity.provenance import NothingFoundError, Trace
from comity.ties.alignment import alignment, quadrant
from comity.ties.evidence import trace_of
from comity.ties.frame import tidy

if TYPE_CHECKING:
    from comity.ties.gap_checks import Checks

Pair = tuple[str, str]
Margin = Callable[[int, int], float | None]  # of the change between two periods, by their places
COLUMNS: Final[Mapping[str, type]] = {
    "period": str, "date_start": date, "date_end": date, "actor": str, "tie_a": float, "tie_b": float,
    "gap": float, "low": float, "high": float, "alignment": float, "quadrant": str, "months": int,
    "rows": int, "refused": str,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SideTie:
    """The tie of one side with a third party in one period.

    Parameters
    ----------
    tie, low, high : -1 to 1 on the default scale, with its 95 % interval; ``None`` where refused
    months : months of the period with a value
    rows : scored days, or rows of event data
    ties : who counts, with the tie of each; a state is its own only member
    left_out : who does not, and why
    evidence : what it stands on: "JPN-RUS 2022-03" for the scores of a pair and month, else ids of acts
    """

    tie: float | None
    low: float | None
    high: float | None
    months: int
    rows: int
    ties: Mapping[str, float]
    left_out: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    refused: str | None = None

    @property
    def members(self) -> tuple[str, ...]:
        """Who counts."""
        return tuple(self.ties)


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Both ties with one third party in one period, and what lies between them.

    `gap` is the first tie less the second; `low` and `high` bound it with 95 %. All numbers are ``None``
    where a side is refused.
    """

    pair: Pair
    actor: str
    a: SideTie
    b: SideTie
    low: float | None
    high: float | None
    months: int  # in which both sides have a value

    @property
    def refused(self) -> str | None:
        """Why there is no gap, in words."""
        sides = zip(self.pair, (self.a, self.b), strict=True)
        return "; ".join(f"{name}: {side.refused}" for name, side in sides if side.refused) or None

    @property
    def gap(self) -> float | None:
        """The first tie less the second."""
        return None if self.a.tie is None or self.b.tie is None else self.a.tie - self.b.tie

    @property
    def alignment(self) -> float | None:
        """The product of the two ties; read it with its quadrant."""
        return None if self.a.tie is None or self.b.tie is None else alignment(self.a.tie, self.b.tie)

    @property
    def quadrant(self) -> str | None:
        """What the product stands for: shared friend, shared adversary, or split and whose friend."""
        if self.a.tie is None or self.b.tie is None:
            return None
        return quadrant(*self.pair, self.a.tie, self.b.tie)

    @property
    def rows(self) -> int:
        """Scored days, or rows of event data, behind both ties."""
        return self.a.rows + self.b.rows

    def to_dict(self) -> dict[str, Any]:
        """Give the fixed keys of ``comity gap --json``, and some more."""
        return {
            "actor": self.actor,
            "tie_a": self.a.tie,
            "tie_b": self.b.tie,
            "gap": self.gap,
            "alignment": self.alignment,
            "quadrant": self.quadrant,
            "low": self.low,
            "high": self.high,
            "months": self.months,
            "rows": self.rows,
            "refused": self.refused,
            **{
                f"{name}_{end}": value
                for end, side in (("a", self.a), ("b", self.b))
                for name, value in (
                    ("low", side.low),
                    ("high", side.high),
                    ("months", side.months),
                    ("rows", side.rows),
                    ("members", dict(side.ties)),
                    ("left_out", dict(side.left_out)),
                )
            },
        }


@dataclass(frozen=True, slots=True)
class GapPeriod:
    """All third parties in one period."""

    label: str
    start: date
    end: date
    third_parties: tuple[ThirdParty, ...]

    def of(self, actor: str) -> ThirdParty:
        """Give one third party.

        Raises
        ------
        NothingFoundError : it was not asked about
        """
        for one in self.third_parties:
            if one.actor == actor:
                return one
        known = ", ".join(one.actor for one in self.third_parties)
        raise NothingFoundError(f"no third party {actor!r}", allowed=f"Asked about: {known}.")

    def to_dict(self) -> dict[str, Any]:
        """Give the fields for JSON."""
        return {
            "date_start": str(self.start),
            "date_end": str(self.end),
            "label": self.label,
            "third_parties": [one.to_dict() for one in self.third_parties],
        }


@dataclass(frozen=True, slots=True)
class GapChange:
    """What a gap changed by from one period to another, and who moved.

    ``gap_change = moved_a + moved_b``. `moved_a` is what the first side's tie rose by; `moved_b` is what
    the second side's tie fell by: both are what the side adds to the gap. `composition` is the part of
    `moved_b` and `moved_a` that comes from members who count in one of the periods only.
    """

    actor: str
    before: GapPeriod
    after: GapPeriod
    moved_a: float
    moved_b: float
    composition: float
    low: float | None
    high: float | None

    @classmethod
    def between(
        cls, actor: str, periods: Sequence[GapPeriod], one: int, other: int, margin: Margin
    ) -> "GapChange":
        """Split the change from one of some periods to another into who moved."""
        first, last = periods[one].of(actor), periods[other].of(actor)
        moved_a, moved_b = _rise(first.a, last.a), -_rise(first.b, last.b)
        change, sure = moved_a + moved_b, margin(one, other)
        return cls(
            actor,
            periods[one],
            periods[other],
            moved_a,
            moved_b,
            composition=change - (_steady(first.a, last.a) - _steady(first.b, last.b)),
            low=None if sure is None else change - sure,
            high=None if sure is None else change + sure,
        )

    @property
    def gap_change(self) -> float:
        """The later gap less the earlier one."""
        return self.moved_a + self.moved_b

    def to_dict(self) -> dict[str, Any]:
        """Give the fields for JSON; the periods by their first days."""
        return {
            "actor": self.actor,
            "from": str(self.before.start),
            "to": str(self.after.start),
            "gap_change": self.gap_change,
            "moved_a": self.moved_a,
            "moved_b": self.moved_b,
            "from_label": self.before.label,
            "to_label": self.after.label,
            "composition": self.composition,
            "low": self.low,
            "high": self.high,
        }


def _rise(before: SideTie, after: SideTie) -> float:
    return (after.tie or 0.0) - (before.tie or 0.0)


def _steady(before: SideTie, after: SideTie) -> float:
    """What the tie would have risen by, were the members who count the same in both periods."""
    if before.members == after.members:
        return _rise(before, after)
    both = [one for one in before.members if one in after.members]
    return sum(after.ties[one] - before.ties[one] for one in both) / len(both) if both else 0.0


@dataclass(frozen=True)
class Gap:
    """The gaps of a pair of actors with third parties, period by period.

    Parameters
    ----------
    pair, view, without, scale, by, seed : as asked; the scale is "scores" or "acts"
    periods : in order of time
    changes : from each period to the next, then from the first to the last, by third party
    notes : what a reader must know, in words
    editions : name to SHA-256 of the data
    source : the scores or events themselves
    margins : of each third party, half of the 95 % interval of a change
    checks : runs the placebo and the specifications; ``None`` where not asked for
    """

    pair: Pair
    view: str
    without: tuple[str, ...]
    scale: str
    by: str
    seed: int
    periods: tuple[GapPeriod, ...]
    changes: tuple[GapChange, ...]
    notes: tuple[str, ...] = ()
    editions: Mapping[str, str] = field(default_factory=dict)
    source: MonthlyScores | Events | None = field(default=None, repr=False, compare=False)
    margins: Mapping[str, Margin] = field(default_factory=dict, repr=False, compare=False)
    checks: "Checks | None" = field(default=None, repr=False, compare=False)

    @property
    def third_parties(self) -> tuple[str, ...]:
        """Who was asked about, in that order."""
        return tuple(one.actor for one in self.periods[0].third_parties) if self.periods else ()

    @property
    def found(self) -> bool:
        """Whether there is a gap in any period."""
        return any(one.gap is not None for period in self.periods for one in period.third_parties)

    @cached_property
    def placebo(self) -> Any:
        """The changes from first to last beside those of others, as plain values for JSON."""
        return self.checks.placebo(self.changes) if self.checks else None

    @cached_property
    def specifications(self) -> Any:
        """The same gaps under other choices, as plain values for JSON."""
        return self.checks.specifications(self.third_parties) if self.checks else None

    def only(self, actors: Sequence[str]) -> "Gap":
        """Keep some of the third parties, in this order; nothing is measured again."""
        periods = (replace(period, third_parties=tuple(map(period.of, actors))) for period in self.periods)
        changes = (one for actor in actors for one in self.changes if one.actor == actor)
        return replace(self, periods=tuple(periods), changes=tuple(changes))

    def change(self, actor: str, before: GapPeriod, after: GapPeriod) -> GapChange:
        """Split the change from one period to another into who moved; both have a gap."""
        one, other = self.periods.index(before), self.periods.index(after)
        return GapChange.between(actor, self.periods, one, other, self.margins[actor])

    def first_to_last(self, actor: str) -> GapChange | None:
        """Give the change from the first to the last period with a gap; nothing if there are no two."""
        return next((one for one in reversed(self.changes) if one.actor == actor), None)

    def behind(self, period: GapPeriod, actor: str) -> tuple[MonthScore, ...]:
        """List the pairs and months behind one gap, where it is measured on scores.

        `MonthlyScores.days_behind` opens the days of each, where daily scores are at hand.
        """
        if not isinstance(self.source, MonthlyScores):
            return ()
        one = period.of(actor)
        wanted = {*one.a.evidence, *one.b.evidence}
        pairs = sorted({tuple(sorted((member, actor))) for side in (one.a, one.b) for member in side.members})
        months = [row for a, b in pairs for row in self.source.of(a, b)]
        return tuple(row for row in months if f"{row.a}-{row.b} {row.month}" in wanted)

    def trace(self) -> Trace:
        """Name the rows and sources that all of it stands on."""
        rows = tuple(
            dict.fromkeys(
                id
                for period in self.periods
                for one in period.third_parties
                for side in (one.a, one.b)
                for id in side.evidence
            )
        )
        if isinstance(self.source, Events):
            return trace_of(self.source, rows)
        return Trace(rows, (), tuple(self.editions))

    def rows(self) -> list[dict[str, Any]]:
        """Lay the gaps out as one row per period and third party."""
        return [
            {"period": period.label, "date_start": period.start, "date_end": period.end, **one.to_dict()}
            for period in self.periods
            for one in period.third_parties
        ]

    def frame(self, native: str | None = None) -> Any:
        """Lay the gaps out in a tidy frame of pandas, polars or pyarrow."""
        rows = self.rows()
        return tidy({name: [row[name] for row in rows] for name in COLUMNS}, COLUMNS, native)

    def to_dict(self) -> dict[str, Any]:
        """Give the fixed shape of ``comity gap --json``; later keys may grow in number."""
        return {
            "pair": list(self.pair),
            "view": self.view,
            "without": list(self.without),
            "scale": self.scale,
            "periods": [period.to_dict() for period in self.periods],
            "change": [one.to_dict() for one in self.changes],
            "placebo": self.placebo,
            "specifications": self.specifications,
            "by": self.by,
            "seed": self.seed,
            "notes": list(self.notes),
            "editions": dict(self.editions),
        }

    def _repr_html_(self) -> str:
        lines = "".join(_html_line(row) for row in self.rows())
        return (
            f"<table><caption>{escape(' and '.join(self.pair))}, {escape(self.view)}, on {self.scale}"
            "</caption><thead><tr><th>period</th><th>third party</th><th>tie a</th><th>tie b</th>"
            "<th>gap</th><th>95 % interval</th><th>quadrant</th><th>rows</th></tr></thead>"
            f"<tbody>{lines}</tbody></table>"
        )


def _html_line(row: Mapping[str, Any]) -> str:
    if row["gap"] is None:
        cells: Sequence[str] = (f"refused: {row['refused']}", "", "", "", "", "")
    else:
        between = "" if row["low"] is None else f"{row['low']:+.2f} to {row['high']:+.2f}"
        ties = (f"{row[name]:+.2f}" for name in ("tie_a", "tie_b", "gap"))
        cells = (*ties, between, row["quadrant"], str(row["rows"]))
    shown = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<tr><th>{escape(row['period'])}</th><th>{escape(row['actor'])}</th>{shown}</tr>"
