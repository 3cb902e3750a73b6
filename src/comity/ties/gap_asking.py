"""The question that a gap answers, checked, and its answer."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from comity.actors import Registry, load_registry
from comity.events import Era, Events, MonthlyScores
from comity.provenance import NothingFoundError, UsageError
from comity.ties.gap import Gap, GapChange, GapPeriod
from comity.ties.gap_acts import Acted
from comity.ties.gap_changes import changes_of
from comity.ties.gap_measuring import Scored
from comity.ties.gap_periods import LENGTHS, Period, periods_of
from comity.ties.gap_sides import Sides
from comity.ties.placebo import placebo
from comity.ties.settings import Settings
from comity.ties.specifications import specifications

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
    checks : whether to run the placebo and the specifications

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
    ties = [one.third_parties() for one in each.values()]
    periods = tuple(
        GapPeriod(period.label, period.start, period.end, tuple(found[place] for found in ties))
        for place, period in enumerate(shown)
    )
    changes = tuple(change for one in thirds for change in changes_of(one, periods, each[one].margin))
    lengths = {one: _laid(one, shown, eras) for one in dict.fromkeys((by, *LENGTHS))}
    return Gap(
        pair,
        settings.view,
        sides.without,
        basis.scale,
        by,
        seed,
        periods,
        changes,
        placebo=_placebo(basis, sides, thirds, shown, changes) if checks else None,
        specifications=_specifications(basis, sides, thirds, by, lengths) if checks else None,
        notes=(*said, *_idle(sides, shown), *basis.notes(sides, shown)),
        editions=basis.editions,
        source=basis.source,
    )


def _laid(by: str, shown: Sequence[Period], eras: Sequence[Era]) -> tuple[Period, ...]:
    return periods_of(by, shown[0].start, shown[-1].end, eras)[0]


def _placebo(
    basis: Basis, sides: Sides, third: Sequence[str], shown: Sequence[Period], changes: Sequence[GapChange]
) -> list[dict[str, Any]]:
    """Run the placebo of the change from first to last of each third party."""
    by_label = {period.label: period for period in shown}
    last = {change.actor: change for change in changes}  # the one from first to last comes last
    found = []
    for one in third:
        if one not in last:
            continue
        ends = (by_label[last[one].before.label], by_label[last[one].after.label])
        members = (member for end in sides.pair for period in ends for member in sides.of(end, period.start))
        inside = {*members, *sides.without}

        def change_of(first: str, other: str, ends: tuple[Period, Period] = ends) -> float | None:
            both = [basis.ties(sides.instead(first), other, period, basis.default) for period in ends]
            gaps = [ties[0] - ties[1] for ties in both if ties]
            return gaps[1] - gaps[0] if len(gaps) == len(ends) else None

        others = [actor for actor in basis.actors if actor not in inside]
        found.append(placebo(last[one], sides.pair, basis.actors, others, change_of))
    return found


def _specifications(
    basis: Basis, sides: Sides, third: Sequence[str], by: str, lengths: Mapping[str, Sequence[Period]]
) -> dict[str, Any]:
    def ties_of(choice: Mapping[str, str], actor: str, period: Period) -> tuple[float, float] | None:
        return basis.ties(sides, actor, period, choice)

    return specifications(
        ties_of,
        {**basis.choices, "period": list(lengths)},
        {**basis.default, "period": by},
        lengths,
        sides.pair,
        third,
    )


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
