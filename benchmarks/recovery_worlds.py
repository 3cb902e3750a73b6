"""Made-up worlds whose coefficients are known: unequal actors, two types of act, all statistics at work.

The coefficients are round numbers of the order that real data give. They were chosen so that a world neither
dies down nor runs into a few pairs, before any interval was looked at. `recovery.py` counts the intervals.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import NormalDist

import numpy as np

from comity.model import (
    STATISTICS,
    Covariate,
    GivenCounts,
    History,
    Propensity,
    Statistic,
    TypeChance,
    simulate,
)
from comity.model.history import number_of

FIRST = date(2020, 1, 1)
WORTHS = {
    "cooperation": np.array([1.0, 2.8, 3.4, 4.0, 5.0, 7.0]),
    "conflict": np.array([2.0, 4.0, 5.0, 9.0, 10.0]),
}
ACTS_PER_DAY = {"cooperation": 20.0, "conflict": 8.0}
MIRRORED = 0.43  # of the acts of cooperation; as rows of the first four months of ICEWS have a mirror

# In the order of STATISTICS; the last two are the sizes of sender and receiver.
TRUE = {
    "cooperation": (
        *(0.5, 0.2, -0.1, -0.05),
        *(0.1, 0.05, -0.05, 0.05),
        *(0.05, 0.1, -0.05, 0.05),
        *(0.1, -0.05, -0.05, 0.08),
        *(0.4, 0.3),
    ),
    "conflict": (
        *(0.1, -0.1, 0.45, 0.2),
        *(0.05, -0.05, 0.1, 0.05),
        *(0.05, -0.05, -0.05, 0.1),
        *(-0.1, 0.1, 0.1, -0.05),
        *(0.4, 0.3),
    ),
}
TRUE_TYPE = (
    *(1.0,),
    *(0.3, 0.2, -0.3, -0.2),
    *(0.1, -0.1, -0.1, 0.1),
    *(-0.1, 0.1, 0.1, -0.1),
    *(0.2, -0.1, -0.1, 0.1),
)


@dataclass(frozen=True)
class Design:
    """How large a world is, and how long.

    Parameters
    ----------
    spread : standard deviation of the log sizes of actors
    burn_in, days : days before the first one explained, from an empty past; days explained
    """

    actors: int = 24
    spread: float = 0.8
    half_life_days: float = 30.0
    burn_in: int = 180
    days: int = 365

    @property
    def names(self) -> list[str]:
        """The actors, from the smallest to the largest."""
        return [f"a{i:02d}" for i in range(self.actors)]

    @property
    def statistics(self) -> tuple[Statistic, ...]:
        """The sixteen, and the log sizes of both ends, which do not change."""
        places = (np.arange(self.actors) + 0.5) / self.actors
        size = np.array([NormalDist().inv_cdf(one) for one in places]) * self.spread
        wide = np.tile(size, (self.actors, 1))
        return (*STATISTICS, Covariate("sender.size", wide.T.copy()), Covariate("receiver.size", wide))

    @property
    def since(self) -> date:
        """The first day explained."""
        return FIRST + timedelta(days=self.burn_in)

    @property
    def last(self) -> date:
        """The last day."""
        return FIRST + timedelta(days=self.burn_in + self.days - 1)

    def empty(self) -> History:
        """Begin without a past."""
        return History.of([], [], [], [], actors=self.names)


def make_world(
    design: Design, seed: int, *, counts: dict[str, GivenCounts] | None = None, joint: float = 0.0
) -> History:
    """Simulate both types of act, each by its own propensity; both sides do a share of the cooperation."""
    chosen = {
        name: Propensity(
            design.statistics,
            np.array(beta),
            ACTS_PER_DAY[name],
            WORTHS[name],
            joint=joint if name == "cooperation" else 0.0,
        )
        for name, beta in TRUE.items()
    }
    return simulate(
        design.empty(),
        chosen,
        first=FIRST,
        last=design.last,
        half_life_days=design.half_life_days,
        seed=seed,
        volume=counts,
    )


def make_typed_world(design: Design, seed: int, *, joint: float = 0.0) -> History:
    """Simulate acts first, and each act's type once it happens; both sides do a share of the acts."""
    beta = np.array(TRUE["cooperation"])
    acts = Propensity(design.statistics, beta, sum(ACTS_PER_DAY.values()), np.ones(1), joint=joint)
    return simulate(
        design.empty(),
        {"act": acts},
        first=FIRST,
        last=design.last,
        half_life_days=design.half_life_days,
        seed=seed,
        types=TypeChance(STATISTICS, np.array(TRUE_TYPE), WORTHS),
    )


