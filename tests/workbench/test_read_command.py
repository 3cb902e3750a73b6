"""``comity read`` and ``comity score-reading`` on the command line."""

import json
from pathlib import Path

import pytest

from comity.documents import MissingPartError
from comity.documents.model import load_model
from comity.workbench import main
from tests.conftest import missing

TEXT = "Kenya imposed sanctions on Uganda in May 2014. Norway pledged $50 million to Mali by 2027."


@pytest.fixture
def report(tmp_path: Path) -> Path:
    try:
        load_model()
    except MissingPartError as error:
        missing("read", str(error))
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_read_prints_one_object_a_line(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(report), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["kind"], one["sender"], one["receiver"]) for one in rows[:2]] == [
        ("event", ["KEN"], ["UGA"]),
        ("event", ["NOR"], ["MLI"]),
    ]
    for row in rows:
        for place in row["passages"]:
            assert TEXT[place["char_start"] : place["char_end"]]


COMMON = {
    "kind", "sender", "receiver", "event_type", "event_kind", "sign", "aux", "date_start", "date_end",
    "precision", "basis", "speaker", "passages", "verification", "coder",
}  # fmt: skip
PLEDGED = {"by", "to", "quantity", "unit", "currency", "deadline"}


def test_every_kind_of_candidate_has_the_keys_that_scripts_rely_on(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report.write_text(TEXT + " President Kenyatta said that “the lake belongs to all of us here.”", "utf-8")
    assert main(["read", str(report), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["kind"] for one in rows} == {"event", "pledge", "quote"}
    for row in rows:
        assert set(row) >= COMMON | (PLEDGED if row["kind"] == "pledge" else set())
        assert isinstance(row["sender"], list)
        assert isinstance(row["receiver"], list)
        assert all({"char_start", "char_end"} <= set(place) for place in row["passages"])
    (pledge,) = [one for one in rows if one["kind"] == "pledge"]
    assert (pledge["by"], pledge["to"], pledge["quantity"], pledge["currency"]) == (
        ["NOR"],
        ["MLI"],
        5e7,
        "USD",
    )
    assert pledge["deadline"]["end"] == "2027-12-31"


def test_reading_into_a_case_twice_keeps_one_set_of_drafts(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "mine"
    assert main(["new", str(case)]) == 0
    for _ in range(2):
        assert main(["read", str(report), "--case", str(case), "--json"]) == 0
    told = capsys.readouterr().err
    assert "added to sources.toml" in told
    assert "0 new drafts, 3 proposed before, decisions kept" in told
    assert len((case / "drafts" / "report.jsonl").read_text("utf-8").splitlines()) == 3


def test_a_document_that_the_case_dates_is_read_with_that_date(
    tmp_path: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "mine"
    report.write_text("Kenya imposed sanctions on Uganda last month.", "utf-8")
    assert main(["new", str(case)]) == 0
    assert main(["read", str(report), "--case", str(case), "--written", "2015-03-09", "--json"]) == 0
    capsys.readouterr()
    assert main(["read", str(report), "--case", str(case), "--json"]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["date_start"], row["date_end"]) == ("2015-02-01", "2015-02-28")


def test_drafts_are_not_kept_in_the_embedded_case(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(report), "--case", "japan-nato"]) == 1
    assert "read-only" in capsys.readouterr().err


def test_what_two_files_tell_is_one_record_with_the_passages_of_both(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "b" / "report.txt"
    other.parent.mkdir()
    other.write_text("On 7 May 2014 Kenya imposed sanctions on Uganda.", "utf-8")
    assert main(["read", str(report), str(other), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (sanction,) = [one for one in rows if one["event_type"] == "SANCTION"]
    assert [place["document"] for place in sanction["passages"]] == ["report", "report-2"]
    assert (sanction["date_start"], sanction["precision"]) == ("2014-05-07", "day")
    assert [one["precision"] for one in sanction["tellings"]] == ["month", "day"]
    assert sanction["conflicts"] == []


def test_read_shows_people_the_words(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(report)]) == 0
    assert "SANCTION" in capsys.readouterr().out


def test_a_window_that_ends_before_it_starts_is_refused(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(report), "--written", "2020-02-01..2020-01-01"]) == 2
    assert "ends (2020-01-01) before" in capsys.readouterr().err


def test_a_missing_model_is_named(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(report), "--model", "no_such_model"]) == 1
    assert "comity[read]" in capsys.readouterr().err


def test_a_folder_without_gold_is_not_scored(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score-reading", str(tmp_path)]) == 3
    assert "no gold annotation" in capsys.readouterr().err
