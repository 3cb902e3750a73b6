"""Whether worlds simulated from fits look like the one that was seen: degrees, reciprocity, signed triads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from comity.model.fit import Fit
from comity.model.history import TYPES, History, number_of
from comity.model.propensity import Propensity
from comity.model.simulating import simulate
from comity.model.state import Floats
from comity.model.statistics import Statistic
from comity.model.volume import GivenCounts
from comity.provenance import UsageError

RUNS: Final = 99  # with the seen world 100, so that each rank is worth 1 %
BUSIEST: Final = 10
QUARTERS: Final = {"lower quartile": 0.25, "median": 0.5, "upper quartile": 0.75, "largest": 1.0}
TRIADS: Final = ("+++", "++-", "+--", "---")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Feature:
    """One figure of the seen world among those of simulated worlds.

    Parameters
    ----------
    low, middle, high : the 2.5 %, 50 % and 97.5 % quantiles over the simulated worlds
    p_value : two-sided, from the rank of the seen one among all
    """

    name: str
    observed: float
    low: float
    middle: float
    high: float
    p_value: float

    @property
    def inside(self) -> bool:
        """Tell whether the seen one lies between the outer quantiles."""
        return self.low <= self.observed <= self.high

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        return {
            "name": self.name,
            "observed": self.observed,
            "low": self.low,
            "middle": self.middle,
            "high": self.high,
            "p_value": self.p_value,
            "inside": self.inside,
        }


@dataclass(frozen=True, slots=True)
class Envelopes:
    """Figures of a stretch of days, seen and simulated; each day had as many acts as it did.

    Parameters
    ----------
    outcomes : the fits behind the simulation
    """

    outcomes: tuple[str, ...]
    date_start: date
    date_end: date
    runs: int
    seed: int
    features: tuple[Feature, ...]

    def __getitem__(self, name: str) -> Feature:
        for one in self.features:
            if one.name == name:
                return one
        raise KeyError(name)

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        return {
            "outcomes": list(self.outcomes),
            "date_start": self.date_start.isoformat(),
            "date_end": self.date_end.isoformat(),
            "runs": self.runs,
            "seed": self.seed,
            "inside": sum(one.inside for one in self.features),
            "features": [one.to_dict() for one in self.features],
        }


def compare_with_simulated(
    history: History,
    fits: Sequence[Fit],
    *,
    since: date,
    until: date,
    runs: int = RUNS,
    seed: int = 1,
    statistics: Sequence[Statistic] | None = None,
    progress: Progress | None = None,
) -> Envelopes:
    """Simulate a stretch of days many times, given the days before it and each day's number of acts.

    Parameters
    ----------
    fits : of the rate of each type that has acts in the stretch
    since, until : the stretch, both days inclusive
    statistics : those of the fits, if they are not all registered
    progress : called with what is done, how much of it, and of how much

    Raises
    ------
    UsageError : a type without a fit; fits with different half-lives or transforms; no acts; below 2 runs
    """
    first, last = number_of(since), number_of(until)
    inside = (history.day >= first) & (history.day <= last)
    by_type = _by_type(history, fits, inside, runs)
    chosen = tuple(statistics) if statistics else None
    propensities = {name: Propensity.of_fit(one, history, statistics=chosen) for name, one in by_type.items()}
    seen = history.take(inside)
    counts = {name: GivenCounts.of(seen, name) for name in by_type}
    before, names = history.take(history.day < first), sorted(by_type, reverse=True)
    observed = measure_shape(seen, names)
    found = np.zeros((runs, len(observed)))
    for run in range(runs):
        world = simulate(
            before,
            propensities,
            first=since,
            last=until,
            half_life_days=fits[0].half_life_days,
            transform=fits[0].transform,
            seed=seed * 1_000_003 + run,
            volume=counts,
        )
        found[run] = list(measure_shape(world.take(world.day >= first), names).values())
        if progress is not None:
            progress("simulating", run + 1, runs)
    features = tuple(_feature(*one) for one in zip(observed, observed.values(), found.T, strict=True))
    return Envelopes(tuple(one.outcome for one in fits), since, until, runs, seed, features)


def measure_shape(history: History, types: Sequence[str]) -> dict[str, float]:
    """Measure degrees and reciprocity by type, and the signed triads of all acts together.

    A pair's sign is that of all its worths added up, both directions; a triad counts if all three have one.

    Examples
    --------
    >>> day = date(2020, 1, 1)
    >>> history = History.of(list("ABAC"), list("BACB"), [day] * 4, [4.0, 2.0, -3.0, 1.0])
    >>> shape = measure_shape(history, ["cooperation"])
    >>> shape["cooperation: reciprocity"]     # of A to B, B to A and C to B, two are answered
    0.6666666666666666
    >>> shape["triads ++-"], shape["triads unbalanced"]
    (1.0, 1.0)
    """
    actors = len(history.actors)
    net = np.zeros((actors, actors))
    np.add.at(net, (history.sender, history.receiver), np.where(history.sign == 0, 1.0, -1.0) * history.size)
    found: dict[str, float] = {}
    for name in types:
        kept = history.sign == TYPES.index(name)
        acts = np.zeros((actors, actors))
        np.add.at(acts, (history.sender[kept], history.receiver[kept]), 1.0)
        found |= {f"{name}: {what}": value for what, value in _shape_of(acts).items()}
    return found | _triads(net + net.T)


def _shape_of(acts: Floats) -> dict[str, float]:
    pairs = acts > 0
    number, total = int(pairs.sum()), float(acts.sum())
    found = {
        "ordered pairs with an act": float(number),
        f"share of the {BUSIEST} busiest pairs": float(np.sort(acts, axis=None)[-BUSIEST:].sum())
        / max(total, 1),
        "reciprocity": float((pairs & pairs.T).sum()) / max(number, 1),
        "reciprocity of acts": float(np.minimum(acts, acts.T).sum()) / max(total, 1),
    }
    for way, degrees in (
        ("receivers of a sender", pairs.sum(axis=1)),
        ("senders to a receiver", pairs.sum(axis=0)),
    ):
        found |= {f"{way}, {name}": float(np.quantile(degrees, share)) for name, share in QUARTERS.items()}
    for way, numbers in (("acts of a sender", acts.sum(axis=1)), ("acts on a receiver", acts.sum(axis=0))):
        found |= {f"{way}, {name}": float(np.quantile(numbers, share)) for name, share in QUARTERS.items()}
    return found


def _triads(net: Floats) -> dict[str, float]:
    friends, foes = (net > 0).astype(np.float64), (net < 0).astype(np.float64)
    closed = (
        np.trace(friends @ friends @ friends) / 6,
        np.trace(friends @ friends @ foes) / 2,
        np.trace(friends @ foes @ foes) / 2,
        np.trace(foes @ foes @ foes) / 6,
    )
    balanced, unbalanced = closed[0] + closed[2], closed[1] + closed[3]
    found = {f"triads {name}": float(round(one)) for name, one in zip(TRIADS, closed, strict=True)}
    found |= {"triads balanced": float(round(balanced)), "triads unbalanced": float(round(unbalanced))}
    return found | {"share of triads balanced": float(balanced / max(balanced + unbalanced, 1))}


def _feature(name: str, observed: float, simulated: Floats) -> Feature:
    low, middle, high = np.quantile(simulated, [0.025, 0.5, 0.975]).tolist()
    close = 1e-9 * (1 + abs(observed))  # equal but for rounding
    below, above = int((simulated <= observed + close).sum()), int((simulated >= observed - close).sum())
    p_value = min(1.0, 2 * (1 + min(below, above)) / (len(simulated) + 1))
    return Feature(name, observed, low, middle, high, p_value)


def _by_type(history: History, fits: Sequence[Fit], inside: Any, runs: int) -> dict[str, Fit]:
    by_type = {one.outcome.removeprefix("rate:"): one for one in fits}
    there = [name for i, name in enumerate(TYPES) if (inside & (history.sign == i)).any()]
    wrong = [one.outcome for one in fits if not one.outcome.startswith("rate:")]
    if wrong or not there or not set(there) <= set(by_type):
        raise UsageError(
            f"{', '.join(one.outcome for one in fits)} for acts of {' and '.join(there) or 'no type'}",
            allowed="A fit of the rate of each type that has acts in these days.",
        )
    if len({(one.half_life_days, one.transform) for one in fits}) > 1 or runs < 2:
        raise UsageError(
            f"fits of different half-lives or transforms, or {runs} runs",
            allowed="One half-life, one transform, at least 2 runs.",
        )
    return by_type
