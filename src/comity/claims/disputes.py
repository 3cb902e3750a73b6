"""Conflict and agreement, by one rule for every tie, cause and holder."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from comity.actors import Registry
from comity.claims.eras import Span
from comity.claims.points import Point, by_point, opposite_ways, points_of, same_time
from comity.claims.record import SIGNS, Claim
from comity.provenance import Trace, html_table

Holders = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides of one point: what helps the tie by the ones hurts it by the others."""

    tie: tuple[str, str]
    over: tuple[str, ...]  # the causes or third parties that both sides name; empty: neither names any
    plus: tuple[Claim, ...]
    minus: tuple[Claim, ...]
    plus_holders: Holders
    minus_holders: Holders
    silent: tuple[str, ...]  # authors who say nothing on the point; that is no denial

    @property
    def within_one_author(self) -> bool:
        """Whether a holder stands on both sides: a tension inside one author, not a dispute."""
        return bool(set(self.plus_holders) & set(self.minus_holders))

    @property
    def eras(self) -> tuple[str, ...]:
        """The eras in which the claims are placed."""
        return tuple(sorted({claim.era for claim in (*self.plus, *self.minus)}))

    @property
    def hedged(self) -> tuple[str, ...]:
        """The ids of the claims that are hedged."""
        return tuple(claim.id for claim in (*self.plus, *self.minus) if claim.modality == "hedged")

    @property
    def title(self) -> str:
        """The point in one line."""
        over = f" over {', '.join(self.over)}" if self.over else ", no cause named"
        who = "one holder on both sides" if self.within_one_author else "holders disagree"
        return f"{' – '.join(self.tie)}{over}: {who}"

    def in_words(self) -> list[str]:
        """Write both sides out with their holders, and who says nothing."""
        lines = [self.title]
        for sign, holders, claims in (
            ("closer", self.plus_holders, self.plus),
            ("more distant", self.minus_holders, self.minus),
        ):
            lines.append(f"  {sign}, by {', '.join(holders)}:")
            lines.extend(f"    {claim.in_one_line}, {claim.era}" for claim in claims)
        if self.silent:
            lines.append(f"  nothing on this point from {', '.join(self.silent)}; absence is not denial")
        return lines

    def _repr_html_(self) -> str:
        return html_table((self.title,), ((line,) for line in self.in_words()[1:]))

    def trace(self) -> Trace:
        """Name the claims of both sides, their passages and documents."""
        return trace_of((*self.plus, *self.minus))

    def to_dict(self) -> dict[str, object]:
        """Give the conflict as plain values."""
        trace = self.trace()
        return {
            "tie": list(self.tie),
            "over": list(self.over),
            "within_one_author": self.within_one_author,
            "plus": [claim.to_dict() for claim in self.plus],
            "minus": [claim.to_dict() for claim in self.minus],
            "plus_holders": list(self.plus_holders),
            "minus_holders": list(self.minus_holders),
            "eras": list(self.eras),
            "hedged": list(self.hedged),
            "silent": list(self.silent),
            "title": self.title,
            "claims": list(trace.rows),
            "sources": list(trace.sources),
        }


@dataclass(frozen=True, slots=True)
class Agreement:
    """Several holders who have the same thing move a tie the same way at one time."""

    tie: tuple[str, str]
    over: tuple[str, ...]
    direction: str
    claims: tuple[Claim, ...]
    holders: Holders

    @property
    def title(self) -> str:
        """The point in one line."""
        over = f" over {', '.join(self.over)}" if self.over else ", no cause named"
        way = "closer" if self.direction == "+" else "more distant"
        return f"{' – '.join(self.tie)}{over}: {way}, by {', '.join(self.holders)}"

    def in_words(self) -> list[str]:
        """Write the claims out."""
        return [self.title, *(f"    {claim.in_one_line}, {claim.era}" for claim in self.claims)]

    def trace(self) -> Trace:
        """Name the claims, their passages and documents."""
        return trace_of(self.claims)

    def to_dict(self) -> dict[str, object]:
        """Give the agreement as plain values."""
        return {
            "tie": list(self.tie),
            "over": list(self.over),
            "direction": self.direction,
            "holders": list(self.holders),
            "claims": [claim.to_dict() for claim in self.claims],
            "title": self.title,
            "sources": list(self.trace().sources),
        }


