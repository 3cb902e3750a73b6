"""Whether gaps and alignments with a third party move ties: a headline, specifications and placebos."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any, Final

import numpy as np

from comity.events import MonthlyScores
from comity.factors.panel import (
    ALIGNMENT,
    GAP,
    OWN_PAST,
    SCALES,
    Panel,
    TieCube,
    panel_of,
)
from comity.factors.panel_regression import EFFECTS, WEIGHTS, PanelEffect, PanelFit, regress
from comity.provenance import NothingFoundError

LAGS: Final = (1, 3)  # the next month, and the next quarter
QUESTIONS: Final = (GAP, ALIGNMENT)
FEWEST_SHIFT: Final = 6  # months; nearer, a shifted tie is still like itself
ALPHA: Final = 0.05
COMPARABLE: Final = 0.5  # of the rows of the third party asked about
NOT_CAUSE: Final = (
    "Ties that move together a month apart are no proof of cause: what moved both, and is neither a pair's"
    " own level nor common to a month, is in these numbers. Scores are tones of news, not deeds."
)

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class PanelChoice:
    """One way to ask: the defaults are the headline's.

    Parameters
    ----------
    busy : only pairs with many scored days
    own_past : the pair's own tie in the month of the gap is a term
    """

    scale: str = "tone"
    lag: int = 1
    effects: str = "month"
    weights: str = "equal"
    busy: bool = False
    own_past: bool = False


@dataclass(frozen=True, slots=True)
class PanelPlacebo:
    """How often nothing looks like this.

    Parameters
    ----------
    others : by other third party, the t of gap and alignment
    shifts : by months moved, the t of gap and alignment with the third party's ties moved in time
    larger_others, larger_shifts : by term, how many of them have a t at least as large, either way
    """

    others: dict[str, tuple[float, float]]
    shifts: dict[int, tuple[float, float]]
    larger_others: dict[str, int]
    larger_shifts: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        return {
            "third_parties": [
                {"actor": k, "t_gap": t[0], "t_alignment": t[1]} for k, t in self.others.items()
            ],
            "shifts": [{"months": k, "t_gap": t[0], "t_alignment": t[1]} for k, t in self.shifts.items()],
            "larger_third_parties": self.larger_others,
            "larger_shifts": self.larger_shifts,
        }


@dataclass(frozen=True, slots=True)
class PanelAnswer:
    """What the panel says about one third party.

    Parameters
    ----------
    choices, fits : every specification that has enough pairs, and what it gave; the headline comes first
    half_panel : the headline with own past as a term, freed of most of the bias of short panels
    """

    third: str
    choices: tuple[PanelChoice, ...]
    fits: tuple[PanelFit, ...]
    half_panel: dict[str, float]
    placebo: PanelPlacebo | None

    @property
    def headline(self) -> PanelFit:
        """The fit of the default choice."""
        return self.fits[0]

    def agreement(self, term: str) -> dict[str, Any]:
        """Count the specifications by sign, and by intervals without zero."""
        found = [one[term] for one in self.fits]
        return {
            "specifications": len(found),
            "below_zero": sum(one.estimate < 0 for one in found),
            "above_zero": sum(one.estimate > 0 for one in found),
            "clearly_below_zero": sum(one.interval[1] < 0 for one in found),
            "clearly_above_zero": sum(one.interval[0] > 0 for one in found),
            "median": float(np.median([one.estimate for one in found])),
        }

    def in_words(self, term: str) -> str:
        """Say what comes out for gap or alignment."""
        one, counts = self.headline[term], self.agreement(term)
        low, high = one.interval
        figures = f"{one.estimate:+.3f} (95 % interval {low:+.3f} to {high:+.3f})"
        months = self.choices[0].lag
        when = "a month" if months == 1 else f"{months} months"
        if low <= 0 <= high:
            said = (
                f"cannot tell whether {term} moves the tie {when} later: {figures};"
                f" {one.smallest_detectable:.3f} or more would have been found in 80 of 100 such data sets"
            )
        else:
            said = f"more {term} goes with a {'higher' if low > 0 else 'lower'} tie {when} later: {figures}"
            said += ", but less clearly than the interval says" if self.doubted(term) else ""
        clear = counts["clearly_below_zero"], counts["clearly_above_zero"]
        said += (
            f". Of {counts['specifications']} specifications {counts['below_zero']} are below zero"
            f" ({clear[0]} clearly), {counts['above_zero']} above ({clear[1]} clearly)"
        )
        if self.placebo:
            larger, shifts = self.placebo.larger_others[term], self.placebo.larger_shifts[term]
            said += (
                f"; {larger} of {len(self.placebo.others)} other third parties and {shifts} of"
                f" {len(self.placebo.shifts)} shifts in time give as much"
            )
        return f"{said}."

    def doubted(self, term: str) -> bool:
        """Tell whether more than one in twenty shifts in time give as much."""
        if not self.placebo or not self.placebo.shifts:
            return False
        return self.placebo.larger_shifts[term] > ALPHA * len(self.placebo.shifts)

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values, as ``comity panel --json`` prints them."""
        specifications = [
            {**asdict(choice), "n_rows": fit.n_rows, "n_pairs": fit.n_pairs, **_estimates(fit)}
            for choice, fit in zip(self.choices, self.fits, strict=True)
        ]
        return {
            "third": self.third,
            "headline": {**asdict(self.choices[0]), **self.headline.to_dict()},
            "half_panel": self.half_panel,
            "agreement": {term: self.agreement(term) for term in QUESTIONS},
            "specifications": specifications,
            "placebo": self.placebo.to_dict() if self.placebo else None,
            "words": {term: self.in_words(term) for term in QUESTIONS},
            "not_cause": NOT_CAUSE,
        }


