"""What a brief cannot know: thin years, missing data, and what such sources do not see."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from comity.workbench.brief.desk import Desk, line
from comity.workbench.brief.model import Act, PledgeSection
from comity.workbench.brief.span import Line
from comity.workbench.brief.standing import last_act, last_day_of
from comity.workbench.brief.words import age, day, many, month


def unknown_lines(
    desk: Desk, acts: Sequence[Act], pledges: PledgeSection, imports: Sequence[str]
) -> tuple[Line, ...]:
    """List what is not known, the most telling first."""
    between = [act for act in acts if act.reach == "pair" and not act.aux]
    texts = [
        _after(desk, between),
        _thin_years(between),
        _loosely_dated(between),
        _data(desk),
        *imports,
        _alliances(desk),
        _pledges(pledges),
        _documents(desk),
        "Secret acts are missing: intelligence, classified sharing and most planning are not reported. "
        "Visits, summits and statements are seen best, so the record leans towards symbols.",
        "The authors wrote to make a point and named the acts that serve it. An act that no source tells "
        "is not in this brief, and its absence proves nothing.",
    ]
    return tuple(line(text) for text in texts if text)


def years_in_words(years: Iterable[int]) -> str:
    """Write years as ranges.

    >>> years_in_words([1994, 1995, 1996, 1999])
    '1994–1996, 1999'
    """
    ordered = sorted(set(years))
    if not ordered:
        return ""
    breaks = [
        0,
        *(i + 1 for i, (one, other) in enumerate(pairwise(ordered)) if other > one + 1),
        len(ordered),
    ]
    runs = [ordered[start:end] for start, end in pairwise(breaks)]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _after(desk: Desk, between: Sequence[Act]) -> str:
    last = last_act(between)
    ended = last_day_of(last) if last else None
    if ended is None:
        return ""
    return (
        f"Nothing after {month(ended)}: the {age(ended, desk.today)} to {day(desk.today)} are blank here, "
        "whatever happened in them."
    )


def _thin_years(between: Sequence[Act]) -> str:
    dated = [act for act in between if act.start and act.end and (act.end - act.start).days <= 366]
    if len(dated) < 2:
        return ""
    have = {
        year for act in dated if act.start and act.end for year in range(act.start.year, act.end.year + 1)
    }
    blank = set(range(min(have), max(have) + 1)) - have
    if not blank:
        return f"Every year from {min(have)} to {max(have)} has an act between the two."
    return (
        f"Thin years: no act between the two is dated to {years_in_words(blank)} (of {min(have)} to "
        f"{max(have)}). Longer stretches that pass over these years are bars in the timeline."
    )


def _loosely_dated(between: Sequence[Act]) -> str:
    loose = sum(1 for act in between if not (act.start and act.end) or (act.end - act.start).days > 366)
    if not loose:
        return ""
    return (
        f"{many(loose, 'act')} of {len(between)} between the two {'is' if loose == 1 else 'are'} known only "
        "by an era or an open date. They are counted and drawn as bars, and enter no tie."
    )


def _data(desk: Desk) -> str:
    span = desk.case.events.data_span
    scores = desk.case.scores
    if span is None and scores is not None:
        return (
            "No event data are imported, so no directed tie is measured. What can be held beside the authors "
            f"here are scores of pairs from the news, {day(scores.first_day)} to {day(scores.last_day)}."
        )
    if span is None:
        return "No event data are imported: no tie is measured, and nothing checks what the authors tell."
    return f"The event data cover {day(span[0])} to {day(span[1])} only."


def _alliances(desk: Desk) -> str:
    registry = desk.case.registry
    groups = [one for one in (desk.a, desk.b) if one in registry and registry.actor(one).kind != "state"]
    if not groups:
        return ""
    return (
        f"Open event data hardly have rows that name {desk.names(groups)} as a whole: between Japan and "
        "NATO, for instance, none to eight a year. Acts of the members are another thing, shown as another "
        "view."
    )


def _pledges(section: PledgeSection) -> str:
    unknown = sum(one.status == "unknown" for one in section.pledges)
    old = sum("years old" in one.status_in_words for one in section.pledges)
    parts = []
    if unknown:
        parts.append(f"of {many(unknown, 'pledge')} these sources do not say what became")
    if old:
        parts.append(f"on {many(old, 'pledge')} the last word is years old")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _documents(desk: Desk) -> str:
    absent = [one.id for one in desk.documents if desk.text_of(one.id) is None]
    if not absent:
        return ""
    return (
        f"The text of {many(len(absent), 'document')} is not attached here: the places are given, the words "
        "are not. Use comity attach FILE."
    )
