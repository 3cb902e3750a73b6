"""Regression within pairs and months, with errors for rows that share a pair, an actor or a month."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.factors.panel import LEVEL, Panel
from comity.factors.panel_effects import Effects
from comity.model import student_quantile, student_tail
from comity.provenance import NothingFoundError, UsageError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

EFFECTS: Final = ("month", "actor-month")
WEIGHTS: Final = ("equal", "days")
DETECTABLE: Final = 2.8  # 1.96 + 0.84: found at the 5 % level in 80 of 100 data sets
LOST: Final = 1e-9  # share of a term left within pairs and months that still says something


@dataclass(frozen=True, slots=True)
class PanelEffect:
    """What one term does to the tie, other things equal.

    Parameters
    ----------
    std_error_actor_month : rows that share an actor, and rows of one month, may be alike
    std_error_pair, std_error_pair_month : only rows of one pair; those and rows of one month
    df : degrees of freedom of Student's t: the fewer of actors and months, less one
    spread : standard deviation of the term within pairs and months
    """

    term: str
    estimate: float
    std_error_actor_month: float
    std_error_pair: float
    std_error_pair_month: float
    df: int
    spread: float

    @property
    def std_error(self) -> float:
        """The largest of the three; p and the interval stand on it."""
        return max(self.std_error_actor_month, self.std_error_pair, self.std_error_pair_month)

    @property
    def p_value(self) -> float:
        """Two-sided."""
        return student_tail(self.estimate / self.std_error, self.df)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        half = student_quantile(0.95, self.df) * self.std_error
        return self.estimate - half, self.estimate + half

    @property
    def smallest_detectable(self) -> float:
        """The effect that would be found at the 5 % level in 80 of 100 data sets like this one."""
        return DETECTABLE * self.std_error

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        low, high = self.interval
        return {
            **{name: getattr(self, name) for name in self.__dataclass_fields__},
            "std_error": self.std_error,
            "p_value": self.p_value,
            "low": low,
            "high": high,
            "smallest_detectable": self.smallest_detectable,
        }


@dataclass(frozen=True, slots=True)
class PanelFit:
    """A regression of later ties.

    Parameters
    ----------
    effects : "month" or "actor-month", beside those of pairs
    """

    third: str
    effects: str
    weights: str
    terms: tuple[PanelEffect, ...]
    n_rows: int
    n_pairs: int
    n_actors: int
    n_months: int

    def __getitem__(self, term: str) -> PanelEffect:
        for one in self.terms:
            if one.term == term:
                return one
        raise KeyError(term)

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        plain = ("third", "effects", "weights", "n_rows", "n_pairs", "n_actors", "n_months")
        return {
            **{name: getattr(self, name) for name in plain},
            "terms": [one.to_dict() for one in self.terms],
        }


def regress(panel: Panel, *, effects: str = "month", weights: str = "equal") -> PanelFit:
    """Regress later ties on gap, alignment and the rest, within pairs and months.

    Parameters
    ----------
    effects : "month", one effect of each pair and month; or "actor-month", one of each pair and of each
        actor in each month: then whatever moves all ties of an actor in a month is out, and with it the level
    weights : "equal", or by "days" with a score of the pair

    Raises
    ------
    UsageError : another word
    NothingFoundError : nothing is left to explain

    References
    ----------
    [CameronGelbachMiller2011] for two ways of being alike at once, [AronowSamiiAssenova2015] for actors in
    common; each variance times G/(G − 1) · (N − 1)/(N − K) with G the fewest clusters, K the terms and the
    effects other than those of pairs.
    """
    if effects not in EFFECTS or weights not in WEIGHTS:
        raise UsageError(
            f"effects {effects!r}, weights {weights!r}",
            allowed=f"Effects: {', '.join(EFFECTS)}; weights: {', '.join(WEIGHTS)}.",
        )
    weight = np.ones(len(panel)) if weights == "equal" else panel.days
    groups = _groups(panel, effects)
    fixed = Effects.of(panel.pair, groups, weight)
    names = [name for name in panel.names if effects == "month" or name != LEVEL]
    terms = panel.terms[[panel.names.index(name) for name in names]]
    outcome, *columns = fixed.take_out(np.vstack([panel.outcome, terms]))
    x = np.array(columns)
    _check(x, terms, names)
    bread = np.linalg.inv((x * weight) @ x.T)
    beta = bread @ ((x * weight) @ outcome)
    scores = (x * (weight * (outcome - beta @ x))).T
    errors, fewest = _errors(panel, scores, bread, used=len(names) + fixed.n_groups)
    spread = np.sqrt((x**2 * weight).sum(axis=1) / weight.sum())
    found = []
    for j, name in enumerate(names):
        by_actor, by_pair, by_both = (float(one[j]) for one in errors)
        effect = PanelEffect(name, float(beta[j]), by_actor, by_pair, by_both, fewest - 1, float(spread[j]))
        found.append(effect)
    actors = len(np.unique(np.concatenate([panel.a, panel.b])))
    months = len(np.unique(panel.month))
    return PanelFit(
        panel.third, effects, weights, tuple(found), len(panel), int(panel.pair.max()) + 1, actors, months
    )


def _groups(panel: Panel, effects: str) -> Integers:
    if effects == "month":
        return panel.month[None, :]
    actors = int(max(panel.a.max(), panel.b.max())) + 1
    return np.array([panel.month * actors + panel.a, panel.month * actors + panel.b])


def _check(x: Floats, raw: Floats, names: list[str]) -> None:
    size = np.sqrt((raw**2).sum(axis=1))
    left = np.sqrt((x**2).sum(axis=1))
    gone = [name for name, one, all_ in zip(names, left, size, strict=True) if not one > LOST * all_]
    scaled = x / np.maximum(left, np.finfo(float).tiny)[:, None]
    if gone or np.linalg.eigvalsh(scaled @ scaled.T)[0] < LOST:
        what = f"{', '.join(gone)} never varies within pairs and months" if gone else "terms say the same"
        raise NothingFoundError(what, remedy="Take more pairs or months.")


def _errors(
    panel: Panel, scores: Floats, bread: Floats, *, used: int
) -> tuple[tuple[Floats, Floats, Floats], int]:
    """Give standard errors by actor and month, by pair, by pair and month; and the fewest clusters."""
    actors = int(max(panel.a.max(), panel.b.max())) + 1
    pair, month = _squares(panel.pair, scores), _squares(panel.month, scores)
    alone = np.asarray(scores.T @ scores, dtype=np.float64)
    twice, ends = np.concatenate([scores, scores]), np.concatenate([panel.a, panel.b])
    months = np.concatenate([panel.month, panel.month])
    # Rows of one pair meet at both of its ends: once too often.
    by_actor = _squares(ends, twice) - pair
    by_actor_in_month = _squares(months * actors + ends, twice) - alone
    counts = [len(np.unique(one)) for one in (ends, panel.month, panel.pair)]
    rows = len(panel)

    def error(meat: Floats, clusters: int) -> Floats:
        small = clusters / (clusters - 1) * (rows - 1) / max(1, rows - used)
        values, vectors = np.linalg.eigh(small * meat)
        kept = (vectors * np.maximum(values, 0.0)) @ vectors.T
        return np.sqrt(np.maximum(np.diag(bread @ kept @ bread), np.finfo(float).tiny))

    fewest, pairs_months = min(counts[0], counts[1]), min(counts[1], counts[2])
    found = (
        error(by_actor + month - by_actor_in_month, fewest),
        error(pair, counts[2]),
        error(pair + month - alone, pairs_months),
    )
    return found, fewest


def _squares(groups: Integers, scores: Floats) -> Floats:
    """Add scores up by group, and multiply the sums; a number without rows adds nothing."""
    total = np.array([np.bincount(groups, weights=column) for column in scores.T])
    return np.asarray(total @ total.T, dtype=np.float64)
