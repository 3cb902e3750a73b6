"""Acts that are alike: the scatter of the gradient when dyads, pairs or actors share their luck."""

from typing import Final, NamedTuple

import numpy as np

from comity.model.state import Floats, Integers
from comity.provenance import UsageError

CLUSTERS: Final = ("dyad", "pair", "actor")


class DyadScores(NamedTuple):
    """Each ordered pair's share of the gradient, the acts minus what was expected of it.

    Parameters
    ----------
    dyad : (dyads,), sender * n + receiver, rising
    scores : (dyads, terms)
    """

    dyad: Integers
    scores: Floats


def add_by(groups: Integers, values: Floats) -> tuple[Integers, Floats]:
    """Add the rows of each group: the groups, rising, and their sums."""
    found, place = np.unique(groups, return_inverse=True)
    total = np.zeros((len(found), values.shape[1]))
    np.add.at(total, place, values)
    return found, total


def scatter(found: DyadScores, *, actors: int, by: str) -> Floats:
    """Estimate the variance of the gradient from the scatter of its shares: (terms, terms).

    Parameters
    ----------
    by : "dyad", acts of one ordered pair are alike; "pair", those of both directions; "actor", those of
        any two dyads that have an actor in common [AronowSamiiAssenova2015]

    Raises
    ------
    UsageError : another word
    """
    if by not in CLUSTERS:
        raise UsageError(f"clustered by {by!r}", allowed=f"One of {', '.join(CLUSTERS)}.")
    if by == "dyad":
        return np.asarray(found.scores.T @ found.scores, dtype=np.float64)
    sender, receiver = found.dyad // actors, found.dyad % actors
    low, high = np.minimum(sender, receiver), np.maximum(sender, receiver)
    _, pairs = add_by(low * actors + high, found.scores)
    if by == "pair":
        return np.asarray(pairs.T @ pairs, dtype=np.float64)
    _, ends = add_by(np.concatenate([low, high]), np.concatenate([found.scores, found.scores]))
    # Two dyads of one pair share both actors and are met twice: once too often.
    return not_below_zero(ends.T @ ends - pairs.T @ pairs)


def not_below_zero(matrix: Floats) -> Floats:
    """Cut negative eigenvalues, which a difference of sums of squares can have, at zero."""
    values, vectors = np.linalg.eigh(matrix)
    if values[0] >= 0:
        return matrix
    found: Floats = (vectors * np.maximum(values, 0.0)) @ vectors.T
    return found
