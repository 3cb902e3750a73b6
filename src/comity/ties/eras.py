"""Where the level of a tie breaks: eras proposed from acts, with an interval for each date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any, Final

import numpy as np

from comity.events import Acts, Era, Scores
from comity.provenance import UsageError
from comity.ties.bootstrap import TAILS, generator
from comity.ties.breaks import BLOCK, best_splits, chance_of, drawn_places, fit_waves
from comity.ties.frame import tidy
from comity.ties.memory import EPOCH, Floats, Ints, day_number

SHORTEST_SPAN: Final = 104  # weeks: in shorter series chance breaks pass the test too often
MOST_BREAKS: Final = 6
MOST_SILENT: Final = 0.5  # of the weeks
LEVEL: Final = 0.05
AHEAD: Final = 0.1  # of the level, for each half of a span that shows no break as a whole
PERMUTATIONS: Final = 999
DRAWS: Final = 500
MONDAY: Final = 4  # 1970-01-05, the first Monday, as days since 1970-01-01

COLUMNS: Final[Mapping[str, type]] = {
    "day": date,
    "low": date,
    "high": date,
    "p": float,
    "before": float,
    "after": float,
}


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which the weekly level turns, the days between which it lies, and its p-value."""

    day: date  # Monday of the first week of the new level
    low: date  # 95 % interval
    high: date
    p: float
    before: float  # mean of the weeks since the break before, or since the start
    after: float

    def to_dict(self) -> dict[str, Any]:
        """Give the fields for JSON."""
        values = {name: getattr(self, name) for name in COLUMNS}
        return {name: str(one) if isinstance(one, date) else one for name, one in values.items()}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was looked at and which breaks came out; `refused` says why none could be looked for."""

    weeks: tuple[date, ...]  # Mondays of the weeks with a value
    values: tuple[float, ...]
    breaks: tuple[Break, ...]
    refused: str | None = None

    def eras(self) -> tuple[Era, ...]:
        """Give the stretches between the breaks as eras."""
        if not self.weeks:
            return ()
        starts = [self.weeks[0], *(one.day for one in self.breaks)]
        ends = [*(one.day - timedelta(days=1) for one in self.breaks), self.weeks[-1] + timedelta(days=6)]
        return tuple(
            Era(f"proposed-{number}", f"{start} to {end}", start, end, display=False)
            for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
        )

    def frame(self, native: str | None = None) -> Any:
        """Lay the breaks out in a tidy frame of pandas, polars or pyarrow."""
        columns = {name: [getattr(one, name) for one in self.breaks] for name in COLUMNS}
        return tidy(columns, COLUMNS, native)

    def to_dict(self) -> dict[str, Any]:
        """Give the breaks, and what they were looked for in, for JSON."""
        return {
            "first_week": str(self.weeks[0]) if self.weeks else None,
            "last_week": str(self.weeks[-1]) if self.weeks else None,
            "weeks": len(self.weeks),
            "breaks": [one.to_dict() for one in self.breaks],
            "refused": self.refused,
        }

    def _repr_html_(self) -> str:
        lines = "".join(
            f"<tr><td>{one.day}</td><td>{one.low} to {one.high}</td><td>{one.p:.3f}</td>"
            f"<td>{one.before:+.2f}</td><td>{one.after:+.2f}</td></tr>"
            for one in self.breaks
        )
        found = self.refused or f"{len(self.breaks)} breaks in {len(self.weeks)} weeks"
        return (
            f"<table><caption>{escape(found)}</caption><thead><tr><th>break</th><th>95 % interval</th>"
            f"<th>p</th><th>before</th><th>after</th></tr></thead><tbody>{lines}</tbody></table>"
        )


def propose_eras(
    acts: Acts | Scores | tuple[Sequence[date], Sequence[float]],
    *,
    permutations: int = PERMUTATIONS,
    block_weeks: int = BLOCK,
    seed: int = 1,
) -> Proposal:
    """Propose the days on which the weekly level of a tie breaks.

    The weekly level is the mean signed weight of the week's acts, by share; of daily scores it is their
    tone, ``Σ score / Σ |score|``. Weeks without any are left out. The best break of the span is compared
    with those of worlds without a break; if it stands out (p < 0.05), the search goes on in both parts,
    up to six breaks. A rise that is taken back hides from the span as a whole, so the two halves are
    looked at as well, each at a tenth of the level.

    Parameters
    ----------
    acts : of one tie, or of both directions; or the daily scores of a pair; or days and values
    permutations : worlds without a break behind each p-value, at least 199
    block_weeks : weeks permuted together, 4 or more
    seed : of the permutations

    Returns
    -------
    Proposal : breaks in order of time; or refused, in words, below 104 weeks

    Notes
    -----
    How often it calls a break where there is none stands in docs/background/ties.md.

    Raises
    ------
    UsageError : fewer permutations, shorter blocks, scores of several pairs, or days and values of
        different length

    References
    ----------
    [Vostrikova1981] (the search); [Künsch1989], [Bühlmann1997], [Kilian1998] (the comparison);
    entries in docs/bibliography.md
    """
    if permutations < 199 or block_weeks < BLOCK:
        raise UsageError(
            f"{permutations} permutations of blocks of {block_weeks} weeks",
            allowed=f"At least 199 permutations of at least {BLOCK} weeks: single weeks prove nothing.",
        )
    weeks, values, what = _weekly(acts)
    days = tuple(EPOCH + timedelta(days=int(week) * 7 + MONDAY) for week in weeks)
    refused = _refusal(weeks, what)
    if refused is not None:
        return Proposal(days, tuple(values.tolist()), (), refused)
    search = _Search(values, permutations, block_weeks, seed)
    found = sorted(search.run().items())
    bounds = [0, *search.settled([place for place, _ in found]), len(values)]
    breaks = []
    for number, (_, p) in enumerate(found, 1):
        start, place, end = bounds[number - 1 : number + 2]
        low, high = search.interval(start, place, end)
        levels = values[start:place].mean(), values[place:end].mean()
        breaks.append(Break(days[place], days[low], days[high], p, float(levels[0]), float(levels[1])))
    return Proposal(days, tuple(values.tolist()), tuple(breaks))


def _weekly(source: Acts | Scores | tuple[Sequence[date], Sequence[float]]) -> tuple[Ints, Floats, str]:
    """Give the weeks, their levels, and what the levels are of."""
    if isinstance(source, Acts):
        return *weekly_means(source), "act"
    if isinstance(source, Scores):
        return *_weekly_tone(source), "score"
    return *_weekly_values(*source), "value"


def weekly_means(acts: Acts) -> tuple[Ints, Floats]:
    """Average the signed weight of acts by week, each act by its share.

    Returns
    -------
    the weeks with acts, counted from the first Monday of 1970, and their means in Goldstein points
    """
    return _by_week(acts.day, np.abs(acts.weight) * acts.sign, acts.share)


def _weekly_tone(scores: Scores) -> tuple[Ints, Floats]:
    """Divide the sum of the week's scores by the sum of their sizes: sums alone grow with the news."""
    if len(scores.places) > 1:
        raise UsageError(f"scores of {len(scores.places)} pairs", allowed="Those of one pair: Scores.of().")
    said = scores.score != 0.0
    score = scores.score[said]
    return _by_week(scores.day[said], np.sign(score), np.abs(score))


