"""Scores kept as arrays: the same as parsed, and never those of another file."""

from pathlib import Path

import numpy as np
import pytest

from comity.cases import open_case
from comity.cases import series as series_file
from comity.cases.shelf import home_folder
from comity.events import MonthlyScores

from .small_case import small_case

LINES = (
    "JPN,RUS,2021-01,3,4,2,1,1,5,own",
    "JPN,RUS,2021-02,-1.25,4,2,1,1,0,own",
    "DEU,RUS,2021-01,0.1,1,3,2,1,5,own",
)


@pytest.fixture(autouse=True)
def _keep_small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_file, "WORTH_KEEPING", 0)


def case_with(tmp_path: Path, *lines: str) -> Path:
    folder = small_case(tmp_path)
    header = (folder / "series.csv").read_text("utf-8").replace('"', "").partition("\n")[0]
    (folder / "series.csv").write_text("\n".join([header, *lines]) + "\n", "utf-8")
    return folder


def scores_of(folder: Path) -> MonthlyScores:
    scores = open_case(folder).scores
    assert scores is not None
    return scores


def kept() -> list[Path]:
    return sorted((home_folder() / "cache" / "series").glob("*.bin"))


def test_what_is_recalled_is_what_was_parsed(tmp_path: Path) -> None:
    folder = case_with(tmp_path, *LINES)
    parsed = scores_of(folder)
    assert len(kept()) == 1
    recalled = scores_of(folder)
    for name in ("pair", "month", "total", "size", "days", "friendly_days", "hostile_days"):
        assert np.array_equal(getattr(parsed, name), getattr(recalled, name))
    for name in ("pairs", "missing", "first_day", "last_day", "editions"):
        assert getattr(parsed, name) == getattr(recalled, name)


def test_another_file_is_parsed_anew(tmp_path: Path) -> None:
    folder = case_with(tmp_path, *LINES)
    scores_of(folder)
    (folder / "series.csv").write_text(
        (folder / "series.csv").read_text("utf-8").replace("-1.25", "-2.5"), "utf-8"
    )
    assert scores_of(folder).of("JPN", "RUS")[1].total == -2.5


def test_what_is_kept_broken_is_passed_over(tmp_path: Path) -> None:
    folder = case_with(tmp_path, *LINES)
    scores_of(folder)
    (path,) = kept()
    for content in (b"", b"{}\n", path.read_bytes()[:-1], path.read_bytes()[:-1] + b"x", b"\xff\x00"):
        path.write_bytes(content)
        assert scores_of(folder).of("JPN", "RUS")[0].total == 3.0


def test_an_actor_that_the_case_no_longer_knows_is_refused_as_before(tmp_path: Path) -> None:
    folder = case_with(tmp_path, *LINES)
    scores_of(folder)
    sources = folder / "sources.toml"
    sources.write_text(sources.read_text("utf-8").replace('id = "own"', 'id = "other"'), "utf-8")
    case = open_case(folder)
    assert case.scores is None
    assert case.refused["series.csv"] == 3


def test_a_home_that_cannot_be_written_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "file"))  # no folder can be made below a file
    assert len(scores_of(case_with(tmp_path, *LINES))) == 3
