"""How well a fit foretells acts that it has not seen, beside persistence and beside knowing nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

import numpy as np

from comity.model.chances import Predictor, place_of
from comity.model.errors import TooFewEventsError
from comity.model.fit import Fit
from comity.model.history import TYPES, History, day_of, number_of
from comity.model.measuring import transform_code
from comity.model.memory import whole
from comity.model.risk_sets import Design
from comity.model.state import Floats, Integers, State
from comity.model.statistics import Statistic, find_statistics
from comity.model.tables import fill_tables, new_tables
from comity.model.type_outcome import INTERCEPT
from comity.provenance import UsageError

MODEL, PERSISTENCE, UNIFORM, BASE_RATE = "model", "persistence", "uniform", "base rate"
TOP: Final = (10, 50, 100)  # recall among so many pairs of a morning
WEEK: Final = 7
GOLDEN: Final = 0.6180339887498949
SEEK_STEPS: Final = 60
LEAST_SMOOTHING, MOST_SMOOTHING = 1e-8, 1e4


@dataclass(frozen=True, slots=True)
class Score:
    """How well one way of foretelling does.

    Parameters
    ----------
    log_score : mean log probability of what happened, in nats an act; nearer to 0 is better
    recall : by number k, the share of acts that fell on the k likeliest pairs of the morning
    """

    name: str
    log_score: float
    recall: tuple[tuple[int, float], ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        recall = {f"recall_at_{k}": share for k, share in self.recall}
        return {"name": self.name, "log_score": self.log_score, **recall}


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Scores on acts after those that were fitted; the memories run on from day to day.

    Parameters
    ----------
    scores : of the model, of persistence, and of a uniform choice (for the type: of the base rate)
    gain, gain_std_error : how much higher the model's log score is than that of persistence; by whole weeks
    smoothing : added to every pair's memory by persistence, chosen on the acts that were fitted
    """

    outcome: str
    likelihood: str
    date_start: date
    date_end: date
    n_events: int
    n_days: int
    scores: tuple[Score, ...]
    gain: float
    gain_std_error: float | None
    smoothing: float

    def __getitem__(self, name: str) -> Score:
        for one in self.scores:
            if one.name == name:
                return one
        raise KeyError(name)

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        return {
            "outcome": self.outcome,
            "likelihood": self.likelihood,
            "date_start": self.date_start.isoformat(),
            "date_end": self.date_end.isoformat(),
            "n_events": self.n_events,
            "n_days": self.n_days,
            "scores": [one.to_dict() for one in self.scores],
            "gain_over_persistence": self.gain,
            "gain_std_error": self.gain_std_error,
            "persistence_smoothing": self.smoothing,
        }