def _weekly_values(days: Sequence[date], values: Sequence[float]) -> tuple[Ints, Floats]:
    if len(days) != len(values):
        raise UsageError(f"{len(days)} days and {len(values)} values", allowed="One value per day.")
    scores = np.array(values, dtype=np.float64)
    if not np.isfinite(scores).all():
        raise UsageError("a value that is not a number", allowed="Finite numbers; leave out missing days.")
    return _by_week(np.array([day_number(day) for day in days], dtype=np.int64), scores, np.ones(len(days)))


def _by_week(day: Ints, value: Floats, weight: Floats) -> tuple[Ints, Floats]:
    order = np.lexsort((weight, value, day))  # the order of acts reaches no sum
    week, place = np.unique((day[order] - MONDAY) // 7, return_inverse=True)
    total = np.bincount(place, weights=(value * weight)[order], minlength=len(week))
    return week.astype(np.int64), total / np.bincount(place, weights=weight[order], minlength=len(week))


def _refusal(weeks: Ints, what: str) -> str | None:
    if not len(weeks):
        return f"no {what} to look at"
    span = int(weeks[-1] - weeks[0]) + 1
    if span < SHORTEST_SPAN:
        return f"too short: {span} of {SHORTEST_SPAN} weeks"
    if len(weeks) < max(SHORTEST_SPAN, MOST_SILENT * span):
        needed = int(max(SHORTEST_SPAN, np.ceil(MOST_SILENT * span)))
        return f"too thin: {what}s in {len(weeks)} of {span} weeks; {needed} needed"
    return None


@dataclass(frozen=True, slots=True)
class _Search:
    values: Floats
    permutations: int
    block: int
    seed: int

    def run(self) -> dict[int, float]:
        """Find breaks, the longest stretches first: place to p-value."""
        found: dict[int, float] = {}
        stretches = [(0, len(self.values))]
        while stretches and len(found) < MOST_BREAKS:
            stretches.sort(key=lambda one: (one[0] - one[1], one[0]))
            start, end = stretches.pop(0)
            best = self._within(start, end)
            if best is not None:
                place, p = best
                found[place] = p
                stretches += [(start, place), (place, end)]
        return found

    def _within(self, start: int, end: int) -> tuple[int, float] | None:
        """Look for one break in a stretch: in the whole at most of the level, in its halves at the rest."""
        if end - start < SHORTEST_SPAN:
            return None
        place, p = self._judged(start, end)
        halves = [one for one in ((start, place), (place, end)) if one[1] - one[0] >= SHORTEST_SPAN]
        p /= 1.0 - AHEAD * len(halves)
        if p < LEVEL:
            return place, p
        ahead = [self._judged(*half) for half in halves]
        p, place = min(((chance / AHEAD, found) for found, chance in ahead), default=(1.0, 0))
        return (place, p) if p < LEVEL else None

    def _judged(self, start: int, end: int) -> tuple[int, float]:
        rng = generator(self.seed, "break", start, end)
        waves = fit_waves(self.values[start:end], rng)
        p = chance_of(waves, rng, weeks=end - start, permutations=self.permutations, block=self.block)
        return start + waves.place, p

    def settled(self, places: Sequence[int]) -> list[int]:
        """Find each break once more between its neighbours, now that these are known."""
        settled = list(places)
        for number in range(len(settled)):
            bounds = [0, *settled, len(self.values)]
            start, end = bounds[number], bounds[number + 2]
            settled[number] = start + int(best_splits(self.values[None, start:end])[0][0])
        return settled

    def interval(self, start: int, place: int, end: int) -> tuple[int, int]:
        """Give the middle 95 % of the places where the break between two neighbours is found again."""
        rng = generator(self.seed, "interval", start, end)
        waves = fit_waves(self.values[start:end], rng)
        values = self.values[start:end]
        drawn = drawn_places(values, waves, rng, draws=DRAWS, block=self.block, level=LEVEL)
        low, high = np.percentile(start + drawn, TAILS, method="inverted_cdf")
        return min(int(low), place), max(int(high), place)
