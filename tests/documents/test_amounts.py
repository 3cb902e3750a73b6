"""Amounts in running text."""

from pathlib import Path

import pytest

from comity.documents import load_lexicon
from comity.documents.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "quantity", "unit", "currency", "bound"),
    [
        ("over $12 billion", 12e9, "money", "USD", "at_least"),
        ("€3.5 million", 3.5e6, "money", "EUR", "exact"),
        ("580 million yen", 580e6, "money", "JPY", "exact"),
        ("up to 1,500 troops", 1500.0, "troops", "", "at_most"),
        ("about 40 tanks", 40.0, "tanks", "", "about"),
        ("2 percent of GDP", 2.0, "percent_of_gdp", "", "exact"),
        ("2% of its GDP", 2.0, "percent_of_gdp", "", "exact"),
        ("an increase of 60 percent", 60.0, "percent_increase", "", "exact"),
        ("sixteen goals", 16.0, "goals", "", "exact"),
        ("the third-largest budget", 3.0, "world_rank", "", "exact"),
    ],
)
def test_an_amount_has_quantity_unit_currency_and_bound(
    text: str, quantity: float, unit: str, currency: str, bound: str
) -> None:
    (one,) = find_amounts(f"They gave {text} then.")
    assert (one.quantity, one.unit, one.currency, one.bound) == (quantity, unit, currency, bound)


def test_years_and_other_counts_are_no_amounts() -> None:
    assert find_amounts("In 2014 they met 25 times in two cities.") == []


@pytest.mark.parametrize(
    ("text", "denominator"),
    [
        ("2 percent of GDP", "gdp"),
        ("40 percent of its defence budget", "defense_budget"),
        ("a third of a cake and 5 percent", ""),
    ],
)
def test_a_share_says_of_what(text: str, denominator: str) -> None:
    (one,) = find_amounts(f"They gave {text} then.")
    assert one.denominator == denominator


def test_a_users_own_unit_is_found(tmp_path: Path) -> None:
    (tmp_path / "amounts.csv").write_text(
        "word,kind,value,source,edition,licence\nzeppelins,unit,,ours,1,CC0\n", encoding="utf-8"
    )
    (one,) = find_amounts("They sent 7 zeppelins.", load_lexicon(tmp_path))
    assert (one.quantity, one.unit) == (7.0, "zeppelins")


def test_a_year_before_a_name_counts_nothing() -> None:
    assert find_amounts("In 2014 Russian troops marched.") == []
    assert [one.quantity for one in find_amounts("They sent 2,014 Russian troops.")] == [2014]
