"""The question that a gap answers, checked, and its answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from comity.actors import Registry, load_registry
from comity.events import Era, MonthlyScores
from comity.provenance import NothingFoundError, UsageError
from comity.ties.gap import Gap, GapPeriod
from comity.ties.gap_measuring import Measured
from comity.ties.gap_panel import Grid, Panel
from comity.ties.gap_periods import Period, periods_of
from comity.ties.gap_sides import Sides
from comity.ties.placebo import placebo
from comity.ties.settings import Settings
from comity.ties.specifications import specifications


def measure_gap(
    source: MonthlyScores | Any,
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

    On scores, the tie of a pair in a period is the mean over its months of Σ score / Σ |score|; an alliance
    by its members is the mean over those that have 3 such months with the third party.
    ``gap = tie_a - tie_b``; its change is ``moved_a + moved_b``.

    Parameters
    ----------
    source : monthly scores of pairs (see `Scores.monthly`)
    a, b : actor ids
    third : actor ids
    since, until : first and last day, both included; by default those of the data
    by : "quarter", "half-year", "year" or "era"
    eras : for "era"
    view : of an alliance: "own", "members" (on the first day of each period) or "pooled"
    without : members to leave out
    registry : who is a member of what; by default the package's
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
    registry = registry or load_registry()
    pair = (registry.canonical(a), registry.canonical(b))
    sides = Sides(registry, pair, settings.view, tuple(map(registry.canonical, settings.without)))
    thirds = tuple(dict.fromkeys(map(registry.canonical, third)))
    for one in thirds:
        if one in pair:
            raise UsageError(f"{one} is one of the pair", allowed="A third party is another actor.")
    shown, known, said = _periods(source, by, eras, since, until)
    grid = Grid(source)
    panel = Panel.of(grid)
    each = [Measured.of(panel, sides, one, known, shown) for one in thirds]
    ties = [one.third_parties() for one in each]
    periods = tuple(
        GapPeriod(period.label, period.start, period.end, tuple(found[place] for found in ties))
        for place, period in enumerate(shown)
    )
    changes = tuple(change for one in each for change in one.changes(periods))
    return Gap(
        pair,
        settings.view,
        sides.without,
        "scores",
        by,
        seed,
        periods,
        changes,
        placebo=placebo(panel, sides, thirds, shown, changes) if checks else None,
        specifications=specifications(grid, sides, thirds, by, shown, eras) if checks else None,
        notes=(*said, *_notes(source, sides, shown)),
        editions=source.editions,
        source=source,
    )


def _periods(
    scores: MonthlyScores, by: str, eras: Sequence[Era], since: date | None, until: date | None
) -> tuple[tuple[Period, ...], tuple[Period, ...], list[str]]:
    """Find the periods asked for, all periods of the data, and what to say about them."""
    first, last = scores.first_day, scores.last_day
    start, end = max(since or first, first), min(until or last, last)
    if since and until and until < since:
        raise UsageError(f"a span from {since} to {until}", allowed="It ends on or after its first day.")
    said = [f"the scores begin on {first}"] if since and since < first else []
    said += [f"the scores end on {last}"] if until and until > last else []
    if start > end:
        raise NothingFoundError(
            f"no score from {since or first} to {until or last}", allowed=f"The data: {first} to {last}."
        )
    shown, cut = periods_of(by, start, end, eras)
    if not shown:
        raise NothingFoundError(
            f"no whole {by} from {start} to {end}",
            allowed="; ".join(cut) or f"The data: {first} to {last}.",
            remedy="Ask for a longer span, or for shorter periods with --by.",
        )
    return shown, periods_of(by, first, last, eras)[0], [*said, *cut]


def _notes(scores: MonthlyScores, sides: Sides, shown: Sequence[Period]) -> list[str]:
    notes = []
    for actor in sides.pair:
        members = sides.registry.members(actor, shown[0].start) if actor in sides.registry else ()
        if sides.view == "own" and members and actor not in scores.actors:
            notes.append(f"the scores have no {actor} of its own: see the view 'members'")
    everybody = {one for period in shown for actor in sides.pair for one in sides.of(actor, period.start)}
    notes += [
        f"{one} is no member of either side: leaving it out changes nothing"
        for one in sides.without
        if one not in everybody
    ]
    lost = sum(
        days
        for month, days in scores.missing.items()
        if shown[0].first_month <= month <= shown[-1].last_month
    )
    if lost:
        notes.append(
            f"on {lost} days of these periods the data have no score at all: lost files, not silence"
        )
    return notes
