"""The book on the claims and quotations of the embedded case."""

import tomllib
from datetime import date
from importlib.resources import as_file, files

import pytest

from comity.actors import load_registry
from comity.claims import ClaimBook, read_claims_csv, read_quotes_csv


@pytest.fixture(scope="module")
def book() -> ClaimBook:
    folder = files("comity") / "cases" / "japan-nato"
    settings = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    eras = {era["id"]: (_day(era.get("start")), _day(era.get("end"))) for era in settings["eras"]}
    with as_file(folder / "claims.csv") as claims, as_file(folder / "quotes.csv") as quotes:
        return ClaimBook(read_claims_csv(claims), read_quotes_csv(quotes), eras, registry=load_registry())


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def test_russia_before_2022_is_disputed_between_two_authors(book: ClaimBook) -> None:
    disputes = [
        one
        for one in book.about("JPN", "NATO").conflicts()
        if one.over == ("RUS",) and set(one.eras) <= {"pre_2022", "abe2"}
    ]
    assert [(one.plus_holders, one.minus_holders) for one in disputes] == [(("A.GOROKU",), ("A.TSURUOKA",))]
    assert "A.OSHEA" in disputes[0].silent


def test_one_line_of_kishida_has_two_wordings_and_three_datings(book: ClaimBook) -> None:
    (line,) = [one for one in book.lines() if one.key == "UKR_TODAY"]
    assert (len(line.quotes), len(line.wordings), len(line.datings)) == (5, 2, 3)
    assert line.speakers == ("JPN.KISHIDA",)


def test_open_predictions_are_kept_apart_from_advice(book: ClaimBook) -> None:
    assert {claim.nature for claim in book.predictions()} == {"prediction"}
    assert {claim.kind for claim in book.of_nature("advice")} == {"normative"}
    assert len(book.predictions()) > 5
