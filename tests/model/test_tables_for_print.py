"""A fit in the form that the package maketables reads, for tables in LaTeX, HTML and Word."""

import pytest

from comity.model import Repetition, Triad, fit
from tests.model.worlds import random_history

FOUND = fit(random_history(seed=1), statistics=(Repetition(0), Triad(0, 0)), risk_set="full")
CLUSTERED = fit(
    random_history(seed=1), statistics=(Repetition(0), Triad(0, 0)), risk_set="full", clustered=True
)


def test_the_coefficients_stand_under_the_names_of_the_protocol():
    table = FOUND.__maketables_coef_table__
    assert table.index.tolist() == ["coop.repetition", "friend.of.friend"]
    assert table.index.name == "Coefficient"
    assert table.columns.tolist() == ["b", "se", "t", "p", "ci95l", "ci95u"]
    one = FOUND["friend.of.friend"]
    assert table.loc["friend.of.friend"].tolist() == [
        *(one.estimate, one.std_error, one.z, one.p_value),
        *one.interval,
    ]


def test_the_largest_standard_error_is_printed_and_named():
    table = CLUSTERED.__maketables_coef_table__
    widest = [max(one.std_error, one.std_error_dyad) for one in CLUSTERED.coefficients]
    assert table["se"].tolist() == widest
    assert CLUSTERED.__maketables_stat__("se_type") == "largest of inverse information, by dyad"
    assert FOUND.__maketables_vcov_info__ == {"vcov_type": "inverse information"}


def test_every_figure_under_the_table_has_a_value_and_a_name():
    for key in FOUND.__maketables_default_stat_keys__:
        assert FOUND.__maketables_stat__(key) is not None
        assert FOUND.__maketables_stat_labels__[key]
    assert FOUND.__maketables_stat__("N") == FOUND.n_events
    assert FOUND.__maketables_stat__("r2") is None
    assert FOUND.__maketables_depvar__ == "rate:cooperation"


@pytest.mark.filterwarnings("default")
def test_maketables_prints_two_fits_side_by_side():
    maketables = pytest.importorskip("maketables")
    table = maketables.ETable([FOUND, CLUSTERED])
    latex = table.make(type="tex")
    assert f"{FOUND['coop.repetition'].estimate:.3f}" in latex
    assert "largest of inverse information, by dyad" in latex
    markup = table.make(type="gt").as_raw_html()
    assert "friend.of.friend" in markup
    assert f"{FOUND.n_events}" in markup
