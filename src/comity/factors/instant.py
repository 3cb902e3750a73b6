"""The instant account: through which terms, and so through whom, a pair's value moved."""

from typing import Any, Final

import numpy as np

from comity.factors.asked import Asked
from comity.factors.change import Change, Question
from comity.factors.coefficients import Coefficients, Floats
from comity.factors.evidence import ids_behind, moves
from comity.factors.factor import Factor, Level
from comity.factors.long_run import Told
from comity.factors.own_coefficients import own_parts
from comity.factors.uncertainty import coefficient_errors, errors_of
from comity.model import Degree, Triad

SHOWN_EVENTS: Final = 20


def instant_parts(
    question: Question,
    change: Change,
    asked: Asked,
    shown: int,
    seed: int,
    draws: int,
    told: Told | None = None,
) -> dict[str, Any]:
    """Multiply slopes by coefficients: the fields of an account that are parts of the change."""
    estimates, slopes = question.coefficients.estimates, change.slopes
    by_term = np.einsum("ket,et->kt", slopes.third, estimates)
    value = by_term.sum(axis=1)
    met = np.flatnonzero(np.abs(slopes.third).sum(axis=(1, 2)) > 0)
    wanted = [question.history.actors.index(one) for one in asked.third]
    listed = {*wanted, *met.tolist()}  # all of them, or the parts would not add up to the change
    errors = errors_of(question, slopes, seed=seed, draws=draws)
    moved = moves(question)
    before, after = (_levels(question.coefficients, one) for one in (slopes.level_before, slopes.level_after))
    places = _places(question.coefficients)
    named = asked.third if question.coefficients.of_these_data else ()
    own = own_parts(question, slopes, named, seed=seed, told=told) if named else {}
    factors = []
    for k in sorted(listed, key=lambda k: (k not in wanted, -abs(value[k]), k)):
        actor = question.history.actors[k]
        ids, count = ids_behind(question, asked.acts, moved, actor, shown)
        factors.append(
            Factor(
                actor=actor,
                triads=float(by_term[k, places == "triads"].sum()),
                degrees=float(by_term[k, places == "degrees"].sum()),
                other=float(by_term[k, places == "other"].sum()),
                error_coefficients=float(errors.coefficients[k]) if k in met else None,
                error_weeks=float(errors.weeks[k]) if k in met else None,
                before=before[k],
                after=after[k],
                own=own.get(actor),
                events=ids,
                n_events=count,
            )
        )
    return {
        "own_history": float((slopes.own * estimates).sum()),
        "third_parties": tuple(factors),
        "eras": float((slopes.eras * estimates).sum()),
        "covariates": float((slopes.covariates * estimates).sum()),
        "rounding": float((slopes.rounding * estimates).sum()),
        "system": float(change.system.mean()),
    }


def _levels(coefficients: Coefficients, slopes: Floats) -> list[Level]:
    values = np.einsum("ket,et->k", slopes, coefficients.estimates)
    errors = coefficient_errors(coefficients, slopes)
    return [Level(*one) for one in zip(values.tolist(), errors.tolist(), strict=True)]


def _places(coefficients: Coefficients) -> Any:
    """Say of each term where it is listed."""
    names = {Triad: "triads", Degree: "degrees"}
    found = ["other"] * coefficients.intercepts
    return np.array([*found, *(names.get(type(one), "other") for one in coefficients.statistics)])
