"""What event data say: ties under two memories, charts, and acts month by month."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np

from comity.actors import UnknownActorError
from comity.events import Acts
from comity.ties import Reading, Tie, days_between, measure, trace_tie
from comity.workbench.brief.desk import Desk, line
from comity.workbench.brief.model import (
    Chart,
    ChartPoint,
    ChartTick,
    DataPart,
    Month,
    ReadingLine,
    TieLine,
    TieSection,
)
from comity.workbench.brief.span import Count, Line, Span
from comity.workbench.brief.words import MONTHS, many, standing_in_words

EPOCH: Final = date(1970, 1, 1)
MEMORIES: Final = (("relationship", 730.0), ("news cycle", 14.0))
KINDS: Final = ("all", "talk", "institutions", "deeds")
CHART_POINTS: Final = 60
MOST_TICKS: Final = 18
MOST_MONTHS: Final = 120
TOP_OF_MONTH: Final = 3
TOP_OF_TIE: Final = 25  # acts listed behind a tie; the number of all stands beside them


def imported(desk: Desk) -> DataPart:
    """Measure the ties of the two on the day after the data end, or say what to import."""
    span = desk.case.events.data_span or (desk.last_day, desk.last_day)
    at = min(span[1], desk.last_day) + timedelta(days=1)
    measured = _ties(desk, at)
    ties = tuple(_tie_line(desk, tie, memory) for memory, tie in measured)
    acts = {(a, b): _acts(desk, a, b, at) for a, b in _directions(desk)}
    counts = [count for pair, one in acts.items() for count in _behind(desk, pair, one)]
    grouped = [
        tie for memory, tie in measured if tie.view != "own" and memory == MEMORIES[0][0] and tie.evidence
    ]
    counts += [_behind_group(desk, tie) for tie in grouped]
    charts = tuple(
        _chart(desk, pair, one, max(span[0], desk.start or span[0]), at) for pair, one in acts.items()
    )
    months, left_out = _months(desk, list(acts.values()))
    rows = dict.fromkeys(
        (
            *(id for count in counts for id in count.acts),
            *(tick.row for chart in charts for tick in chart.ticks),
            *(one.row for month in months for one in month.top if one.row),
        )
    )
    section = TieSection(_finding(ties), ties, tuple(one for one in charts if one.points), "", ())
    return DataPart(section, months, tuple(counts), tuple(rows), left_out)


def _directions(desk: Desk) -> tuple[tuple[str, str], ...]:
    canonical = desk.case.events.canonical
    a, b = canonical(desk.a), canonical(desk.b)
    return (a, b), (b, a)


def _acts(desk: Desk, sender: str, receiver: str, at: date) -> Acts:
    return desk.case.events.acts(
        senders=[sender], receivers=[receiver], since=desk.start, before=at, basis="data"
    )


def _ties(desk: Desk, at: date) -> list[tuple[str, Tie]]:
    found = []
    views = ("own", "members") if any(_has_members(desk, one, at) for one in desk.pair) else ("own",)
    for view in views:
        for memory, half_life_days in MEMORIES:
            measured = measure(
                desk.case.events,
                at=at,
                half_life_days=half_life_days,
                view=view,
                basis="data",
                seed=int(desk.case.defaults.get("seed", 1)),
                registry=desk.case.registry,
            )
            for pair in _directions(desk):
                tie = measured[pair]
                found.append((memory, tie))
                if tie.without_dominant is not None:
                    found.append((memory, tie.without_dominant))
    return found


def _has_members(desk: Desk, actor: str, at: date) -> bool:
    try:
        return bool(desk.case.registry.members(actor, at))
    except UnknownActorError:
        return False


def _tie_line(desk: Desk, tie: Tie, memory: str) -> TieLine:
    return TieLine(
        sender=tie.sender,
        receiver=tie.receiver,
        sender_name=desk.name(tie.sender),
        receiver_name=desk.name(tie.receiver),
        at=tie.at,
        half_life_days=tie.half_life_days,
        memory=memory,
        view=tie.view,
        without=tuple(desk.name(one) for one in tie.without),
        readings=tuple(_reading(tie, kind) for kind in KINDS),
        notes=tie.notes,
    )


def _row(tie: Tie, kind: str) -> str:
    """Name the list of acts behind a reading; a group's ties have one list for all kinds."""
    if tie.view == "own":
        return f"tie-{tie.sender}-{tie.receiver}-{kind}"
    return "-".join(["tie", tie.sender, tie.receiver, tie.view, *tie.without]) if kind == "all" else ""


def _reading(tie: Tie, kind: str) -> ReadingLine:
    one: Reading = tie.readings[kind]
    if one.net is None or one.low is None or one.high is None:
        words = "too little to measure" if one.net is None else "no interval"
    else:
        words = standing_in_words(one.net, one.low, one.high)
    return ReadingLine(
        kind,
        words,
        one.friendly,
        one.hostile,
        one.net,
        one.low,
        one.high,
        one.acts,
        one.rows,
        one.refused or "",
        _row(tie, kind) if one.acts else "",
    )


