"""The part of a brief that rests on imported event data."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from comity.cases import Case, open_case
from comity.events import EVENT_COLUMNS, find_reader
from comity.workbench.brief import Brief, to_html, to_markdown

from .brief_case import brief_case, brief_on

FIRST = date(2018, 11, 1)


def event(id: str, day: int, sender: str, receiver: str, type: str, sign: int) -> dict[str, object]:
    """Give one row of data in comity's own columns."""
    at = FIRST + timedelta(days=day)
    kind = "talk" if type == "CONSULT" else "deeds"
    return {
        "id": id,
        "date_start": at,
        "date_end": at,
        "precision": "day",
        "basis": "stated",
        "sender": sender,
        "receiver": receiver,
        "reciprocal": "false",
        "event_type": type,
        "event_kind": kind,
        "sign": sign,
        "confidence": "high",
        "summary": f"row {id}",
    }


# Eight days of force one way, then one meeting the other way: too little to measure back.
ROWS = [event(f"r{n}", 3 * n, "RUS", "UKR", "COERCE", -1) for n in range(8)]
ROWS.append(event("a", 29, "UKR", "RUS", "CONSULT", 1))


def with_data(tmp_path: Path, *, attached: bool = False) -> Case:
    """Make the small case and import the rows."""
    case = brief_case(tmp_path, attached=attached)
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, EVENT_COLUMNS)
        writer.writeheader()
        writer.writerows(ROWS)
    case.store.import_files(find_reader("comity"), [path], case.registry)
    return open_case(case.path)


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    return brief_on(with_data(tmp_path_factory.mktemp("data")), "RUS", "UKR")


def test_both_directions_and_both_memories_are_measured(brief: Brief) -> None:
    asked = [(tie.sender, tie.receiver, tie.half_life_days) for tie in brief.ties.ties]
    assert asked == [("RUS", "UKR", 730), ("UKR", "RUS", 730), ("RUS", "UKR", 14), ("UKR", "RUS", 14)]
    assert brief.ties.ties[0].at == date(2018, 12, 1)  # the day after the last row, 30 November


def test_a_measured_tie_has_words_number_and_interval(brief: Brief) -> None:
    first = brief.ties.ties[0].readings[0]
    assert first.kind == "all"
    assert first.in_words == "clearly hostile"
    assert first.acts == 8
    assert first.low is not None
    assert first.net is not None
    assert first.low <= first.net < 0


def test_too_little_is_refused_in_words(brief: Brief) -> None:
    back = brief.ties.ties[1].readings[0]
    assert (back.net, back.in_words, back.acts) == (None, "too little to measure", 1)
    assert "1 of 3 days" in back.refused


def test_the_first_line_gives_the_tie_the_end_of_the_data_and_their_age(brief: Brief) -> None:
    first = "".join(span.text for span in brief.standing[0])
    assert first.startswith("From event data to 30 November 2018, 7 years and 5 months before 1 May 2026")
    assert "Russia towards Ukraine is clearly hostile (net −0." in first
    assert "Ukraine towards Russia cannot be measured" in first


def test_months_count_acts_once_and_link_the_heaviest(brief: Brief) -> None:
    (november,) = brief.chronology.months
    assert (november.friendly, november.hostile, november.rows) == (1, 8, 9)
    assert len([span for span in november.top if span.row]) == 3


def test_every_number_of_the_ties_opens_data_rows(brief: Brief) -> None:
    rows = {one.row: one for one in brief.evidence if one.what == "data row"}
    lists = {count.row: count.acts for count in brief.counts}
    reading = brief.ties.ties[0].readings[0]
    assert len(lists[reading.row]) == 8
    assert set(lists[reading.row]) <= set(rows)
    assert all("rows.csv" in one.place for one in rows.values())


def test_the_chart_follows_the_tie_and_shows_its_acts(brief: Brief) -> None:
    chart = brief.ties.charts[0]
    assert chart.points[-1].at == date(2018, 12, 1)
    assert chart.points[0].net is None  # one act so far
    assert len(chart.ticks) == 8
    page = to_html(brief)
    assert "Russia → Ukraine, half-life 730 days" in page
    assert page.count('class="cf"') == 6  # counts, timeline, network, ledger, a chart for each direction


def test_the_other_formats_have_the_ties_too(brief: Brief) -> None:
    assert "| Russia → Ukraine | relationship (730 days), own | all | clearly hostile | -" in to_markdown(
        brief
    )


def test_data_that_begin_later_are_said_to(tmp_path: Path) -> None:
    brief = brief_on(with_data(tmp_path), "RUS", "UKR", today=date(2018, 10, 1))
    assert brief.ties.ties == ()
    assert "begin on 1 November 2018, after the day of this brief" in brief.ties.how_to_import


def test_what_the_import_did_is_said(brief: Brief) -> None:
    said = "\n".join("".join(span.text for span in line) for line in brief.unknown)
    assert "Of 9 imported rows, 9 were accepted, 0 set aside" in said
    assert any("SHA-256" in source.edition for source in brief.sources)
