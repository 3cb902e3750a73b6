"""Newton's method with safeguards, and words for what stands in its way."""

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

import numpy as np

from comity.model.errors import CollinearityError, SeparationError
from comity.model.state import Floats

CONVERGED: Final = 1e-14  # of twice the gain that one more step promises
STALLED: Final = 1e-8  # below this, a step that no longer gets nearer is rounding
MAX_STEPS: Final = 60
HEAD_START_STEPS: Final = 12
MAX_HALVINGS: Final = 25
FLAT: Final = 1e-9  # smallest eigenvalue of the scaled information that still tells terms apart
LOADING: Final = 0.2  # a term with less than this does not belong to a collinear combination
DAMPING: Final = 2.0  # half of it is always safe [SunTranDinh2019]; halving catches the rest
VANISHED: Final = 1e-9  # information left of what there was at the start: the climb went to infinity


class Evaluation(NamedTuple):
    """The log likelihood at one point, with its gradient and its information (minus the Hessian)."""

    log_likelihood: float
    gradient: Floats
    information: Floats


class Optimum(NamedTuple):
    """Where the log likelihood is greatest."""

    beta: Floats
    evaluation: Evaluation
    covariance: Floats
    steps: int


class Likelihood(Protocol):
    """A concave log likelihood that can be climbed."""

    @property
    def thin(self) -> int:
        """Say on each how-many-th day a rough climb looks, where leaving days out is cheap; else 1."""

    def evaluate(self, beta: Floats, *, thin: int = 1) -> Evaluation:
        """Work out the log likelihood, its gradient and its information, on each `thin`-th day only."""

    def reach(self, move: Floats) -> float:
        """Tell how far a change of the coefficients moves the linear predictor of any act at most."""

    def telling_terms(self) -> list[int]:
        """List the terms that alone tell the outcome without exception; known after one evaluation."""


def maximise(likelihood: Likelihood, names: Sequence[str], *, start: Floats | None = None) -> Optimum:
    """Climb from zero, or from a place near the top, to the top.

    Raises
    ------
    CollinearityError : terms that carry the same information, or that never vary
    SeparationError : the likelihood rises without end
    """
    beta = np.zeros(len(names)) if start is None else start
    here = likelihood.evaluate(beta)
    check_collinearity(here.information, names)
    if telling := [names[j] for j in likelihood.telling_terms()]:
        raise _telling(telling)
    scale = np.sqrt(np.diag(here.information))
    if start is None:
        beta, here = _head_start(likelihood, beta, here)
    before = np.inf
    for step in range(MAX_STEPS):
        move = _move(here, names, beta)
        gain = float(move @ here.gradient)
        if gain < CONVERGED or before / 10 < gain < STALLED:
            if np.linalg.eigvalsh(here.information / np.outer(scale, scale))[0] < VANISHED:
                break
            return Optimum(beta, here, inverse(here.information), step)
        before = gain
        beta, here = _climb(likelihood, beta, here, move * _damping(likelihood.reach(move)))
    raise _separation(names, beta)


def check_collinearity(information: Floats, names: Sequence[str]) -> None:
    """Refuse terms whose coefficients the data cannot tell apart.

    Raises
    ------
    CollinearityError : see above
    """
    scale = np.sqrt(np.diag(information))
    still = [name for name, one in zip(names, scale, strict=True) if not one > 0]
    if still:
        raise CollinearityError(
            f"{', '.join(still)} never {'varies' if len(still) == 1 else 'vary'} among those who could act",
            where="terms",
            remedy="Leave it out, or fit a longer stretch of events.",
        )
    values, vectors = np.linalg.eigh(information / np.outer(scale, scale))
    if values[0] < FLAT:
        alike = [name for name, one in zip(names, vectors[:, 0], strict=True) if abs(one) > LOADING]
        raise CollinearityError(
            f"{', '.join(alike)} carry the same information: one follows from the others",
            where="terms",
            remedy="Leave one of them out, or fit a longer stretch of events.",
        )


def inverse(information: Floats) -> Floats:
    """Invert a positive matrix, its rows and columns first brought to one scale."""
    scale = np.sqrt(np.diag(information))
    found: Floats = np.linalg.inv(information / np.outer(scale, scale)) / np.outer(scale, scale)
    return found


def _move(here: Evaluation, names: Sequence[str], beta: Floats) -> Floats:
    try:
        return np.asarray(np.linalg.solve(here.information, here.gradient), dtype=np.float64)
    except np.linalg.LinAlgError:  # the information has gone to zero on the way to infinity
        raise _separation(names, beta) from None


def _damping(reach: float) -> float:
    """Shorten a step that moves predictors so far that the quadratic model says little there."""
    return min(1.0, float(DAMPING * np.log1p(reach) / reach)) if reach > 0 else 1.0


def _head_start(likelihood: Likelihood, beta: Floats, here: Evaluation) -> tuple[Floats, Evaluation]:
    """Climb most of the way on some of the days."""
    if likelihood.thin == 1:
        return beta, here
    rough, value = beta, likelihood.evaluate(beta, thin=likelihood.thin)
    for _ in range(HEAD_START_STEPS):
        try:
            move = np.asarray(np.linalg.solve(value.information, value.gradient), dtype=np.float64)
        except np.linalg.LinAlgError:
            return beta, here
        if float(move @ value.gradient) < 1.0:
            break
        move = move * _damping(likelihood.reach(move))
        rough, value = _climb(likelihood, rough, value, move, thin=likelihood.thin)
    there = likelihood.evaluate(rough)
    return (rough, there) if there.log_likelihood > here.log_likelihood else (beta, here)


def _climb(
    likelihood: Likelihood, beta: Floats, here: Evaluation, move: Floats, *, thin: int = 1
) -> tuple[Floats, Evaluation]:
    """Take the step, or as much of it as does not lead down."""
    slack = 1e-10 * (1 + abs(here.log_likelihood))  # rounding of a sum over millions of rows
    for halving in range(MAX_HALVINGS):
        there = beta + move / 2**halving
        found = likelihood.evaluate(there, thin=thin)
        if np.isfinite(found.log_likelihood) and found.log_likelihood >= here.log_likelihood - slack:
            return there, found
    return beta, here


def _telling(names: Sequence[str]) -> SeparationError:
    alone = "alone tells" if len(names) == 1 else "each alone tell"
    return SeparationError(
        f"{', '.join(names)} {alone} the outcome without exception: no finite coefficient fits best",
        where="terms",
        remedy="Leave it out, or fit a longer stretch of events.",
    )


def _separation(names: Sequence[str], beta: Floats) -> SeparationError:
    order = np.argsort(-np.abs(beta))[:3]
    return SeparationError(
        "no finite coefficients fit best: the likelihood rises towards infinity, with "
        + ", ".join(f"{names[j]} at {beta[j]:.3g}" for j in order),
        where="terms",
        remedy="Together these terms tell the outcome (almost) without exception: leave one of them out.",
    )