def _finding(ties: Sequence[TieLine]) -> Line:
    news = [one for one in ties if one.memory == "news cycle" and one.view == "own" and not one.without]
    said = [f"{one.sender_name} → {one.receiver_name}, {one.readings[0].in_words}" for one in news]
    return line(
        f"With the short memory of the news cycle: {'; '.join(said)}. The long memory of the relationship "
        "is in the first line of this brief; the table has both, by kind."
    )


def _chart(desk: Desk, pair: tuple[str, str], acts: Acts, first: date, at: date) -> Chart:
    names = f"{desk.name(pair[0])} → {desk.name(pair[1])}"
    title = f"{names}, half-life 730 days"
    step = max(1, (at - first).days // CHART_POINTS)
    days = days_between(first + timedelta(days=1), at, step_days=step)
    series = trace_tie(
        desk.case.events,
        *pair,
        days=days,
        half_life_days=MEMORIES[0][1],
        basis="data",
        seed=int(desk.case.defaults.get("seed", 1)),
        registry=desk.case.registry,
    )
    points = tuple(
        ChartPoint(one.day, one.friendly, one.hostile, one.net, one.low, one.high) for one in series.points
    )
    ticks = tuple(
        ChartTick(_day(acts, index), str(acts.id[index]), _said(acts, index), int(acts.sign[index]))
        for index in sorted(_heaviest(acts, MOST_TICKS), key=lambda index: int(acts.day[index]))
    )
    return Chart(title, points, ticks)


def _behind(desk: Desk, pair: tuple[str, str], acts: Acts) -> list[Count]:
    names = f"{desk.name(pair[0])} → {desk.name(pair[1])}"
    found = []
    for kind in KINDS:
        own = acts if kind == "all" else acts.select(acts.kind == kind)
        kept = _heaviest(own, TOP_OF_TIE)
        label = f"{names}, {kind}: {many(len(own), 'act')} of event data"
        if len(own) > len(kept):
            label += f", the {len(kept)} heaviest of which are"
        if kept:
            ids = tuple(str(own.id[index]) for index in kept)
            found.append(Count(f"tie-{pair[0]}-{pair[1]}-{kind}", label, ids))
    return found


def _behind_group(desk: Desk, tie: Tie) -> Count:
    shown = tie.evidence[-TOP_OF_TIE:]
    names = f"{desk.name(tie.sender)} → {desk.name(tie.receiver)}, {tie.view}"
    without = f" without {desk.names(tie.without)}" if tie.without else ""
    label = f"{names}{without}: {many(len(tie.evidence), 'act')} of event data"
    if len(tie.evidence) > len(shown):
        label += f", the last {len(shown)} of which are"
    return Count(_row(tie, "all"), label, shown)


def _heaviest(acts: Acts, most: int) -> list[int]:
    order = np.lexsort((acts.id.astype(str), -acts.rows, -np.abs(acts.weight)))
    return [int(index) for index in order[:most]]


def _months(desk: Desk, both: Sequence[Acts]) -> tuple[tuple[Month, ...], str]:
    found: dict[tuple[int, int], list[tuple[Acts, int]]] = {}
    for acts in both:
        for index in range(len(acts)):
            one = _day(acts, index)
            found.setdefault((one.year, one.month), []).append((acts, index))
    months = sorted(found)
    kept = months[-MOST_MONTHS:]
    left_out = (
        f"{many(len(months) - len(kept), 'earlier month')} of event data are left out."
        if kept != months
        else ""
    )
    return tuple(_month(year, month, found[year, month]) for year, month in kept), left_out


def _month(year: int, month: int, entries: Iterable[tuple[Acts, int]]) -> Month:
    entries = list(entries)
    signs = {str(acts.key[index]): int(acts.sign[index]) for acts, index in entries}
    rows = sum(int(acts.rows[index]) for acts, index in entries)
    ranked = sorted(
        entries,
        key=lambda one: (
            -abs(float(one[0].weight[one[1]])),
            -int(one[0].rows[one[1]]),
            str(one[0].id[one[1]]),
        ),
    )
    top: list[Span] = []
    shown: set[str] = set()
    for acts, index in ranked:
        if str(acts.key[index]) not in shown and len(shown) < TOP_OF_MONTH:
            shown.add(str(acts.key[index]))
            top += [Span("; ")] if top else []
            top.append(Span(_said(acts, index), str(acts.id[index])))
    friendly, hostile, neither = (sum(sign == wanted for sign in signs.values()) for wanted in (1, -1, 0))
    return Month(f"{MONTHS[month - 1]} {year}", friendly, hostile, neither, rows, tuple(top))


def _day(acts: Acts, index: int) -> date:
    return EPOCH + timedelta(days=int(acts.day[index]))


def _said(acts: Acts, index: int) -> str:
    one = _day(acts, index)
    sent = f"{acts.sender[index]} → {acts.receiver[index]}"
    points = f"{float(acts.weight[index]):+.1f}".replace("-", "−")
    return f"{one.day} {MONTHS[one.month - 1][:3]}: {sent} {str(acts.event_type[index]).lower()} ({points})"
