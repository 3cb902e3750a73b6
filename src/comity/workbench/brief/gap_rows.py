"""What each gap stands on: months of scores, or acts of event data."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from comity.events import MonthlyScores, MonthScore
from comity.workbench.brief.desk import Desk
from comity.workbench.brief.model import Evidence
from comity.workbench.brief.span import Count
from comity.workbench.brief.words import day, many, signed

if TYPE_CHECKING:
    from comity.ties import Gap, GapPeriod, SideTie

MOST_ROWS: Final = 25  # acts listed behind one gap; the number of all stands beside them


def row_of(third: str, period: str = "") -> str:
    """Name the list behind a gap, or behind all gaps with a third party."""
    return f"gap-{third}-{period}" if period else f"gap-{third}"


def rows_behind(desk: Desk, gap: "Gap", names: Sequence[str]) -> tuple[list[Evidence], list[Count]]:
    """List what gaps stand on: by period for the first third party, in one list for each of the others."""
    if not isinstance(gap.source, MonthlyScores):
        return [], _counts(desk, gap)
    months = _Months(gap.source)
    found = []
    for place, third in enumerate(gap.third_parties):
        known = [period for period in gap.periods if period.of(third).gap is not None]
        for group in [[one] for one in known] if place == 0 else [known]:
            said = " ".join(_period(desk, one, third, names, months, in_full=place == 0) for one in group)
            row = row_of(third, group[0].label if place == 0 else "")
            found.append(_entry(desk, row, f"{desk.name(third)}. {said}", group, third))
    return found, []


def row_in(gap: "Gap", third: str, period: str) -> str:
    """Name the list that a gap in a period opens."""
    scores = isinstance(gap.source, MonthlyScores)
    return row_of(third) if scores and third != gap.third_parties[0] else row_of(third, period)


class _Months:
    """The months of each pair, looked up once."""

    def __init__(self, scores: MonthlyScores) -> None:
        self.scores = scores
        self.known: dict[tuple[str, str], dict[str, MonthScore]] = {}

    def used(self, one: str, other: str, wanted: Collection[str]) -> list[MonthScore]:
        """List the months of a pair that an answer stands on."""
        a, b = min(one, other), max(one, other)
        if (a, b) not in self.known:
            self.known[a, b] = {f"{a}-{b} {month.month}": month for month in self.scores.of(a, b)}
        return [month for id, month in self.known[a, b].items() if id in wanted]


def _period(
    desk: Desk, period: "GapPeriod", third: str, names: Sequence[str], months: _Months, *, in_full: bool
) -> str:
    one = period.of(third)
    sides = zip(one.pair, names, (one.a, one.b), strict=True)
    said = [_side(id, name, side, third, months, in_full=in_full) for id, name, side in sides]
    return f"{period.label}: {'; '.join(said)}."


def _side(id: str, name: str, side: "SideTie", third: str, months: _Months, *, in_full: bool) -> str:
    if side.members == (id,):
        used = months.used(id, third, side.evidence)
        return f"{name} {', '.join(f'{one.month[5:]} {signed(one.tone)} ({one.days})' for one in used)}"
    if not in_full:
        return many(len(side.members), "member")
    said = [f"{member} {signed(mean)}" for member, mean in side.ties.items()]
    return f"{name}, each by the mean of its months, {', '.join(said)}"


def _entry(desk: Desk, row: str, says: str, periods: Sequence["GapPeriod"], third: str) -> Evidence:
    found = [period.of(third) for period in periods]
    left_out = sorted({id for one in found for side in (one.a, one.b) for id in side.left_out})
    absent = f" Left out: {', '.join(left_out)}." if left_out else ""
    return Evidence(
        row=row,
        what="months of scores",
        says=says,
        source="series.csv",
        citation="; ".join(desk.short(one) for one in _sources(desk)) or "Scores of pairs",
        place=f"series.csv, {day(periods[0].start)} to {day(periods[-1].end)}.{absent}",
        details=f"month, tone (days with a score); {many(sum(one.rows for one in found), 'scored day')}",
    )


def _sources(desk: Desk) -> list[str]:
    return [one.id for one in desk.case.sources.values() if one.kind == "dataset"]


def _counts(desk: Desk, gap: "Gap") -> list[Count]:
    counts = []
    for third in gap.third_parties:
        for period in gap.periods:
            one = period.of(third)
            ids = tuple(dict.fromkeys((*one.a.evidence, *one.b.evidence)))
            if one.gap is None or not ids:
                continue
            label = f"{desk.name(third)}, {period.label}: {many(len(ids), 'act')} of event data"
            if len(ids) > MOST_ROWS:
                label += f", the first {MOST_ROWS} of which are"
            counts.append(Count(row_of(third, period.label), label, ids[:MOST_ROWS]))
    return counts
