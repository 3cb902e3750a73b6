"""Tails of distributions: where they have a closed form, and against each other."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.tails import chi_square_tail, f_tail, student_quantile, student_tail


@given(st.floats(0.01, 300))
def test_two_degrees_of_freedom_are_an_exponential(value):
    assert chi_square_tail(value, 2) == pytest.approx(math.exp(-value / 2), rel=1e-12)


@given(st.floats(0.01, 100))
def test_one_degree_of_freedom_is_a_squared_normal(value):
    assert chi_square_tail(value, 1) == pytest.approx(math.erfc(math.sqrt(value / 2)), rel=1e-12)


@given(st.floats(0.01, 60), st.integers(1, 40))
def test_more_degrees_of_freedom_make_a_large_value_likelier(value, df):
    assert chi_square_tail(value, df) <= chi_square_tail(value, df + 1) + 1e-14


def test_three_degrees_of_freedom_follow_by_parts():
    # Q(3/2, x) = erfc(√x) + √x e^-x / Γ(3/2), Γ(3/2) = √π / 2; here x = 2.
    expected = math.erfc(math.sqrt(2)) + math.sqrt(2) * math.exp(-2) / (math.sqrt(math.pi) / 2)
    assert chi_square_tail(4.0, 3) == pytest.approx(expected, rel=1e-12)


@given(st.floats(0.01, 50))
def test_student_with_one_degree_is_cauchys(value):
    assert student_tail(value, 1) == pytest.approx(1 - 2 * math.atan(value) / math.pi, rel=1e-9)


@given(st.floats(0.01, 50))
def test_student_with_two_degrees_has_a_closed_form(value):
    # P(|T| > t) = 1 - t / √(2 + t²)
    assert student_tail(value, 2) == pytest.approx(1 - value / math.sqrt(2 + value**2), rel=1e-8, abs=1e-13)


@given(st.floats(0.05, 8), st.integers(1, 200))
def test_an_f_of_one_and_n_is_a_squared_student(value, df):
    assert f_tail(value**2, 1, df) == pytest.approx(student_tail(value, df), rel=1e-9)


@given(st.floats(0.1, 40), st.floats(1, 300))
def test_an_f_of_two_and_n_has_a_closed_form(value, other):
    # P(F > f) = (1 + 2 f / n)^(-n / 2)
    assert f_tail(value, 2, other) == pytest.approx((1 + 2 * value / other) ** (-other / 2), rel=1e-9)


def test_an_f_over_many_degrees_is_a_chi_square():
    assert f_tail(1.5, 6, 1e7) == pytest.approx(chi_square_tail(9.0, 6), rel=1e-5)


@given(st.integers(1, 500), st.sampled_from([0.8, 0.95, 0.99]))
def test_a_quantile_leaves_what_it_says(df, level):
    assert student_tail(student_quantile(level, df), df) == pytest.approx(1 - level, rel=1e-8)


def test_nothing_is_above_nothing():
    assert (chi_square_tail(0.0, 3), f_tail(0.0, 2, 9), student_tail(0.0, 4)) == (1.0, 1.0, 1.0)
