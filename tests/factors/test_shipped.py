"""The table of coefficients that comes with the package."""

import sys
from pathlib import Path

import numpy as np
import pytest

from comity.factors import shipped_coefficients
from comity.factors.shipped import COLUMNS, TABLE, of_rows, rows_of
from comity.model import STATISTICS
from comity.provenance import NothingFoundError
from tests.factors.worlds import make_coefficients

ROOT = Path(__file__).resolve().parents[2]
OUTCOMES = ("rate:cooperation", "rate:conflict", "type")


@pytest.mark.parametrize("kind", [None, "talk", "institutions", "deeds"])
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_table_has_every_outcome_and_kind_with_a_covariance(outcome, kind):
    found = shipped_coefficients(outcome, kind=kind)
    names = [one.name for one in STATISTICS]
    assert list(found.terms[found.intercepts :]) == names
    assert np.linalg.eigvalsh(found.covariance).min() > 0
    assert found.n_events >= 800


def test_a_table_comes_back_as_it_was_written():
    one = make_coefficients(np.linspace(-1, 1, 17), outcome="type")
    one.covariance[3, 2] = one.covariance[2, 3] = 0.002
    facts = {"n_actors": 5, "data_set": "made up", "edition": "1", "licence": "none"}
    rows = rows_of(one, kind="deeds", **facts)
    assert sorted(rows[0]) == sorted(COLUMNS)
    again = of_rows(rows, because="so")
    assert again.estimates == pytest.approx(one.estimates)
    assert again.covariance == pytest.approx(one.covariance)
    assert again.source.endswith("5 actors, because so")


def test_what_the_table_does_not_have_is_an_error():
    with pytest.raises(NothingFoundError, match="no coefficients for rate:cooperation of gifts acts"):
        shipped_coefficients("rate:cooperation", kind="gifts")


@pytest.mark.shared
def test_the_table_is_what_its_script_makes(shared, tmp_path, monkeypatch):
    monkeypatch.setenv("COMITY_SHARED", str(shared))
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import factor_coefficients as script

    monkeypatch.setattr(script, "KINDS", (None,))
    rows = script.table_of(script.acts_of(script.published()))
    del sys.modules["factor_coefficients"]
    for outcome in OUTCOMES:
        fresh = of_rows([row for row in rows if row["outcome"] == outcome])
        kept = shipped_coefficients(outcome)
        assert fresh.estimates == pytest.approx(kept.estimates, abs=1e-6), TABLE
        assert fresh.covariance == pytest.approx(kept.covariance, rel=1e-4, abs=1e-9)
        assert fresh.n_events == kept.n_events