def score_held_out(
    history: History,
    found: Fit,
    *,
    since: date,
    until: date | None = None,
    top: Sequence[int] = TOP,
    statistics: Sequence[Statistic] | None = None,
) -> HeldOut:
    """Score a fit on later acts, each given all days before its own.

    Persistence takes a pair's chance in proportion to its decayed past number of acts of the same type, with
    the fit's half-life, plus a number that suited the fitted acts best. For the type of an act it takes the
    decayed share of cooperation of the pair, drawn towards the share among the fitted acts.

    Parameters
    ----------
    since, until : first and last day held out, both inclusive
    top : numbers of pairs for the recall
    statistics : those of the fit, if they are not all registered

    Raises
    ------
    UsageError : the fit has seen days that are to be held out
    TooFewEventsError : there is no act to score
    """
    if found.date_end >= since:
        raise UsageError(
            f"the fit has seen acts up to {found.date_end}",
            where=f"held out from {since}",
            remedy="Fit with `until` the day before.",
        )
    chosen = tuple(statistics) if statistics else find_statistics(_names(found))
    last = int(history.day.max(initial=0)) if until is None else number_of(until)
    signs = (0, 1) if found.outcome == "type" else (TYPES.index(found.outcome.removeprefix("rate:")),)
    of_type = np.isin(history.sign, signs)
    window = of_type & (history.day >= number_of(since)) & (history.day <= last)
    if not window.any():
        raise TooFewEventsError("no act to score", where=f"{since} to {day_of(last)}")
    fitted = of_type & (history.day >= number_of(found.date_start))
    fitted &= history.day <= number_of(found.date_end)
    score = _score_type if found.outcome == "type" else _score_rate
    by_act, recall, smoothing = score(history, found, chosen, fitted, window, tuple(top))
    days = _Told.of(history, window).day
    weeks = (days - number_of(since)) // WEEK
    gain, error = _mean_by_week(by_act[MODEL] - by_act[PERSISTENCE], weeks)
    return HeldOut(
        outcome=found.outcome,
        likelihood=found.likelihood_in_words,
        date_start=since,
        date_end=day_of(last),
        n_events=len(days),
        n_days=len(np.unique(days)),
        scores=tuple(
            Score(name, float(one.mean()), tuple(recall.get(name, {}).items()))
            for name, one in by_act.items()
        ),
        gain=gain,
        gain_std_error=error,
        smoothing=smoothing,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """Of which act each of some events tells: an act counts once, however many ordered pairs it has.

    Parameters
    ----------
    act : (events,), from 0 on
    side : (events,), 1 over the number of events of the act
    day : (acts,)
    """

    act: Integers
    side: Floats
    day: Integers

    @classmethod
    def of(cls, history: History, some: Any) -> "_Told":
        places = np.flatnonzero(some)
        act = history.act_numbers(places)
        _, first = np.unique(act, return_index=True)
        return cls(act, history.sides(places), history.day[places][first])

    def sum(self, values: Floats) -> Floats:
        return np.asarray(np.bincount(self.act, values), dtype=np.float64)

    def log_sum(self, logs: Floats) -> Floats:
        """Add chances up, given as logarithms, without loss where they are small."""
        peak = np.full(len(self.day), -np.inf)
        np.maximum.at(peak, self.act, logs)
        return np.asarray(peak + np.log(self.sum(np.exp(logs - peak[self.act]))))

    def mean(self, values: Floats) -> Floats:
        return np.asarray(np.bincount(self.act, values * self.side), dtype=np.float64)


_Scored = tuple[dict[str, Floats], dict[str, dict[int, float]], float]


def _names(found: Fit) -> tuple[str, ...]:
    return tuple(one.term for one in found.coefficients if one.term != INTERCEPT)


def _score_rate(
    history: History,
    found: Fit,
    statistics: tuple[Statistic, ...],
    fitted: Any,
    window: Any,
    top: tuple[int, ...],
) -> _Scored:
    model, hits = _model_scores(history, found, statistics, window, top)
    past = list(_pasts(history, fitted | window, found.half_life_days))
    told = _Told.of(history, fitted | window)
    seen = told.sum(np.array([mass for one in past for mass in one.masses]))
    places = told.sum(np.ones(len(told.act)))
    total = told.mean(np.array([one.total for one in past for _ in one.masses]))
    pairs = told.mean(np.array([one.pairs for one in past for _ in one.masses], dtype=np.float64))
    held = told.day > number_of(found.date_end)

    def logs(smoothing: float, some: Any) -> Floats:
        return np.asarray(np.log((seen + smoothing * places) / (total + smoothing * pairs))[some])

    smoothing = _seek(lambda one: float(logs(one, ~held).sum()))
    acts, side = int(held.sum()), _Told.of(history, window).side
    recall = {MODEL: dict(zip(top, (hits / acts).tolist(), strict=True)), PERSISTENCE: {}, UNIFORM: {}}
    later = [one for one in past if one.day > number_of(found.date_end)]
    for k in top:
        recall[PERSISTENCE][k] = float(np.concatenate([one.recalled(k) for one in later]) @ side) / acts
        recall[UNIFORM][k] = float(np.minimum(1.0, k / pairs[held]).sum()) / acts
    scores = {MODEL: model, PERSISTENCE: logs(smoothing, held), UNIFORM: np.log(places / pairs)[held]}
    return scores, recall, smoothing


def _model_scores(
    history: History, found: Fit, statistics: tuple[Statistic, ...], window: Any, top: tuple[int, ...]
) -> tuple[Floats, Floats]:
    """Give each act's log probability, and the number of acts recalled among the `top` pairs."""
    transform, actors = transform_code(found.transform), len(history.actors)
    tables = new_tables(actors)
    predictor = Predictor.of(history, statistics, transform=transform, tables=tables)
    beta = np.array([one.estimate for one in found.coefficients])
    chances, recalls = [], []
    design = Design(history, np.flatnonzero(window), statistics, found.half_life_days, transform)
    for day, state, acts in design.mornings(dense=True):
        fill_tables(cast(State, whole(state)), transform, tables)
        present = history.present(day)
        eta = predictor.eta(day, cast(State, state), present, beta)
        places = place_of(present, history.sender[acts], history.receiver[acts])
        peak = eta.max()
        chances.append(eta[places] - peak - np.log(np.exp(eta - peak).sum()))
        recalls.append([recalled(eta, places, k) for k in top])
    told = _Told.of(history, window)
    return told.log_sum(np.concatenate(chances)), np.concatenate(recalls, axis=1) @ told.side


@dataclass(frozen=True, slots=True, eq=False)
class _Past:
    """One morning's decayed numbers of acts: of all pairs at risk, and where the day's acts fell."""

    day: int
    values: Floats
    places: Integers

    @property
    def masses(self) -> Floats:
        return self.values[self.places]

    @property
    def total(self) -> float:
        return float(self.values.sum())

    @property
    def pairs(self) -> int:
        return len(self.values)

    def recalled(self, k: int) -> Floats:
        return recalled(self.values, self.places, k)


def _pasts(history: History, explained: Any, half_life_days: float) -> Iterator[_Past]:
    """Go through the days with explained acts; all earlier acts of the same type count."""
    sign = int(history.sign[np.argmax(explained)])
    actors = len(history.actors)
    table, then = np.zeros((actors, actors)), 0
    same = history.sign == sign
    for day in np.unique(history.day[same]).tolist():
        table *= 2.0 ** (-(day - then) / half_life_days)
        then = day
        acts = np.flatnonzero(same & (history.day == day))
        wanted = acts[explained[acts]]
        if len(wanted):
            present = history.present(day)
            values = table[np.ix_(present, present)][~np.eye(len(present), dtype=bool)]
            yield _Past(day, values, place_of(present, history.sender[wanted], history.receiver[wanted]))
        np.add.at(table, (history.sender[acts], history.receiver[acts]), 1.0)


def recalled(values: Floats, places: Integers, k: int) -> Floats:
    """Give 1 for each place among the k largest values, 0 for others, a share where values tie.

    Examples
    --------
    >>> recalled(np.array([5.0, 2.0, 2.0, 1.0]), np.array([0, 2, 3]), 2)    # one of two equal ones fits
    array([1. , 0.5, 0. ])
    """
    if k >= len(values):
        return np.ones(len(places))
    edge = np.partition(values, len(values) - k)[len(values) - k]
    above, level = int((values > edge).sum()), int((values == edge).sum())
    mine = values[places]
    return np.where(mine > edge, 1.0, np.where(mine == edge, (k - above) / level, 0.0))


def _score_type(
    history: History,
    found: Fit,
    statistics: tuple[Statistic, ...],
    fitted: Any,
    window: Any,
    top: tuple[int, ...],
) -> _Scored:
    places = np.flatnonzero(window)
    design = Design(history, places, statistics, found.half_life_days, transform_code(found.transform))
    beta = np.array([one.estimate for one in found.coefficients])
    eta = beta[0] + beta[1:] @ design.measure_acts()
    friendly = history.sign[window] == 0
    seen, told = (_Told.of(history, some) for some in (fitted, window))
    base = float(seen.mean(history.sign[fitted] == 0).mean())
    memory = _memories_of_acts(history, found.half_life_days)

    def logs(smoothing: float, some: Any) -> Floats:
        kind, other = memory[:, some]
        chance = (kind + smoothing * base) / (kind + other + smoothing)
        return np.asarray(np.log(np.where(history.sign[some] == 0, chance, 1 - chance)))

    smoothing = _seek(lambda one: float(logs(one, fitted) @ seen.side))
    scores = {
        MODEL: told.mean(-np.logaddexp(0.0, np.where(friendly, -eta, eta))),
        PERSISTENCE: told.mean(logs(smoothing, window)),
        BASE_RATE: told.mean(np.log(np.where(friendly, base, 1 - base))),
    }
    return scores, {}, smoothing


def _memories_of_acts(history: History, half_life_days: float) -> Floats:
    """Give (2, events): what each act's ordered pair had of both types before its day, in decayed numbers."""
    actors = len(history.actors)
    table, then = np.zeros((2, actors, actors)), 0
    found = np.zeros((2, len(history)))
    days, starts = np.unique(history.day, return_index=True)
    for day, first, last in zip(days.tolist(), starts, [*starts[1:], len(history)], strict=True):
        table *= 2.0 ** (-(day - then) / half_life_days)
        then = day
        acts = slice(first, last)
        found[:, acts] = table[:, history.sender[acts], history.receiver[acts]]
        np.add.at(table, (history.sign[acts], history.sender[acts], history.receiver[acts]), 1.0)
    return found


def _seek(value: Callable[[float], float]) -> float:
    """Find the smoothing of the greatest value, by narrowing its logarithm down."""
    low, high = np.log(LEAST_SMOOTHING), np.log(MOST_SMOOTHING)
    for _ in range(SEEK_STEPS):
        one, other = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if value(float(np.exp(one))) >= value(float(np.exp(other))):
            high = other
        else:
            low = one
    return float(np.exp((low + high) / 2))


def _mean_by_week(values: Floats, weeks: Integers) -> tuple[float, float | None]:
    """Give the mean, and its standard error if acts of one week may be alike."""
    mean = float(values.mean())
    _, group = np.unique(weeks, return_inverse=True)
    sums = np.bincount(group, values - mean)
    if len(sums) < 2:
        return mean, None
    return mean, float(np.sqrt((sums**2).sum() * len(sums) / (len(sums) - 1)) / len(values))
