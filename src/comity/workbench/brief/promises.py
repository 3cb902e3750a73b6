"""What was promised, programmed, delivered and is due on the day of the brief."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from comity.pledges import Pledge, Programme
from comity.provenance import Dating, Passage
from comity.workbench.brief.desk import LONGEST_TEXT, Desk, line
from comity.workbench.brief.model import PledgeLine, PledgeSection, ProgrammeLine
from comity.workbench.brief.span import Line, Span
from comity.workbench.brief.words import clip, listed, many

MOST_PLEDGES: Final = 120
_ORDER: Final = ("overdue", "announced", "committed", "allocated", "stalled", "delivered")


def pledge_section(desk: Desk) -> PledgeSection:
    """List the pledges between the two first, then those that concern either of them."""
    found = {one.key: one for actor in sorted(desk.pair) for one in _known(desk, actor)}
    ranked = sorted(found.values(), key=lambda one: (not _joins(desk, one), _rank(one), one.key))
    pledges = tuple(_line(desk, one) for one in ranked[:MOST_PLEDGES])
    names = sorted({row.programme for one in found.values() for row in one.statements if row.programme})
    programmes = [desk.case.ledger.programme(name, as_of=desk.today) for name in names]
    programmes.sort(key=lambda one: (str(_first_day(one) or "9999"), one.name))
    return PledgeSection(
        desk.today, _summary(ranked), pledges, tuple(_programme(desk, one) for one in programmes)
    )


def _known(desk: Desk, actor: str) -> list[Pledge]:
    return desk.case.ledger.pledges(actor, as_of=desk.today, registry=desk.case.registry)


def _joins(desk: Desk, pledge: Pledge) -> bool:
    return desk.pair <= _parties(desk, pledge)


def _parties(desk: Desk, pledge: Pledge) -> set[str]:
    everyone = (*pledge.by, *pledge.via, *pledge.to, *pledge.about)
    return {desk.case.events.canonical(one) for one in everyone}


def _rank(pledge: Pledge) -> int:
    code = pledge.status.code
    return _ORDER.index(code) if code in _ORDER else len(_ORDER)


def _summary(pledges: Sequence[Pledge]) -> Line:
    if not pledges:
        return ()
    states = Counter(one.status.code for one in pledges)
    parts = [f"{states[code]} {code}" for code in sorted(states, key=lambda one: (-states[one], one))]
    differ = sum(one.status.sources_differ for one in pledges)
    apart = f" On {many(differ, 'pledge')} the sources differ." if differ else ""
    return line(
        f"{many(len(pledges), 'pledge')} by, to or about either of the two were known: "
        f"{listed(parts)}.{apart} “Unknown” and “overdue” say what these sources know, not what happened."
    )


def _line(desk: Desk, pledge: Pledge) -> PledgeLine:
    status = pledge.status
    steps = dict.fromkeys(desk.names(step) for step in (pledge.by, pledge.via, pledge.to) if step)
    parties = " → ".join(steps)  # a target that an actor sets itself has one step
    about = f" (about {desk.names(pledge.about)})" if pledge.about else ""
    rows: list[tuple[str, str, Passage | None]] = [
        (one.id, one.source, one.passage) for one in pledge.statements
    ]
    return PledgeLine(
        key=pledge.key,
        row=pledge.statements[0].id,
        parties=parties + about,
        object=clip(f"{desk.draft_mark(row for row, *_ in rows)}{' / '.join(pledge.objects)}", LONGEST_TEXT),
        status=status.code,
        status_in_words=clip(desk.with_names_of_documents(status.in_words), LONGEST_TEXT),
        made=_span(pledge.made[0]) if pledge.made else (None, None),
        due=_span(pledge.deadline),
        due_in_words=desk.with_names_of_documents(" or ".join(one.in_words for one in pledge.deadlines)),
        overdue=status.code == "overdue",
        delivered=status.code == "delivered",
        figures=_figures(desk, pledge),
        refs=desk.refs(rows),
    )


def _figures(desk: Desk, pledge: Pledge) -> tuple[Line, ...]:
    lines: list[Line] = []
    for figure in pledge.figures:
        counts = f": {figure.definition}" if figure.definition else ""
        cited = Span(desk.short(figure.source), figure.statement)
        lines.append(line(clip(f"{figure.in_words}{counts}", LONGEST_TEXT), " (", cited, ")"))
    lines.extend(
        line(desk.with_names_of_documents(one.in_words))
        for one in pledge.comparisons
        if one.finding == "sources differ"
    )
    return tuple(lines)


def _span(dating: Dating | None) -> tuple[date | None, date | None]:
    return (dating.start, dating.end) if dating else (None, None)


def _first_day(programme: Programme) -> date | None:
    days = [one.dating.start for one in programme.versions if one.dating and one.dating.start]
    return min(days, default=None)


def _programme(desk: Desk, programme: Programme) -> ProgrammeLine:
    neighbours = [
        f"{word} {listed(names)}"
        for word, names in (("follows", programme.predecessors), ("replaced by", programme.successors))
        if names
    ]
    goals = [
        (slots.title, f"{'; '.join(slots.named)}" if slots.named else "", slots.unknown)
        for slots in programme.goals
    ]
    return ProgrammeLine(
        name=programme.name,
        neighbours="; ".join(neighbours),
        steps=tuple(_step(step.name, step.when_in_words, step.statement) for step in programme.chain),
        versions=tuple(
            line(
                " ".join(
                    part.strip() + (";" if index < len(one.in_words()) - 1 else ".")
                    for index, part in enumerate(one.in_words())
                )
            )
            for one in programme.versions
        ),
        areas=programme.areas,
        goals=tuple(
            line(
                f"{title}{': ' + named if named else ''}",
                f"; {unknown} not named by these sources" if unknown else "",
                ".",
            )
            for title, named, unknown in goals
        ),
        activities=tuple(
            line(f"{area}, {year}: ", *_listed([(one.what, one.statement) for one in done]))
            for area, years in programme.by_area_and_year().items()
            for year, done in years.items()
        ),
        review=desk.with_names_of_documents(programme.review.in_words),
    )


def _step(name: str, when: str, statement: str) -> Line:
    return line(f"{name}: ", Span(when, statement))


def _listed(parts: Sequence[tuple[str, str]]) -> Line:
    spans: list[Span] = []
    for words, row in parts:
        spans += [Span("; ")] if spans else []
        spans.append(Span(clip(words, LONGEST_TEXT), row))
    return tuple(spans)
