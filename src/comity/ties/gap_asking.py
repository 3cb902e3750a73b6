"""The question that a gap answers, checked, and its answer."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from comity.actors import Registry, load_registry
from comity.events import Era, Events, MonthlyScores
from comity.provenance import NothingFoundError, UsageError
from comity.ties.gap import Gap, GapChange, GapPeriod, Margin
from comity.ties.gap_acts import Acted
from comity.ties.gap_checks import Checks
from comity.ties.gap_measuring import Scored
from comity.ties.gap_periods import LENGTHS, Period, periods_of
from comity.ties.gap_sides import Sides
from comity.ties.settings import Settings

Basis = Scored | Acted  # what ties are read off


def measure_gap(
    source: Any,
    a: str,
    b: str,
    *,
    third: Sequence[str],
    since: date | None = None,
    until: date | None = None,
    by: str = "half-year",
    eras: Sequence[Era] = (),
    view: str = "own",
    without: Sequence[str] = (),
    registry: Registry | None = None,
    seed: int = 1,
    checks: bool = True,
) -> Gap:
    """Measure how differently two actors stand towards third parties, period by period, and who moved.

    On scores, the tie of a pair in a period is the mean over its months of ``Σ score / Σ |score|``; an
    alliance by its members is the mean over those that have 3 such months with the third party. On acts,
    it is the net of what the side did towards the third party in the period, nothing decayed; see `by_era`.
    ``gap = tie_a - tie_b``; its change is ``moved_a + moved_b``.

    Parameters
    ----------
    source : monthly scores of pairs (see `Scores.monthly`), `Events`, or a frame of events
    a, b : actor ids
    third : actor ids
    since, until : first and last day, both included; by default those of the data
    by : "quarter", "half-year", "year" or "era"
    eras : for "era"
    view : of an alliance: "own", "members" (on the first day of each period) or "pooled"
    without : members to leave out
    registry : who is a member of what; by default that of the events, else the package's
    seed : of intervals that are drawn
    checks : whether the answer has a placebo and specifications; they run when they are asked for

    Returns
    -------
    Gap : with ``to_dict()``, ``frame()``, ``behind()`` and ``trace()``

    Raises
    ------
    UsageError : a setting outside what is allowed, or a third party that is one of the pair
    UnknownActorError : an actor that nobody knows
    NothingFoundError : no whole period lies in the span
    """
    settings = Settings(view=view, without=without, seed=seed)
    registry = registry or (source.registry if isinstance(source, Events) else load_registry())
    pair = (registry.canonical(a), registry.canonical(b))
    sides = Sides(registry, pair, settings.view, tuple(map(registry.canonical, settings.without)))
    thirds = tuple(dict.fromkeys(map(registry.canonical, third)))
    for one in thirds:
        if one in pair:
            raise UsageError(f"{one} is one of the pair", allowed="A third party is another actor.")
    basis: Basis = Scored(source) if isinstance(source, MonthlyScores) else Acted.of(source, sides, seed)
    shown, known, said = _periods(basis, by, eras, since, until)
    each = {one: basis.measured(sides, one, known, shown) for one in thirds}
    margins = {one: measured.margin for one, measured in each.items()}
    ties = [one.third_parties() for one in each.values()]
    periods = tuple(
        GapPeriod(period.label, period.start, period.end, tuple(found[place] for found in ties))
        for place, period in enumerate(shown)
    )
    lengths = {
        one: periods_of(one, shown[0].start, shown[-1].end, eras)[0] for one in dict.fromkeys((by, *LENGTHS))
    }
    return Gap(
        pair,
        settings.view,
        sides.without,
        basis.scale,
        by,
        seed,
        periods,
        tuple(change for one in thirds for change in _changes(one, periods, margins[one])),
        notes=(*said, *_idle(sides, shown), *basis.notes(sides, shown)),
        editions=basis.editions,
        source=basis.source,
        margins=margins,
        checks=Checks(basis, sides, by, shown, lengths) if checks else None,
    )


def _changes(third: str, periods: Sequence[GapPeriod], margin: Margin) -> list[GapChange]:
    """Split the change from each period to the next, and from the first to the last, into who moved.

    Periods without a gap are passed over; next to one there is no change.
    """
    known = [place for place, period in enumerate(periods) if period.of(third).gap is not None]
    steps = [(one, other) for one, other in pairwise(known) if other == one + 1]
    if len(known) > 1 and (known[0], known[-1]) not in steps:
        steps.append((known[0], known[-1]))
    return [GapChange.between(third, periods, one, other, margin) for one, other in steps]


def _periods(
    basis: Basis, by: str, eras: Sequence[Era], since: date | None, until: date | None
) -> tuple[tuple[Period, ...], tuple[Period, ...], list[str]]:
    """Find the periods asked for, all periods of the data, and what to say about them."""
    if since and until and until < since:
        raise UsageError(f"a span from {since} to {until}", allowed="It ends on or after its first day.")
    first, last = basis.span
    start, end = max(since or first, first), min(until or last, last)
    said = [f"the {basis.scale} begin on {first}"] if since and since < first else []
    said += [f"the {basis.scale} end on {last}"] if until and until > last else []
    if start > end:
        raise NothingFoundError(
            f"no {basis.scale} from {since or first} to {until or last}",
            allowed=f"The data: {first} to {last}.",
        )
    shown, cut = periods_of(by, start, end, eras)
    if not shown:
        raise NothingFoundError(
            f"no whole {by} from {start} to {end}",
            allowed=f"{'; '.join(cut) or f'The data: {first} to {last}'}.",
            remedy="Ask for a longer span, or for shorter periods with --by.",
        )
    return shown, periods_of(by, first, last, eras)[0], [*said, *cut]


def _idle(sides: Sides, shown: Sequence[Period]) -> list[str]:
    """Say which choices change nothing, and what the checks take instead of pooling."""
    if sides.view == "own" and sides.without:
        return [f"leaving out {', '.join(sides.without)} changes nothing: the view 'own' counts no members"]
    everybody = {one for period in shown for actor in sides.pair for one in sides.of(actor, period.start)}
    idle = [
        f"{one} is no member of either side: leaving it out changes nothing"
        for one in sides.without
        if one not in everybody
    ]
    pooled = "placebo and specifications take the members with equal weights or by volume, not pooled"
    return [*idle, pooled] if sides.view == "pooled" else idle
