"""Third parties of the two: how each side stands with them, beside what authors claim of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from comity.claims import Claim
from comity.events import Events, MonthlyScores
from comity.provenance import NothingFoundError
from comity.workbench.brief.authors_beside_data import NOTE, beside, claims_by_era, named_in_claims
from comity.workbench.brief.desk import Desk
from comity.workbench.brief.factor import Answer, factor_lines
from comity.workbench.brief.gap_parts import GapLine, GapPeriod, GapSection
from comity.workbench.brief.gap_rows import row_in, row_of, rows_behind
from comity.workbench.brief.gap_specifications import specification_rows, statements
from comity.workbench.brief.gap_thirds import span_of, third_parties
from comity.workbench.brief.gap_words import (
    around_turn,
    finding,
    in_short,
    placebo_line,
    quadrant_in_words,
    view_in_words,
)
from comity.workbench.brief.model import Evidence
from comity.workbench.brief.span import Count, Line

if TYPE_CHECKING:
    from comity.ties import Gap

MOST_THIRD_PARTIES: Final = 6
LONG_DAYS: Final = 365  # of data, for half-years; else quarters
NO_SCORES: Final = (
    "No gap is measured: this case holds neither scores of pairs nor event data. Bring some in with comity "
    "import, or fill series.csv."
)
NO_THIRD_PARTY: Final = "No gap is measured: the data have no third party with which both have a tie."

Named = Mapping[str, Sequence[Claim]]
Names = tuple[str, str]


class GapPart(NamedTuple):
    """The section, and what it points at."""

    section: GapSection
    counts: tuple[Count, ...]
    claims: tuple[str, ...]  # ids
    rows: tuple[str, ...] = ()  # ids of event data
    evidence: tuple[Evidence, ...] = ()


class _Answer(NamedTuple):
    """The gaps with every third party, and what both sides are called."""

    gap: "Gap"
    names: Names


def gap_part(desk: Desk, answers: Sequence[Answer] = ()) -> GapPart:
    """Measure how both stand with each third party, and set what authors claim beside it."""
    named = named_in_claims(desk)
    answer = _answer(desk, named)
    factors, behind = factor_lines(desk, answers)
    if isinstance(answer, str):
        told, claims = beside(desk, named, ())
        section = GapSection(
            answer, "", desk.name(desk.a), desk.name(desk.b), (), (), (), (), told, _note(told), factors
        )
        return _part(section, claims, behind, ())
    lines = tuple(_line(desk, third, answer, named) for third in answer.gap.third_parties)
    told, claims = beside(desk, named, lines)
    evidence, lists = rows_behind(desk, answer.gap, answer.names)
    checked = answer.gap.only(answer.gap.third_parties[:1])
    section = GapSection(
        why_not="",
        view=view_in_words(*answer.names, answer.gap, [desk.name(one) for one in answer.gap.without]),
        a_name=answer.names[0],
        b_name=answer.names[1],
        lines=lines,
        turn=_turn(desk, answer),
        placebo=tuple(placebo_line(lines[0].name, answer.names[0], one, checked) for one in checked.placebo),
        statements=statements(lines[0].name, answer.names, checked),
        beside=told,
        beside_note=_note(told),
        factors=factors,
    )
    return _part(section, [*claims, *lists], behind, (*evidence, *specification_rows(checked)))


def _note(told: Sequence[object]) -> str:
    return NOTE if told else ""


def _part(
    section: GapSection, lists: Sequence[Count], behind: Sequence[Count], evidence: tuple[Evidence, ...]
) -> GapPart:
    claims = tuple(id for one in lists if one.row.startswith("claims-") for id in one.acts)
    rows = tuple(id for one in (*lists, *behind) if not one.row.startswith("claims-") for id in one.acts)
    return GapPart(section, (*lists, *behind), claims, rows, evidence)


def _answer(desk: Desk, named: Named) -> "_Answer | str":
    """Measure the gaps; or say why not."""
    source: MonthlyScores | Events | None = desk.case.scores
    if source is None:
        source = desk.case.events if desk.case.events.has_data else None
    span = span_of(source)
    if source is None or span is None:
        return NO_SCORES
    from comity.ties import measure_gap  # only where there is something to measure

    groups = {end: _members(desk, span, end) for end in (desk.a, desk.b)}
    thirds = third_parties(desk, named, source, groups)
    if not thirds:
        return NO_THIRD_PARTY
    options: dict[str, Any] = {
        "since": desk.start,
        "until": desk.last_day,
        "by": "half-year" if (span[1] - span[0]).days + 1 >= LONG_DAYS else "quarter",
        "view": "members" if any(groups.values()) else "own",
        # Nobody stands on both sides of a gap: a member that is a third party here is in no mean.
        "without": tuple(one for one in thirds if any(one in members for members in groups.values())),
        "registry": desk.case.registry,
        "seed": int(desk.case.defaults.get("seed", 1)),
    }
    try:
        asked = measure_gap(source, desk.a, desk.b, third=thirds, **options)
    except NothingFoundError as error:
        return f"No gap is measured: {error.what}. {error.allowed}"
    known = [one for one in thirds if any(period.of(one).gap is not None for period in asked.periods)]
    if not known:
        return NO_THIRD_PARTY
    a, b = (f"{desk.name(end)}’s members" if groups[end] else desk.name(end) for end in (desk.a, desk.b))
    return _Answer(asked.only(known[:MOST_THIRD_PARTIES]), (a, b))


def _turn(desk: Desk, answer: _Answer) -> tuple[Line, ...]:
    """Look at the latest era of the record that begins within the data: the authors' dating, not ours."""
    gap, third = answer.gap, answer.gap.third_parties[0]
    first, last = gap.periods[0].end, gap.periods[-1].start
    eras = [era for era in desk.case.eras if era.display and era.start and first < era.start <= last]
    if not eras:
        return ()
    era = max(eras, key=lambda one: one.start or date.min)
    turn = era.start or date.min
    across = [one for one in gap.changes if one.actor == third and one.before.end < turn <= one.after.end]
    known = [one for one in gap.periods if one.end < turn and one.of(third).gap is not None]
    before = gap.change(third, known[0], known[-1]) if len(known) > 1 else None
    return around_turn(*answer.names, era.label, turn, before, across[0] if across else None)


