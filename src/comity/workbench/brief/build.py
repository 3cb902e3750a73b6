"""Putting a brief together: one case, two actors, one day."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import comity
from comity.cases import Case
from comity.provenance import Run, UsageError
from comity.workbench.brief.acts import acts_of
from comity.workbench.brief.around import around_section
from comity.workbench.brief.data import data_part, import_lines, import_sources
from comity.workbench.brief.desk import Desk, line
from comity.workbench.brief.evidence import data_evidence, evidence_of
from comity.workbench.brief.factor import Answer, digest
from comity.workbench.brief.gap import gap_part
from comity.workbench.brief.gap_parts import GapSection
from comity.workbench.brief.gap_words import gap_fact
from comity.workbench.brief.model import (
    FORMAT,
    Brief,
    Chronology,
    Evidence,
    Fact,
    SourceLine,
)
from comity.workbench.brief.promises import pledge_section
from comity.workbench.brief.record import record_section
from comity.workbench.brief.span import Line
from comity.workbench.brief.standing import facts, missing, standing
from comity.workbench.brief.unknown import unknown_lines
from comity.workbench.brief.views import view_section
from comity.workbench.brief.words import day, many


def build_brief(
    case: Case,
    a: str,
    b: str,
    *,
    today: date,
    start: date | None = None,
    end: date | None = None,
    run_id: str = "",
    factors: Sequence[Answer] = (),
) -> Brief:
    """Gather everything that a brief on two actors shows, as plain data.

    Parameters
    ----------
    a, b : ids or names, resolved by the case's registry
    today : the day that the brief speaks on; what came later is not in it
    start, end : the period of the acts, both days included; open by default
    run_id : the id under which the run was recorded; without one it is worked out in the same way
    factors : answers of `comity factor` on the two, as `read_answer` gives them

    Raises
    ------
    UsageError : one actor twice, a period that ends before it starts, or factors of another pair
    UnknownActorError : nobody has that id or name
    """
    if start and end and start > end:
        raise UsageError(f"the period ends ({end}) before it starts ({start})")
    first, second = (case.registry.resolve(name, at=today).id for name in (a, b))
    desk = Desk(case, first, second, today, start, end)
    if len(desk.pair) < 2:
        raise UsageError(f"{desk.name(first)} with itself", allowed="A brief is on two different actors.")
    return _brief(desk, run_id or _run(desk, factors).id, factors)


def _run(desk: Desk, factors: Sequence[Answer]) -> Run:
    case = desk.case
    return Run.of(
        "brief",
        version=comity.__version__,
        inputs={**case.fingerprint, **case.events.editions},
        configuration={
            "first": desk.a,
            "second": desk.b,
            "from": desk.start,
            "to": desk.end,
            "today": desk.today,
            **({"factors": digest(factors)} if factors else {}),
        },
        sources=tuple(case.sources),
        seed=int(case.defaults["seed"]),
    )


def _brief(desk: Desk, run_id: str, factors: Sequence[Answer]) -> Brief:
    case = desk.case
    acts, crowded_out = acts_of(desk)
    record, counts = record_section(desk, acts)
    around, around_counts = around_section(desk, acts)
    data = data_part(desk)
    gap = gap_part(desk, factors)
    pledges, views = pledge_section(desk), view_section(desk, acts)
    shown, fact_counts = facts(desk, acts, pledges, views)
    rows = [*_rows(pledges), *_rows(views), *_rows(record), *(id for one in fact_counts for id in one.acts)]
    evidence = evidence_of(desk, acts, [*rows, *gap.claims])
    known = {one.row for one in evidence}
    found = [id for id in dict.fromkeys((*data.rows, *gap.rows)) if id not in known]
    if found:
        evidence += data_evidence(desk, case.events.find(found))
    evidence += gap.evidence
    return Brief(
        format=FORMAT,
        case=case.id,
        case_title=case.title,
        a=desk.a,
        b=desk.b,
        a_name=desk.name(desk.a),
        b_name=desk.name(desk.b),
        today=desk.today,
        start=desk.start,
        end=desk.end,
        run=run_id,
        version=comity.__version__,
        standing=(*standing(desk, acts, data.section), *_unreviewed(evidence)),
        facts=shown + _gap_facts(gap.section),
        missing=missing(desk, acts, data.section),
        record=record,
        ties=data.section,
        around=around,
        gap=gap.section,
        chronology=Chronology(
            acts=tuple(act for act in acts if not act.aux),
            apart=tuple(act for act in acts if act.aux),
            months=data.months,
            left_out=_left_out(crowded_out, data.left_out),
        ),
        pledges=pledges,
        views=views,
        unknown=unknown_lines(desk, acts, pledges, (*import_lines(desk), *case.refusals)),
        sources=_sources(desk) + import_sources(desk),
        short_names=_short_names(desk),
        how_to_cite=_how_to_cite(desk, run_id),
        counts=tuple(counts + around_counts + fact_counts) + data.counts + gap.counts,
        evidence=evidence,
    )


def _gap_facts(section: GapSection) -> tuple[Fact, ...]:
    found = [gap_fact(one.name, one.periods) for one in section.lines[:1]]
    return tuple(one for one in found if one)


def _unreviewed(evidence: Sequence[Evidence]) -> Iterator[Line]:
    """Say how many of the rows shown nobody has reviewed."""
    drafts = sum(one.draft for one in evidence)
    if drafts:
        are = "is a draft" if drafts == 1 else "are drafts"
        shown = many(len(evidence), "row")
        yield line(f"Of {shown} shown, {drafts:,} {are} that nobody has reviewed; each is marked.")


def _rows(section: Any) -> Iterator[str]:
    """Find every row that a section points at, wherever it does."""
    if isinstance(section, str | date | int | float) or section is None:
        return
    for name, part in zip(getattr(section, "_fields", ("",) * len(section)), section, strict=True):
        if name == "row" and isinstance(part, str) and part:
            yield part
        else:
            yield from _rows(part)


def _left_out(crowded_out: int, months: str) -> str:
    crowded = f"{many(crowded_out, 'act')} are left out for want of room, those of third parties first."
    return " ".join(one for one in (crowded if crowded_out else "", months) if one)


def _sources(desk: Desk) -> tuple[SourceLine, ...]:
    lines = [
        SourceLine(
            one.id,
            one.kind,
            one.citation,
            one.edition,
            one.licence,
            f"{one.written_from} to {one.written_to}" if one.written_to else one.written_from,
            one.kind == "document" and desk.text_of(one.id) is not None,
        )
        for one in desk.case.sources.values()
    ]
    return tuple(lines)


def _short_names(desk: Desk) -> tuple[tuple[str, str], ...]:
    printed = sorted(
        (id, name) for id, name in desk.printed.items() if id == name and id in desk.case.registry
    )
    return tuple((id, full) for id, _ in printed if (full := desk.case.registry.actor(id).name) != id)


def _how_to_cite(desk: Desk, run_id: str) -> str:
    names = f"{desk.name(desk.a)} and {desk.name(desk.b)}"
    authors = "; ".join(desk.case.authors)
    return (
        f"comity {comity.__version__}, brief on {names} of {day(desk.today)}, case "
        f"“{desk.case.title}”{f' ({authors})' if authors else ''}, run {run_id}. The command comity cite "
        f"{run_id} lists software, data editions and documents."
    )
