"""Figures stand side by side and are never added."""

from collections.abc import Callable
from datetime import date

import pytest

from comity.pledges import Figure, Ledger, Pledge, Statement, StatusCount

Make = Callable[..., Statement]
MARCH = {"as_of": "2023-03-01..2023-03-31", "unit": "money", "currency": "USD"}
LATER = {"said": "2024-06-19..2024-12-31", "source": "E", "unit": "money", "currency": "USD"}


def view(*statements: Statement) -> Pledge:
    return Ledger(statements).pledge("aid", as_of=date(2025, 1, 1))


def test_totals_at_two_dates_stand_side_by_side_and_rise(make: Make) -> None:
    pledge = view(make("P1", quantity=7.1e9, **MARCH), make("P2", quantity=12e9, bound="at_least", **LATER))
    assert [figure.in_words for figure in pledge.figures] == [
        "USD 7.1 billion, as of March 2023",
        "more than USD 12 billion, said between 19 June and 31 December 2024",
    ]
    assert [one.finding for one in pledge.comparisons] == ["rises over time"]
    assert "19.1" not in str(pledge.to_dict())  # 7.1 + 12


@pytest.mark.parametrize(
    ("first", "second", "finding"),
    [
        ({"quantity": 5.0}, {"quantity": 4.0}, "falls over time"),
        ({"quantity": 5.0}, {"quantity": 5.0}, "the same"),
        # More than 4 may well be 5.
        ({"quantity": 5.0}, {"quantity": 4.0, "bound": "at_least"}, "may be the same"),
        ({"quantity": 5.0}, {"quantity": 6.0, "bound": "at_most"}, "may be the same"),
        ({"quantity": 5.0}, {"quantity": 4.0, "bound": "at_most"}, "falls over time"),
    ],
)
def test_neighbouring_figures_are_compared_within_their_bounds(
    make: Make, first: dict[str, object], second: dict[str, object], finding: str
) -> None:
    pledge = view(make("P1", **MARCH, **first), make("P2", **LATER, **second))
    assert [one.finding for one in pledge.comparisons] == [finding]


def test_different_amounts_of_one_time_are_a_difference_of_sources(make: Make) -> None:
    pledge = view(make("P1", quantity=5.0, **MARCH), make("P2", quantity=6.0, **MARCH, source="E"))
    assert [one.finding for one in pledge.comparisons] == ["sources differ"]


def test_another_definition_is_said_beside_the_finding(make: Make) -> None:
    pledge = view(
        make("P1", quantity=5.0, definition="promised", **MARCH),
        make("P2", quantity=6.0, definition="paid", **LATER),
    )
    (comparison,) = pledge.comparisons
    assert not comparison.same_definition
    assert comparison.brief == "P1 and P2: rises over time (the two are defined differently)"


def test_figures_in_other_units_are_not_compared(make: Make) -> None:
    pledge = view(
        make("P1", quantity=2.0, unit="percent_of_gdp"), make("P2", quantity=60.0, unit="percent_increase")
    )
    assert pledge.comparisons == ()
    assert [figure.in_words.split(",")[0] for figure in pledge.figures] == [
        "2 percent of GDP",
        "60 percent increase",
    ]


def test_nothing_in_the_ledger_can_add_figures(make: Make) -> None:
    for one in (Ledger, Pledge, Figure, StatusCount):
        names = [name for name in dir(one) if "sum" in name or "total" in name or name == "__add__"]
        assert names == []
    with pytest.raises(TypeError):
        sum(view(make("P1", quantity=5.0, **MARCH), make("P2", quantity=6.0, **LATER)).figures)
