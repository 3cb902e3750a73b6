"""Where coefficients come from, and how those of eras are put together."""

import numpy as np
import pytest

from comity.factors import Coefficients, fit_coefficients
from comity.factors.choosing import choose_coefficients
from comity.model import STATISTICS, fit, set_aside
from comity.provenance import BadValueError, UsageError
from tests.factors.worlds import make_coefficients
from tests.model.worlds import day, random_history

TERMS = STATISTICS[:2]
HISTORY = random_history(seed=3, actors=6, events=600, days=120)


def test_few_acts_take_the_table_and_say_why():
    found = choose_coefficients(random_history(seed=1), "rate:cooperation")
    assert "acts are too few of their own (800 needed)" in found.source
    assert found.source.startswith("ICEWS18")


def test_enough_acts_are_fitted_with_errors_clustered_by_dyad():
    history = random_history(seed=2, actors=8, events=1600, days=120)
    found = choose_coefficients(history, "rate:cooperation")
    again = fit(history, outcome="rate:cooperation", since=day(30), clustered=True)
    assert found.source.startswith(f"these data: {again.n_events:,} acts, 2020-01-31 to")
    errors = [max(one.std_error, one.std_error_dyad) for one in again.coefficients]
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx(errors, rel=1e-6)


def test_acts_of_those_set_aside_are_not_counted_as_fitted():
    found = fit_coefficients(set_aside(HISTORY, ["a5"]), "rate:cooperation", statistics=TERMS)
    assert found.source.endswith("acts of a5 set aside")
    assert found.n_events < fit_coefficients(HISTORY, "rate:cooperation", statistics=TERMS).n_events


def test_each_era_has_its_own_coefficients():
    found = fit_coefficients(HISTORY, "type", statistics=TERMS, starts=[day(75)])
    one = fit_coefficients(HISTORY, "type", statistics=TERMS, until=day(74))
    assert found.estimates.shape == (2, 3)  # an intercept and two terms
    assert found.estimates[0] == pytest.approx(one.estimates[0])
    assert found.covariance[:3, :3] == pytest.approx(one.covariance)
    assert not found.covariance[:3, 3:].any()
    # The day itself belongs to the second era.
    numbers = np.array([(day(n) - day(0)).days + 18262 for n in (74, 75)])
    assert found.eras(numbers).tolist() == [[1, 0], [0, 1]]


def test_a_model_file_is_as_unsure_as_its_widest_errors():
    found = fit(HISTORY, statistics=TERMS, clustered=True)
    taken = Coefficients.of_fit(found)
    assert np.sqrt(np.diag(taken.covariance)) == pytest.approx([one.widest for one in found.coefficients])


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(UsageError, match="eras of different models"):
        Coefficients.by_era(
            [make_coefficients([1.0, 2.0], statistics=TERMS), make_coefficients([1.0], statistics=TERMS[:1])],
            [day(10)],
        )
    with pytest.raises(BadValueError, match="1 eras of 2 terms"):
        make_coefficients([1.0], statistics=TERMS)


def test_no_error_is_below_that_of_independent_acts():
    history = random_history(seed=21, actors=5, events=900, days=300)
    statistics = STATISTICS[:2] + STATISTICS[12:13]
    found = fit_coefficients(history, "rate:cooperation", statistics=statistics)
    plain = fit(
        history, statistics=statistics, since=found.date_start, until=found.date_end, clustered=True, seed=1
    )
    errors = np.sqrt(np.diag(found.covariance))
    for one, error in zip(plain.coefficients, errors, strict=True):
        assert error == pytest.approx(max(one.std_error, one.std_error_dyad), rel=1e-9)
    assert any(one.std_error > one.std_error_dyad for one in plain.coefficients)  # or it shows nothing
