"""Points: a tie and what is said to move it. Claims on one point can agree or conflict."""

from collections.abc import Sequence
from dataclasses import dataclass

from comity.actors import Registry
from comity.claims.eras import Span, share_a_day
from comity.claims.record import SIGNS, Claim
from comity.claims.voices import same_actor


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """An unordered tie, and a cause or third party; empty: neither claim names one."""

    tie: tuple[str, str]  # in alphabetical order
    over: str


def tie_of(claim: Claim, registry: Registry | None) -> tuple[str, str] | None:
    """Take the tie without its direction, under the names of today's actors."""
    if claim.tie is None:
        return None
    first, second = sorted(same_actor(registry, id) for id in claim.tie)
    return first, second


def movers_of(claim: Claim, registry: Registry | None) -> frozenset[str]:
    """Collect the causes and third parties."""
    return frozenset(same_actor(registry, id) for id in (*claim.cause, *claim.third_party))


def points_of(claim: Claim, registry: Registry | None) -> list[Point]:
    """List the points on which a claim speaks; one without a tie speaks on none."""
    tie = tie_of(claim, registry)
    if tie is None:
        return []
    return [Point(tie, mover) for mover in sorted(movers_of(claim, registry)) or [""]]


def by_point(
    claims: Sequence[Claim], registry: Registry | None, *, nature: str = "fact"
) -> dict[Point, list[Claim]]:
    """Sort the claims of one nature that give a direction by the points on which they speak."""
    found: dict[Point, list[Claim]] = {}
    for claim in claims:
        if claim.nature == nature and claim.direction in SIGNS:
            for point in points_of(claim, registry):
                found.setdefault(point, []).append(claim)
    return dict(sorted(found.items()))


def same_time(one: Claim, other: Claim, eras: dict[str, Span]) -> bool:
    """Tell whether the eras of two claims share a day."""
    return share_a_day(eras[one.era], eras[other.era])


def opposite_ways(one: Claim, other: Claim, registry: Registry | None) -> bool:
    """Tell whether one claim is about A towards B and the other about B towards A: no one point."""
    if not (one.directed and other.directed and one.tie and other.tie):
        return False
    return same_actor(registry, one.tie[0]) != same_actor(registry, other.tie[0])
