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
