"""The head of a brief: where it stands, when the data end, how old that is, and what is missing."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from comity.workbench.brief.desk import Desk, line
from comity.workbench.brief.model import Act, Fact, PledgeSection, TieLine, TieSection, ViewSection
from comity.workbench.brief.span import Count, Line, Span
from comity.workbench.brief.words import age, balance, day, listed, many, month, small, standing_in_words

RELATIONSHIP: Final = "relationship"
LONG_DAYS: Final = 366


def standing(desk: Desk, acts: Sequence[Act], ties: TieSection) -> tuple[Line, ...]:
    """Say in the first line what the record says, when it ends and how old that is."""
    between = [act for act in acts if act.reach == "pair" and not act.aux]
    lines = []
    if between:
        lines += [_told(desk, between), _lately(desk, between)]
    if ties.ties:
        main = _main(ties)
        measured = any(one.readings[0].net is not None for one in main)
        lines.insert(0 if measured else len(lines), _measured(desk, main))  # a refusal is no headline
    if not lines:
        lines.append(
            line(f"This case holds nothing that passed between {desk.name(desk.a)} and {desk.name(desk.b)}.")
        )
    return tuple(one for one in lines if one)


def facts(
    desk: Desk, acts: Sequence[Act], pledges: PledgeSection, views: ViewSection
) -> tuple[tuple[Fact, ...], list[Count]]:
    """Choose the few numbers that the top shows; each opens its rows."""
    between = [act for act in acts if act.reach == "pair" and not act.aux]
    deeds = [act for act in between if act.event_kind == "deeds"]
    found, counts = [], []
    if between:
        friendly, hostile = (sum(act.sign == sign for act in between) for sign in (1, -1))
        counts.append(Count("fact-acts", "All acts told between the two", tuple(act.id for act in between)))
        value = line(Span(f"{len(between):,}", "fact-acts"))
        found.append(Fact("Acts told between the two", value, f"{friendly} friendly, {hostile} hostile"))
    if deeds:
        counts.append(Count("fact-deeds", "All deeds told between the two", tuple(act.id for act in deeds)))
        part = f"of {many(len(between), 'act')}; the others are talk and institutions"
        found.append(Fact("Deeds among them", line(Span(str(len(deeds)), "fact-deeds")), part))
    last = last_act(between)
    ended = last_day_of(last) if last else None
    if last and ended:
        note = f"no. {last.number}; {age(ended, desk.today)} before this brief"
        found.append(Fact("Last dated act", line(Span(month(ended), last.id)), note))
    if pledges.pledges:
        rows = tuple(one.row for one in pledges.pledges)
        counts.append(Count("fact-pledges", "All pledges known", rows))
        states = [
            f"{number} {word}"
            for word in ("delivered", "overdue", "unknown")
            if (number := sum(one.status == word for one in pledges.pledges))
        ]
        found.append(Fact("Pledges known", line(Span(str(len(rows)), "fact-pledges")), ", ".join(states)))
    if views.claims:
        counts.append(Count("fact-claims", "All claims on the tie between the two", views.claims))
        note = f"{many(len(views.conflicts), 'disagreement')} side by side"
        found.append(Fact("Claims on the two", line(Span(str(len(views.claims)), "fact-claims")), note))
    return tuple(found), counts


def missing(desk: Desk, acts: Sequence[Act], ties: TieSection) -> tuple[str, ...]:
    """Say what to add where the case has nothing on the two."""
    if ties.ties or any(act.reach == "pair" for act in acts):
        return ()
    names = f"{desk.name(desk.a)} and {desk.name(desk.b)}"
    copy = "comity new mine" + (f" --from {desk.case.id}" if desk.case.read_only else "")
    place = f"First make a case of your own: {copy}. " if desk.case.read_only else ""
    known = sorted({desk.name(end) for pair in desk.case.focal for end in pair})
    focal = f"This case is about {listed(known)}." if known else ""
    return tuple(
        one
        for one in (
            f"No coded act joins {names} in this case and period. {place}Add rows to its events.csv, one "
            "per act, then run: comity check.",
            "No event data on the two are imported. Bring some in with: comity import icews FILE --case "
            "DIR. Then ties are measured.",
            focal,
        )
        if one
    )


def last_act(between: Sequence[Act]) -> Act | None:
    """Find the act with the latest day that is known to a year or better."""
    known = [(day, act.number, act) for act in between if (day := last_day_of(act))]
    return max(known, default=(None, 0, None), key=lambda one: (one[0] or date.min, one[1]))[2]


def last_day_of(act: Act) -> date | None:
    """Take the last day of an act that is dated to a year or better, else the day on which it began."""
    if act.precision not in ("day", "month", "year"):
        return None
    short = act.start and act.end and (act.end - act.start).days <= LONG_DAYS
    return act.end if short else act.start


def _told(desk: Desk, between: Sequence[Act]) -> Line:
    friendly, hostile = (sum(act.sign == sign for act in between) for sign in (1, -1))
    last = last_act(between)
    ends = "" if last else " None of them is dated to a year or better."
    parts: list[str | Span] = [
        f"As told by {listed([desk.short(one.id) for one in desk.documents]) or 'this case'}, what passes "
        f"between {desk.name(desk.a)} and {desk.name(desk.b)} is {balance(friendly, hostile)}: ",
        Span(f"{many(len(between), 'act')}, {friendly} friendly and {hostile} hostile", "fact-acts"),
        f".{ends}",
    ]
    ended = last_day_of(last) if last else None
    if last and ended:
        begun = "an act of" if last.end == ended else "an act that began in"
        parts += [
            " The record ends with ",
            Span(f"{begun} {month(ended)}", last.id),
            f", {age(ended, desk.today)} before {day(desk.today)}.",
        ]
    written = [
        one.written_to or one.written_from for one in desk.documents if one.written_to or one.written_from
    ]
    if written:
        parts.append(
            f" Its documents were written up to {month(date.fromisoformat(max(written)))} at the latest."
        )
    return line(*parts)


def _lately(desk: Desk, between: Sequence[Act]) -> Line:
    eras = [era for era in desk.case.eras if era.display]
    latest = max(eras, key=lambda era: era.start or date.min, default=None)
    own = [act for act in between if latest and act.era == latest.id]
    if latest is None or not own:
        return ()
    friendly, hostile = (sum(act.sign == sign for act in own) for sign in (1, -1))
    deeds = sum(act.event_kind == "deeds" for act in own)
    signs = f"{friendly} friendly, {hostile} hostile, {small(deeds) if deeds else 'none'} of them deeds"
    told = f"In the last era, “{latest.label}”: {many(len(own), 'act')}, {signs}."
    return line(f"{told} What happened after the record ends is not in it.")


def _main(ties: TieSection) -> list[TieLine]:
    view = ties.ties[0].view
    found = [one for one in ties.ties if one.memory == RELATIONSHIP and one.view == view and not one.without]
    return found[:2]


def _measured(desk: Desk, main: Sequence[TieLine]) -> Line:
    span = desk.case.events.data_span
    last = min(span[1], desk.last_day) if span else desk.last_day
    parts = [f"From event data to {day(last)}, {age(last, desk.today)} before {day(desk.today)}: "]
    parts.append("; ".join(_direction(one) for one in main))
    return line("".join(parts), ".")


def _direction(tie: TieLine) -> str:
    reading = tie.readings[0]
    towards = f"{tie.sender_name} towards {tie.receiver_name}"
    if reading.net is None or reading.low is None or reading.high is None:
        return f"{towards} cannot be measured ({reading.refused})"
    return (
        f"{towards} is {standing_in_words(reading.net, reading.low, reading.high)} (net {reading.net:+.2f}, "
        f"95 % interval {reading.low:+.2f} to {reading.high:+.2f}, {many(reading.acts, 'act')})"
    ).replace("-", "−")