def conflicts_in(
    claims: Sequence[Claim],
    eras: dict[str, Span],
    registry: Registry | None = None,
    *,
    nature: str = "fact",
    everybody: Sequence[Claim] = (),
) -> list[Conflict]:
    """Find every pair of holders who give one point opposite directions at one time.

    Two claims are on one point if they are about the same unordered tie and share a cause or third
    party, or if neither names one. Two directed claims the opposite way round are not: A towards B
    is another matter than B towards A. Disputes between holders come first, named causes before
    unnamed ones.

    Parameters
    ----------
    everybody : all claims of the authors whose silence is worth a word; by default `claims`
    """
    clashes: dict[tuple[Point, Holders, Holders], list[tuple[Claim, Claim]]] = {}
    for point, on_it in by_point(claims, registry, nature=nature).items():
        for plus, minus in _clashes(on_it, eras, registry):
            clashes.setdefault((point, _holders(plus), _holders(minus)), []).append((plus, minus))
    alike: dict[tuple[tuple[Claim, ...], tuple[Claim, ...]], list[Point]] = {}
    for (point, _, _), pairs in clashes.items():  # one dispute over two causes is one conflict
        sides = _in_order(plus for plus, _ in pairs), _in_order(minus for _, minus in pairs)
        alike.setdefault(sides, []).append(point)
    speaking = [(claim, frozenset(points_of(claim, registry))) for claim in everybody or claims if alike]
    found = [
        Conflict(
            points[0].tie,
            tuple(point.over for point in points if point.over),
            plus,
            minus,
            _holders(*plus),
            _holders(*minus),
            _silent(points, (*plus, *minus), speaking, eras),
        )
        for (plus, minus), points in alike.items()
    ]
    return sorted(found, key=lambda one: (one.within_one_author, not one.over, one.tie, one.over, one.title))


def agreements_in(
    claims: Sequence[Claim],
    eras: dict[str, Span],
    registry: Registry | None = None,
    *,
    nature: str = "fact",
) -> list[Agreement]:
    """Find the points on which at least two holders see the same sign at one time."""
    found: dict[tuple[Claim, ...], list[Point]] = {}
    for point, on_it in by_point(claims, registry, nature=nature).items():
        for sign in SIGNS:
            alike = [claim for claim in on_it if claim.direction == sign]
            for group in _at_one_time(alike, eras, registry):
                if len(_holders(*group)) > 1:
                    found.setdefault(group, []).append(point)
    agreements = [
        Agreement(
            points[0].tie,
            tuple(point.over for point in points if point.over),
            group[0].direction,
            group,
            _holders(*group),
        )
        for group, points in found.items()
    ]
    return sorted(agreements, key=lambda one: (not one.over, one.tie, one.over, one.direction, one.title))


def trace_of(claims: Iterable[Claim]) -> Trace:
    """Name claims, their passages and documents, in order of the claims' ids."""
    in_order = sorted(claims, key=lambda claim: claim.id)
    return Trace(
        tuple(claim.id for claim in in_order),
        tuple(claim.passage for claim in in_order if claim.passage),
        tuple(sorted({claim.source for claim in in_order})),
    )


def _clashes(
    on_it: Sequence[Claim], eras: dict[str, Span], registry: Registry | None
) -> Iterator[tuple[Claim, Claim]]:
    closer = [claim for claim in on_it if claim.direction == "+"]
    apart = [claim for claim in on_it if claim.direction == "-"]
    for plus, minus in product(closer, apart):
        if same_time(plus, minus, eras) and not opposite_ways(plus, minus, registry):
            yield plus, minus


def _at_one_time(
    alike: Sequence[Claim], eras: dict[str, Span], registry: Registry | None
) -> list[tuple[Claim, ...]]:
    """Group claims whose eras share days, directly or by way of others; general rules join every group."""
    dated = [claim for claim in alike if eras[claim.era] != (None, None)]
    general = [claim for claim in alike if eras[claim.era] == (None, None)]
    groups: list[list[Claim]] = []
    for claim in sorted(dated, key=lambda one: one.id):
        near = [
            group
            for group in groups
            if any(same_time(claim, one, eras) and not opposite_ways(claim, one, registry) for one in group)
        ]
        groups = [group for group in groups if group not in near]
        groups.append([claim, *(one for group in near for one in group)])
    return [_in_order([*group, *general]) for group in groups or ([[]] if general else [])]


def _silent(
    points: Sequence[Point],
    contested: Sequence[Claim],
    everybody: Sequence[tuple[Claim, frozenset[Point]]],
    eras: dict[str, Span],
) -> tuple[str, ...]:
    speakers = {
        author
        for claim, on in everybody
        if not on.isdisjoint(points) and any(same_time(claim, other, eras) for other in contested)
        for author in claim.authors
    }
    return tuple(sorted({author for claim, _ in everybody for author in claim.authors} - speakers))


def _holders(*claims: Claim) -> Holders:
    return tuple(sorted({holder for claim in claims for holder in claim.holder}))


def _in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(dict.fromkeys(claims), key=lambda claim: claim.id))
