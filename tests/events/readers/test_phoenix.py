"""Phoenix, daily and historical, and lines as KEDS prints them."""

import pytest

from comity.events.readers import Aside, HistoricalPhoenix, Keds, Kept, Phoenix, Refused
from comity.provenance import UnreadableFileError

from .made_up import HISTORICAL_HEADER, historical_row, outcomes, phoenix_row


def test_a_daily_row_is_kept() -> None:
    (row,) = outcomes(Phoenix(), [phoenix_row()])
    assert isinstance(row, Kept)
    assert (row.sender, row.receiver, row.cameo_code, row.day) == ("JPN", "RUS", "042", 18383)


def test_daily_ids_count_anew_in_every_file() -> None:
    (one,), (other,) = (outcomes(Phoenix(), [phoenix_row()], name=name) for name in ("a.txt", "b.txt"))
    assert one.id != other.id


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("IGOWSTNAT", ("NATO", "state")),
        ("IMGMUSISI", "an actor without a country"),
        ("---GOV", "an actor without a country"),
        ("JPNELI", ("JPN", "nonstate")),
        ("JPNGOVMED", ("JPN", "state")),
        ("PALPLO", ("PSE", "nonstate")),
        ("UNO", ("UN", "state")),
        ("IGOUNO", ("UN", "state")),
        ("IGOUNOREFHCR", ("UN", "state")),
        ("NGOIRC", ("ICRC", "nonstate")),
        ("USAGOVUNO", ("USA", "state")),
    ],
)
def test_codes_are_taken_apart_in_threes(source: str, expected: object) -> None:
    (row,) = outcomes(Phoenix(), [phoenix_row(source=source)])
    assert (row == Aside(1, expected)) if isinstance(expected, str) else (row.sender, row.side) == expected


@pytest.mark.parametrize("source", ["JPNGO", "QQQ", "QQQGOV"])
def test_a_code_that_nobody_knows_is_refused(source: str) -> None:
    (row,) = outcomes(Phoenix(), [phoenix_row(source=source)])
    assert row == Refused(1, "unknown actor", source, (source,))


def test_a_historical_row_is_read_by_its_header() -> None:
    (row,) = outcomes(HistoricalPhoenix(), [HISTORICAL_HEADER, historical_row()])
    assert (row.line, row.sender, row.receiver, row.day) == (2, "JPN", "RUS", 18383)


def test_forms_are_told_apart() -> None:
    assert Phoenix().recognises(phoenix_row())
    assert not Phoenix().recognises(HISTORICAL_HEADER)
    assert HistoricalPhoenix().recognises(HISTORICAL_HEADER)
    assert not HistoricalPhoenix().recognises("eid,story_date")


@pytest.mark.parametrize(
    "line", ["200501\tJPN\tRUS\t042\tlabel", "20200501 jpn RUS 042", "200501  JPN   RUS\t042"]
)
def test_keds_lines_come_with_tabs_or_spaces(line: str) -> None:
    assert Keds().recognises(line)
    (row,) = outcomes(Keds(), [line])
    assert (row.sender, row.receiver, row.day, row.mode) == ("JPN", "RUS", 18383, "visit")


def test_a_short_year_is_of_the_century_from_1945() -> None:
    rows = outcomes(Keds(), ["450902 JPN USA 042", "440902 JPN USA 042"])
    assert [row.day for row in rows] == [-8887, 27273]  # 1945-09-02 and 2044-09-02


def test_a_weis_file_is_refused_as_a_whole() -> None:
    with pytest.raises(UnreadableFileError, match=r"223 is a code of WEIS.*CAMEO version"):
        outcomes(Keds(), ["790415 ISR LEB 031", "790415 ISR LEB 223"])


def test_a_code_of_two_digits_is_refused() -> None:
    (row,) = outcomes(Keds(), ["790415 ISR LBN 10"])
    assert row.reason == "a code of two digits may have lost its zero"
