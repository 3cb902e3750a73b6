"""series.csv: monthly sums of scores, read at once where they are sound and row by row where not."""

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from comity.cases import check_case, open_case

from .small_case import add_row, changed, small_case

ROOT = Path(__file__).resolve().parents[2]
ROW = {
    "a": "JPN", "b": "RUS", "month": "2005-02", "total": "3", "size": "4", "days": "2",
    "friendly_days": "1", "hostile_days": "1", "missing_days": "2", "source": "own",
}  # fmt: skip


def test_a_case_gives_the_months_of_a_pair_in_either_order(tmp_path: Path) -> None:
    folder = small_case(tmp_path)  # quoted, so read row by row
    add_row(folder, "series.csv", **{**ROW, "a": "RUS", "b": "JPN"})
    scores = open_case(folder).scores
    assert scores is not None
    january, february = scores.of("RUS", "JPN")
    assert (january.month, january.tone) == ("2005-01", -1.5 / 4.5)
    assert (february.total, february.size, february.missing) == (3.0, 4.0, 2)
    assert (scores.first_day, scores.last_day) == (date(2005, 1, 1), date(2005, 2, 28))
    assert dict(scores.missing) == {12 * 2005 + 1: 2}
    assert list(scores.editions) == ["series.csv", "own"]


def test_plain_and_quoted_tables_give_the_same(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    add_row(folder, "series.csv", **ROW)
    quoted = open_case(folder).scores
    table = folder / "series.csv"
    table.write_text(table.read_text("utf-8").replace('"', ""), "utf-8")
    plain = open_case(folder).scores
    assert quoted is not None
    assert plain is not None
    assert list(plain.rows()) == list(quoted.rows())


@pytest.mark.parametrize(
    "fault",
    [
        {"total": "4.1"},  # more than the sizes add up to
        {"friendly_days": "2"},  # 2 + 1 of 2 days
        {"missing_days": "30"},  # 2 + 30 days
        {"month": "2005-1"},
        {"source": "nobody"},
        {"total": "inf", "size": "inf"},
        {"size": ""},
        {"month": "2005-01", "a": "RUS", "b": "JPN"},  # again
    ],
)
def test_a_faulty_row_is_refused_counted_and_reported(tmp_path: Path, fault: dict[str, str]) -> None:
    folder = small_case(tmp_path)
    add_row(folder, "series.csv", **{**ROW, **fault})
    table = folder / "series.csv"
    table.write_text(table.read_text("utf-8").replace('"', ""), "utf-8")
    case = open_case(folder)
    assert case.scores is not None
    assert len(case.scores) == 1
    assert case.refused == {"series.csv": 1}
    assert {(one.file, one.line) for one in check_case(folder)} == {("series.csv", 3)}


def test_a_case_without_rows_has_no_scores(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    changed("series.csv")(folder)
    header = (folder / "series.csv").read_text("utf-8").splitlines()[0]
    (folder / "series.csv").write_text(header + "\n", "utf-8")
    assert open_case(folder).scores is None


def test_the_embedded_series_has_japan_and_members_with_the_third_parties_asked_about() -> None:
    scores = open_case("japan-nato").scores
    assert scores is not None
    for third in ("RUS", "CHN", "PRK", "USA"):
        assert len(scores.of("JPN", third)) == 66  # January 2018 to June 2023
        assert len(scores.of("POL", third)) > 30
    assert scores.daily is None


@pytest.mark.shared
def test_the_making_script_gives_the_embedded_series_again(shared: Path, tmp_path: Path) -> None:
    made = tmp_path / "series.csv"
    source = shared / "data" / "gdelt_daily_net" / "net_2018_2023h1.parquet"
    script = ROOT / "making" / "japan_nato_series.py"
    subprocess.run([sys.executable, script, source, "-o", made], check=True, capture_output=True)
    assert made.read_bytes() == (ROOT / "src/comity/cases/japan-nato/series.csv").read_bytes()
    listed = open_case("japan-nato").sources["gdelt"]
    assert hashlib.sha256(source.read_bytes()).hexdigest() == listed.sha256
