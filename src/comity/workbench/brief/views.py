"""Who says what about the two, and where they disagree."""

from collections.abc import Iterable, Sequence
from typing import Final

from comity.claims import Agreement, Claim, ClaimBook
from comity.claims import Conflict as Clash
from comity.claims import Line as Told
from comity.workbench.brief.desk import LONGEST_TEXT, Desk, line
from comity.workbench.brief.model import Act, Conflict, Side, Variants, View, ViewSection
from comity.workbench.brief.span import Line, Span
from comity.workbench.brief.words import clip, listed, many, when

MOST_CLAIMS: Final = 300
MOST_VIEWS: Final = 200
MOST: Final = 40  # entries of one list; the rest is counted
SIGNS: Final = {"+": "+ closer", "-": "− more distant", "0": "no direction"}


def view_section(desk: Desk, acts: Sequence[Act]) -> ViewSection:
    """Set the claims on the tie between the two side by side, then what is expected and advised."""
    book = desk.case.claims.about(desk.a, desk.b, registry=desk.case.registry)
    wider = _wider(desk, book)
    return ViewSection(
        claims=tuple(claim.id for claim in book.claims[:MOST_CLAIMS]),
        views=_views(desk, book),
        conflicts=_conflicts(desk, book.conflicts()),
        agreements=tuple(_agreement(desk, one) for one in book.agreements()[:MOST]),
        lines=tuple(_told_line(desk, one) for one in book.lines() if one.differs)[:MOST],
        dates=_dates(desk, acts),
        predictions=_of_nature(desk, wider, "prediction"),
        advice=_of_nature(desk, wider, "advice"),
    )


def _wider(desk: Desk, book: ClaimBook) -> list[Claim]:
    either = [desk.case.claims.about(one, registry=desk.case.registry) for one in (desk.a, desk.b)]
    found = {claim.id: claim for one in (book, *either) for claim in one.claims}
    return [found[id] for id in sorted(found)]


def _era(desk: Desk, id: str) -> str:
    return next((era.label for era in desk.case.eras if era.id == id), id)


def _views(desk: Desk, book: ClaimBook) -> tuple[View, ...]:
    return tuple(
        View(
            holder=desk.name(group["holder"]),
            cause=desk.name(group["cause"]) if group["cause"] else "none named",
            sign=SIGNS[group["direction"]],
            era=_era(desk, group["era"]),
            claims=_listed(_said(desk, claim) for claim in group.claims),
        )
        for group in book.by_cause()[:MOST_VIEWS]
    )


def _said(desk: Desk, claim: Claim) -> Line:
    hedge = {"hedged": " (hedged)", "question": " (asked)"}.get(claim.modality, "")
    words = clip(claim.paraphrase, LONGEST_TEXT).rstrip(".")
    return line(f"{words}{hedge} (", desk.ref(claim.id, claim.source, claim.passage), ")")


def _listed(lines: Iterable[Line]) -> Line:
    spans: list[Span] = []
    for one in lines:
        spans += [Span("; ")] if spans else []
        spans.extend(one)
    return tuple(spans)


def _point(desk: Desk, tie: Sequence[str], over: Sequence[str]) -> str:
    about = f", over {listed([desk.name(one) for one in over])}" if over else ", no cause named"
    return f"{' – '.join(desk.name(one) for one in tie)}{about}"


def _conflicts(desk: Desk, clashes: Sequence[Clash]) -> tuple[Conflict, ...]:
    """Put the clashes over one point together if they share a claim: then they are of one time, too."""
    groups: list[list[Clash]] = []
    for one in clashes:
        near = [
            group
            for group in groups
            if (group[0].tie, group[0].over) == (one.tie, one.over)
            and group[0].within_one_author == one.within_one_author
            and _claims(group) & _claims([one])
        ]
        groups = [group for group in groups if group not in near]
        groups.append([clash for group in near for clash in group] + [one])
    in_order = sorted(groups, key=lambda found: (found[0].within_one_author, -len(_claims(found))))
    return tuple(_conflict(desk, found) for found in in_order[:MOST])


def _claims(clashes: Iterable[Clash]) -> set[str]:
    return {claim.id for one in clashes for claim in (*one.plus, *one.minus)}


def _conflict(desk: Desk, found: Sequence[Clash]) -> Conflict:
    first = found[0]
    within = " (one holder on both sides)" if first.within_one_author else ""
    eras = listed([_era(desk, era) for era in sorted({era for one in found for era in one.eras})])
    spoke = {holder for one in found for holder in (*one.plus_holders, *one.minus_holders)}
    silent = sorted({author for one in found for author in one.silent} - spoke)
    unsaid = f" Nothing on this point from {desk.names(silent)}; absence is not denial." if silent else ""
    sides = (
        _side(desk, "+", [one.plus for one in found]),
        _side(desk, "-", [one.minus for one in found]),
    )
    return Conflict(f"{_point(desk, first.tie, first.over)}{within}", f"Placed in: {eras}.{unsaid}", sides)


def _side(desk: Desk, sign: str, groups: Iterable[Iterable[Claim]]) -> Side:
    claims = sorted({claim.id: claim for group in groups for claim in group}.items())
    holders = dict.fromkeys(holder for _, claim in claims for holder in claim.holder)
    return Side(desk.names(holders), SIGNS[sign], tuple(_said(desk, claim) for _, claim in claims))


def _agreement(desk: Desk, one: Agreement) -> Conflict:
    said = tuple(_said(desk, claim) for claim in one.claims)
    return Conflict(
        _point(desk, one.tie, one.over), "", (Side(desk.names(one.holders), SIGNS[one.direction], said),)
    )


def _told_line(desk: Desk, one: Told) -> Variants:
    who = desk.names(one.speakers) or "speaker not named"
    about = f"{who}: {many(len(one.quotes), 'quotation')}, {many(len(one.wordings), 'wording')}, "
    about += many(len(one.datings), "dating")
    versions = []
    for variant in one.variants:
        place = f", {variant.venue}" if variant.venue else ""
        refs = desk.refs((quote.id, quote.source, quote.passage) for quote in variant.quotes)
        words = clip(variant.quotes[0].paraphrase, LONGEST_TEXT).rstrip(".")
        versions.append(line(f"{when(variant.dating)}{place}: {words} ({variant.mode}; ", refs, ")"))
    return Variants(about, tuple(versions))


def _dates(desk: Desk, acts: Sequence[Act]) -> tuple[Variants, ...]:
    events = {event.id: event for event in desk.case.events.coded}
    found = []
    for act in acts:
        told = [events[row] for row in act.rows if row in events]
        apart = {event.source for event in told}
        dates = {(event.dating.start, event.dating.end) for event in told}
        if len(apart) < 2 or len(dates) < 2:
            continue
        versions = tuple(
            line(f"{when(event.dating)} (", desk.ref(event.id, event.source, event.passage), ")")
            for event in told
        )
        found.append(Variants(f"No. {act.number}: {act.summary}", versions))
    return tuple(found[:MOST])


def _of_nature(desk: Desk, claims: Sequence[Claim], nature: str) -> tuple[Line, ...]:
    found = [claim for claim in claims if claim.nature == nature]
    lines = [
        line(f"{desk.names(claim.holder)}: ", _said(desk, claim), f", {_era(desk, claim.era)}.")
        for claim in found[:MOST]
    ]
    if len(found) > MOST:
        lines.append(line(f"And {many(len(found) - MOST, 'more', 'more')}."))
    return tuple(lines)