def panel_choices(lags: Sequence[int] = LAGS) -> tuple[PanelChoice, ...]:
    """List every specification, the headline first: scale × lag × effects × weights × pairs × own past."""
    every = product(SCALES, lags, EFFECTS, WEIGHTS, (False, True), (False, True))
    return tuple(PanelChoice(*choice) for choice in every)


def ask_panel(
    scores: MonthlyScores,
    third: str,
    *,
    pairs: Sequence[tuple[str, str]] = (),
    lags: Sequence[int] = LAGS,
    placebo: bool = True,
    told: Told | None = None,
) -> PanelAnswer:
    """Ask whether a pair's gap and alignment with a third party move its tie a month or a quarter later.

    Parameters
    ----------
    pairs : only these (default: all that have scores with the third party)
    lags : months; the first is the headline's
    told : called with what is being done, how much is done and how much there is

    Raises
    ------
    NothingFoundError : too few pairs or months for the headline
    """
    choices, fits = [], []
    cubes = {scale: TieCube.of(scores, scale=scale) for scale in SCALES}
    every = panel_choices(lags)
    for number, choice in enumerate(every):
        if told:
            told(f"{third}: specifications", number, len(every))
        try:
            panel = _panel(cubes[choice.scale], third, choice, pairs)
            fits.append(regress(panel, effects=choice.effects, weights=choice.weights))
        except NothingFoundError:
            if number == 0:
                raise
            continue
        choices.append(choice)
    cube, head = cubes[every[0].scale], every[0]
    past = _panel(cube, third, PanelChoice(lag=head.lag, own_past=True), pairs)
    found = _placebo(cube, third, head, pairs, fits[0], told) if placebo else None
    return PanelAnswer(third, tuple(choices), tuple(fits), half_panel(past), found)


def half_panel(panel: Panel) -> dict[str, float]:
    """Free coefficients from most of what few months do to a regression on the tie's own past.

    With pair effects, the coefficient of the own past is too low by about (1 + it)/(months − 1), and others
    with it [Nickell1981]. Twice the whole panel's coefficient less the mean of its two halves' has an error
    of a smaller order [DhaeneJochmans2015].

    Returns
    -------
    by term; nothing where a half has too few rows
    """
    middle = np.median(np.unique(panel.month))
    early = panel.month <= middle
    try:
        whole, *halves = (regress(one) for one in (panel, panel.select(early), panel.select(~early)))
    except (NothingFoundError, np.linalg.LinAlgError):
        return {}
    return {
        name: 2 * whole[name].estimate - sum(half[name].estimate for half in halves) / 2
        for name in panel.names
    }


def _panel(cube: TieCube, third: str, choice: PanelChoice, pairs: Sequence[tuple[str, str]]) -> Panel:
    return panel_of(cube, third, lag=choice.lag, busy=choice.busy, own_past=choice.own_past, pairs=pairs)


def _placebo(
    cube: TieCube,
    third: str,
    head: PanelChoice,
    pairs: Sequence[tuple[str, str]],
    found: PanelFit,
    told: Told | None,
) -> PanelPlacebo:
    k = cube.position(third)
    months = cube.value.shape[2]
    moves = range(FEWEST_SHIFT, months - FEWEST_SHIFT + 1)
    others: dict[str, tuple[float, float]] = {}
    shifts: dict[int, tuple[float, float]] = {}
    for number, other in enumerate(cube.actors):
        if told:
            told(f"{third}: other third parties", number, len(cube.actors))
        one = None if other == third else _fit_or_none(cube, other, head, pairs)
        if one and one.n_rows >= COMPARABLE * found.n_rows:
            others[other] = _t(one[GAP]), _t(one[ALIGNMENT])
    for number, move in enumerate(moves):
        if told:
            told(f"{third}: shifts in time", number, len(moves))
        one = _fit_or_none(cube.shifted(k, move), third, head, pairs)
        if one:
            shifts[move] = _t(one[GAP]), _t(one[ALIGNMENT])
    larger = [
        {
            term: sum(abs(t[j]) >= abs(_t(found[term])) for t in drawn.values())
            for j, term in enumerate(QUESTIONS)
        }
        for drawn in (others, shifts)
    ]
    return PanelPlacebo(others, shifts, *larger)


def _fit_or_none(
    cube: TieCube, third: str, head: PanelChoice, pairs: Sequence[tuple[str, str]]
) -> PanelFit | None:
    try:
        return regress(_panel(cube, third, head, pairs), effects=head.effects, weights=head.weights)
    except NothingFoundError:
        return None


def _t(one: PanelEffect) -> float:
    return one.estimate / one.std_error


def _estimates(fit: PanelFit) -> dict[str, Any]:
    names = {GAP: GAP, ALIGNMENT: ALIGNMENT, OWN_PAST: "past"}
    return {names[one.term]: one.to_dict() for one in fit.terms if one.term in names}