def _members(desk: Desk, span: tuple[date, date], actor: str) -> frozenset[str]:
    """List who is a member at the beginning or end of the data; nobody for a state."""
    if actor not in desk.case.registry:
        return frozenset()
    days = (span[0], min(span[1], desk.last_day))
    canonical = desk.case.events.canonical
    return frozenset(canonical(one) for day in days for one in desk.case.registry.members(actor, day))


def _line(desk: Desk, third: str, answer: _Answer, named: Named) -> GapLine:
    gap, names = answer.gap, answer.names
    periods = tuple(
        _period(period.of(third), period, row_in(gap, third, period.label), names) for period in gap.periods
    )
    bars = tuple(bar for bar, _ in claims_by_era(desk, third, named.get(third, ())))
    return GapLine(
        third=third,
        name=desk.name(third),
        row=row_of(third, "found"),
        periods=periods,
        finding=(finding if third == gap.third_parties[0] else in_short)(
            *names, periods, gap.first_to_last(third)
        ),
        claims=bars,
    )


def _period(one: Any, period: Any, row: str, names: Names) -> GapPeriod:
    return GapPeriod(
        label=period.label,
        start=period.start,
        end=period.end,
        tie_a=one.a.tie,
        tie_b=one.b.tie,
        gap=one.gap,
        low=one.low,
        high=one.high,
        alignment=one.alignment,
        quadrant=quadrant_in_words(*names, one),
        months=one.months,
        row=row if one.gap is not None else "",
    )
