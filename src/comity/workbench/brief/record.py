"""The record through eras: acts between the two by era and kind, as told, and firsts checked."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from comity.claims import Claim
from comity.events import KINDS, Events, precedents, tally
from comity.workbench.brief.desk import LONGEST_TEXT, Desk, line
from comity.workbench.brief.model import Act, Cell, EraLine, First, RecordSection
from comity.workbench.brief.span import Count, Line, Span
from comity.workbench.brief.words import clip, listed, many, small, span

_VERDICTS: Final = {
    "no earlier one in this record": "the record has no earlier one.",
    "an earlier one": "the record has earlier ones of this kind.",
    "cannot tell": "cannot tell: dates overlap or are open, or nobody is named.",
}
_SIGNS: Final = (("friendly", 1), ("hostile", -1), ("neither", 0))


def record_section(desk: Desk, acts: Sequence[Act]) -> tuple[RecordSection, list[Count]]:
    """Count the acts between the two; each real act counts once, in one era."""
    by_row = {row: act for act in acts for row in act.rows if not act.aux}
    told = Events.of(
        (event for event in desk.case.events.coded if event.id in by_row), registry=desk.case.registry
    )
    eras = [era for era in desk.eras if desk.within(era.start, era.end)]
    cells = tally(told, eras, actors=sorted(desk.pair))
    lines, counts, outside = [], [], []
    for era in eras:
        own = [cell for cell in cells if cell["era"] == era.id]
        shown = []
        for cell in own:
            drawn, behind = _cell(cell, by_row)
            shown.append(drawn)
            counts += behind
        longer = sum(cell["spanning"] for cell in own)
        years = span(era.start, era.end)
        lines.append(EraLine(era.id, era.label, years, era.start, era.end, tuple(shown), longer))
    for cell in cells:
        if not cell["era"]:
            outside += [(by_row[id], cell["label"]) for id in cell["ids"]]
    between = [act for act in acts if act.reach == "pair" and not act.aux]
    section = RecordSection(
        told_by=told_by(desk),
        eras=tuple(lines) if between else (),
        outside=_outside(outside),
        talk_and_deeds=_talk_and_deeds(between, lines),
        firsts=_firsts(desk, acts),
    )
    return section, counts


def told_by(desk: Desk) -> str:
    """Say whose account the record is."""
    documents = [desk.short(one.id) for one in desk.case.sources.values() if one.kind == "document"]
    if not documents:
        return "As coded in this case."
    return (
        f"As told by {listed(documents)}. These authors chose the acts for their story, so the counts carry "
        "no sampling interval and say nothing about what was left out."
    )


def _cell(cell: Mapping[str, Any], by_row: Mapping[str, Act]) -> tuple[Cell, list[Count]]:
    row = f"count-{cell['era']}-{cell['kind']}"
    found = {word: tuple(id for id in cell["ids"] if by_row[id].sign == sign) for word, sign in _SIGNS}
    label = f"{cell['label']}, {cell['kind']}"
    counts = [Count(f"{row}-{word}", f"{label}, {word}", ids) for word, ids in found.items() if ids]
    numbers = (cell["friendly"], cell["hostile"], cell["neutral"])
    return Cell(cell["label"], cell["kind"], *numbers, row), counts


def _outside(acts: Sequence[tuple[Act, str]]) -> Line:
    if not acts:
        return ()
    why = "Not in the table, because their start is not known or lies in no era"
    spans = [Span(f"{why}: {many(len(acts), 'act')} (no. ")]
    for index, (act, _) in enumerate(sorted(acts, key=lambda one: one[0].number)):
        spans += [Span(", ")] if index else []
        spans.append(Span(str(act.number), act.id))
    return (*spans, Span(")."))


def _talk_and_deeds(between: Sequence[Act], eras: Sequence[EraLine]) -> tuple[Line, ...]:
    if not between:
        return ()
    by_kind = {kind: sum(act.event_kind == kind for act in between) for kind in KINDS}
    first = (
        f"Of {many(len(between), 'act')} between the two, {by_kind['talk']} are talk, "
        f"{by_kind['institutions']} institutions (agreements, missions, programmes) and {by_kind['deeds']} "
        "deeds (aid, joint operations, sanctions, force)."
    )
    parts = []
    for era in eras:
        own = [act for act in between if act.era == era.id]
        deeds = sum(act.event_kind == "deeds" for act in own)
        if own:
            parts.append(f"{era.label}, {small(deeds) if deeds else 'none'} of {small(len(own))}")
    second = f"Deeds among the acts of each era: {'; '.join(parts)}." if parts else ""
    return tuple(line(one) for one in (first, second) if one)


def _firsts(desk: Desk, acts: Sequence[Act]) -> tuple[First, ...]:
    shown = {row: act for act in acts for row in act.rows}
    return tuple(
        _first(desk, claim, shown)
        for claim in desk.case.claims.claims
        if claim.first_of in shown and shown[claim.first_of].reach == "pair"
    )


def _first(desk: Desk, claim: Claim, shown: Mapping[str, Act]) -> First:
    checked = precedents(desk.case.events, claim.first_of)
    act = shown[claim.first_of]
    said = line(
        f"{clip(claim.paraphrase, LONGEST_TEXT).rstrip('.')} (",
        Span(f"no. {act.number}", act.id),
        "; ",
        desk.ref(claim.id, claim.source, claim.passage),
        "):",
    )
    earlier = {one.id: one for row in checked.rows if (one := shown.get(str(row["id"])))}
    spans: list[Span] = []
    for one in earlier.values():
        spans += [Span(", " if spans else "See "), Span(f"no. {one.number} ({one.when})", one.id)]
    return First(said, _VERDICTS.get(checked.verdict, checked.verdict), (*spans, Span(".")) if spans else ())
