"""What authors claim of each third party, era by era, beside what the data show of the same years."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from comity.claims import Claim
from comity.events import Era
from comity.workbench.brief.desk import Desk, line
from comity.workbench.brief.gap_parts import BesideLine, ClaimsInEra, GapLine, GapPeriod
from comity.workbench.brief.gap_words import crosses_zero, sides_in_words
from comity.workbench.brief.span import Count, Line, Span
from comity.workbench.brief.words import day, many, signed, small, span

SIGNS: Final = {"+": ("plus", 1), "-": ("minus", -1), "0": ("neither", 0)}
NOTE: Final = (
    "Only statements of fact are counted here, each once for every third party or cause that it names; what "
    "they expect and advise stands further down. A period counts for the eras that hold most of its days. "
    "Claims are about the tie between the two; the data show how each of the two stood with the third party. "
    "Neither proves the other: a gap describes, it does not tell what moved the tie."
)


def named_in_claims(desk: Desk) -> dict[str, list[Claim]]:
    """Find the third parties that claims on the tie name, those named most often first."""
    found: dict[str, list[Claim]] = {}
    for claim in desk.case.claims.about(desk.a, desk.b, registry=desk.case.registry).of_nature("fact"):
        movers = {desk.case.events.canonical(one) for one in (*claim.cause, *claim.third_party)}
        for third in sorted(movers - desk.pair):
            found.setdefault(third, []).append(claim)
    return dict(sorted(found.items(), key=lambda one: (-len(one[1]), one[0])))


def claims_by_era(desk: Desk, third: str, claims: Iterable[Claim]) -> list[tuple[ClaimsInEra, list[Claim]]]:
    """Group the claims on a third party by era and sign, in order of time."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.era, claim.direction), []).append(claim)
    eras = {era.id: era for era in desk.case.eras}
    found = []
    for (era_id, direction), members in groups.items():
        era, (word, sign) = eras[era_id], SIGNS[direction]
        row = f"claims-{third}-{era_id}-{word}"
        label = f"{many(len(members), 'claim')}: {era.label}"
        found.append((ClaimsInEra(label, sign, era.start, era.end, row), members))
    return sorted(found, key=lambda one: (one[0].start or date.min, one[0].end or date.max, -one[0].sign))


def beside(
    desk: Desk, named: dict[str, list[Claim]], gaps: Sequence[GapLine]
) -> tuple[tuple[BesideLine, ...], list[Count]]:
    """Set claims and data side by side: one line a third party and era."""
    lines: list[BesideLine] = []
    counts: list[Count] = []
    by_third = {one.third: one for one in gaps}
    for third, claims in named.items():
        groups = claims_by_era(desk, third, claims)
        counts += [
            Count(
                bar.row, f"{desk.name(third)}, {bar.label} ({_sign(bar.sign)})", tuple(c.id for c in members)
            )
            for bar, members in groups
        ]
        for era in _in_time(desk, claims):
            by_sign = {bar.sign: (bar, own) for bar, own in groups if own[0].era == era.id}
            closer, apart, neither = (_held(desk, by_sign.get(sign)) for sign in (1, -1, 0))
            data = _shown(desk, third, by_third.get(third), era, gaps)
            years = span(era.start, era.end)
            lines.append(BesideLine(desk.name(third), era.label, years, closer, apart, neither, data))
    return tuple(lines), counts


def _in_time(desk: Desk, claims: Sequence[Claim]) -> list[Era]:
    named = {claim.era for claim in claims}
    eras = [era for era in desk.case.eras if era.id in named]
    return sorted(eras, key=lambda era: (era.start or date.min, era.end or date.max))


def _held(desk: Desk, group: tuple[ClaimsInEra, list[Claim]] | None) -> Line:
    if group is None:
        return ()
    bar, claims = group
    voices = Counter(_voice(desk, claim) for claim in claims)
    ranked = sorted(voices.items(), key=lambda one: (-one[1], one[0]))
    hedged = sum(claim.modality == "hedged" for claim in claims)
    said = ", ".join(f"{who} {number}" if len(ranked) > 1 else who for who, number in ranked)
    return line(Span(str(len(claims)), bar.row), f": {said}", f" ({hedged} hedged)" if hedged else "")


def _voice(desk: Desk, claim: Claim) -> str:
    reporter = f" (reported by {desk.name(claim.reported_by)})" if claim.reported_by else ""
    return f"{desk.names(claim.holder)}{reporter}"


def _sign(sign: int) -> str:
    return {1: "+ closer", -1: "− more distant", 0: "no direction"}[sign]


def _shown(desk: Desk, third: str, gap: GapLine | None, era: Era, gaps: Sequence[GapLine]) -> Line:
    if not gaps:
        return line("No data.")
    if gap is None:
        return line(f"The data have no tie of both with {desk.name(third)}.")
    first, last = gap.periods[0].start, gap.periods[-1].end
    if era.start is not None and era.start > last:
        return line(f"No data: they end on {day(last)}.")
    if era.end is not None and era.end < first:
        return line(f"No data: they begin on {day(first)}.")
    inside = [
        one for one in gap.periods if 2 * era.days_within(one.start, one.end) > (one.end - one.start).days + 1
    ]
    if not inside:
        return line("No period of the data lies mostly in this era.")
    return _told(inside)


def _told(periods: Sequence[GapPeriod]) -> Line:
    known = [one for one in periods if one.gap is not None]
    if not known:
        return line(f"Cannot tell: too little to measure in {_of(len(periods), 'period')}.")
    unsure = sum(crosses_zero(one) for one in known)
    parts: list[str | Span] = [f"{sides_in_words(known)} Gap "]
    ends = (known[0],) if len(known) == 1 else (known[0], known[-1])
    for index, one in enumerate(ends):
        parts += [" and " if index else "", Span(f"{signed(one.gap)} in {one.label}", one.row)]
    parts.append(
        f"; it cannot be told from zero in {_part(unsure, len(known))}."
        if unsure
        else f"; its interval leaves out zero in {'the one' if len(known) == 1 else 'all'}."
    )
    missing = len(periods) - len(known)
    if missing:
        parts.append(f" Too little to measure in {small(missing)} more.")
    return line(*parts)


def _part(count: int, whole: int) -> str:
    if count == whole:
        return "it" if whole == 1 else f"any of the {small(whole)}"
    return f"{small(count)} of {_of(whole, 'period')}"


def _of(count: int, noun: str) -> str:
    return f"{small(count)} {noun if count == 1 else noun + 's'}"