def growing_counts(
    design: Design, seed: int, *, low: float = 0.5, high: float = 2.0
) -> dict[str, GivenCounts]:
    """Draw Poisson numbers of acts whose mean rises evenly from `low` to `high` times the usual."""
    start, days = number_of(FIRST), design.burn_in + design.days
    found = {}
    for i, (name, mean) in enumerate(ACTS_PER_DAY.items()):
        rng = np.random.default_rng([seed, 101, i])
        acts = rng.poisson(mean * np.linspace(low, high, days))
        found[name] = GivenCounts({start + day: int(number) for day, number in enumerate(acts)})
    return found


def chosen_events(history: History, places: Sequence[int] | np.ndarray) -> History:
    """Keep the events at the given places, repeats included, in order of days."""
    order = np.asarray(places)[np.argsort(history.day[places], kind="stable")]
    return history.take(order)


def thinned(history: History, seed: int, *, low: float = 0.3) -> History:
    """Report each act with a chance that rises evenly from `low` to 1 between the first and the last day."""
    chance = low + (1 - low) * (history.day - history.day[0]) / (history.day[-1] - history.day[0])
    rng = np.random.default_rng([seed, 102])
    return chosen_events(history, np.flatnonzero(rng.random(len(history)) < chance))


def mirrored(history: History, seed: int, *, share: float = MIRRORED) -> History:
    """Tell a share of the acts of cooperation from the other side as well, as a row of the same day."""
    rng = np.random.default_rng([seed, 103])
    twice = np.flatnonzero((history.sign == 0) & (rng.random(len(history)) < share))
    reverse = replace(history, sender=history.receiver, receiver=history.sender)
    names = ("sender", "receiver", "day", "sign", "size")
    columns = {name: np.concatenate([getattr(history, name), getattr(reverse, name)]) for name in names}
    both = replace(history, **columns)
    return chosen_events(both, np.concatenate([np.arange(len(history)), len(history) + twice]))


def repeated(history: History, seed: int, *, mean: float = 0.7) -> History:
    """Tell each act again a number of times (geometric, with the given mean): 41 % of rows are repeats."""
    rng = np.random.default_rng([seed, 104])
    times = rng.geometric(1 / (1 + mean), size=len(history))
    return chosen_events(history, np.repeat(np.arange(len(history)), times))


def acts_of(rows: History) -> History:
    """Merge rows of one ordered pair, day, type and worth (here the code), as forming acts does."""
    keys = np.column_stack([rows.day, rows.sender, rows.receiver, rows.sign, rows.size])
    _, first = np.unique(keys, axis=0, return_index=True)
    return chosen_events(rows, np.sort(first))


def shuffled(history: History, seed: int) -> History:
    """Give the receivers of each day and type to its senders anew, by chance; nobody acts on itself."""
    rng = np.random.default_rng([seed, 106])
    receiver = history.receiver.copy()
    for day in np.unique(history.day):
        for sign in (0, 1):
            places = np.flatnonzero((history.day == day) & (history.sign == sign))
            receiver[places] = _rearranged(history.sender[places], receiver[places], rng)
    return replace(history, receiver=receiver)


def _rearranged(sender: np.ndarray, receiver: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Permute; then exchange the receiver of an act on itself with that of another act that allows it."""
    found = rng.permutation(receiver)
    for i in np.flatnonzero(found == sender):
        able = np.flatnonzero((found != sender[i]) & (sender != found[i]))
        if len(able) == 0:
            return receiver
        other = rng.choice(able)
        found[i], found[other] = found[other], found[i]
    return found
