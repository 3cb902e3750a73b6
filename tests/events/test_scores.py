"""Daily scores of pairs: undirected, never events, and compared by tone, not by sum."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.actors import load_registry
from comity.events import MonthlyScores, MonthScore, Scores, Tone, read_scores, scores_from_frame
from comity.provenance import BadValueError, NothingFoundError, UnreadableFileError

from .readers.made_up import written, zipped

REGISTRY = load_registry()
HEADER = "date,country_a,country_b,score"


def read(path: Path, *rows: str) -> Scores:
    return read_scores([written(path / "net.csv", HEADER, *rows)], REGISTRY)


def test_a_pair_has_one_order_whatever_the_file_prints(tmp_path: Path) -> None:
    scores = read(tmp_path, "2020-05-01,RUS,JPN,-3.5", "2020-05-02,JPN,RUS,1")
    assert (list(scores.a), list(scores.b)) == (["JPN", "JPN"], ["RUS", "RUS"])
    assert list(scores.score) == [-3.5, 1.0]
    assert len(scores.of("RUS", "JPN")) == 2


def test_tone_does_not_grow_with_the_number_of_news(tmp_path: Path) -> None:
    few = read(tmp_path, "2020-05-01,JPN,RUS,3", "2020-05-02,JPN,RUS,-1").tone()
    many = read(tmp_path, "2020-05-01,JPN,RUS,300", "2020-05-02,JPN,RUS,-100").tone()
    assert few == many == [Tone("JPN", "RUS", "2020-05", 0.5, 2, 0)]  # (3 - 1) / (3 + 1)


def test_a_month_of_zeros_has_no_tone(tmp_path: Path) -> None:
    (tone,) = read(tmp_path, "2020-05-01,JPN,RUS,0").tone()
    assert tone.tone is None


def test_a_day_that_all_pairs_lack_is_missing_and_no_silence(tmp_path: Path) -> None:
    scores = read(tmp_path, "2020-04-30,JPN,RUS,1", "2020-05-02,CHN,JPN,1", "2020-05-04,JPN,RUS,1")
    assert scores.missing == (date(2020, 5, 1), date(2020, 5, 3))
    assert [(one.b, one.month, one.missing) for one in scores.of("JPN", "RUS").tone()] == [
        ("RUS", "2020-04", 0), ("RUS", "2020-05", 2)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2020-05-32,JPN,RUS,1", "not a day of the calendar: 2020-05-32"),
        ("2020-05-02,JPN,Atlantis,1", "unknown actor: Atlantis"),
        ("2020-05-02,JPN,RUS,NaN", "score is not a number: NaN"),
        ("2020-05-02,JPN,RUS,1e99", "score is not a number: 1e99"),
        ("2020-05-02,RUS,RUS,1", "a pair with itself: RUS"),
        ("2020-05-01,RUS,JPN,2", "a second score of a pair and day: JPN RUS 2020-05-01"),
        ("2020-05-02,JPN,RUS", "wrong number of fields: 3"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line(tmp_path: Path, row: str, reason: str) -> None:
    scores = read(tmp_path, "2020-05-01,JPN,RUS,1", row)
    assert (len(scores), scores.refused) == (1, ((3, reason),))


def test_a_file_without_scores_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="Expected: date,country_a,country_b,score"):
        read_scores([written(tmp_path / "net.csv", "date,pair,score")], REGISTRY)
    with pytest.raises(NothingFoundError, match=r"no score can be used.*unknown actor"):
        read(tmp_path, "2020-05-01,JPN,Atlantis,1")


def test_packed_files_and_frames_give_the_same(tmp_path: Path) -> None:
    rows = ("2020-05-01,JPN,RUS,-3.5", "2020-05-02,JPN,RUS,1")
    path = tmp_path / "net.csv.zip"
    path.write_bytes(zipped("\n".join((HEADER, *rows))))
    packed = read_scores([path], REGISTRY)
    frame = pl.DataFrame(
        {
            "date": [date(2020, 5, 1), date(2020, 5, 2)],
            "a": ["JPN"] * 2,
            "b": ["RUS"] * 2,
            "score": [-3.5, 1.0],
        }
    )
    assert packed.tone() == scores_from_frame(frame, REGISTRY).tone() == read(tmp_path, *rows).tone()
    with pytest.raises(BadValueError, match="columns are missing"):
        scores_from_frame(frame.drop("a"), REGISTRY)


def test_a_month_adds_up_totals_sizes_and_days_by_sign(tmp_path: Path) -> None:
    days = [("01", 3), ("02", -1), ("03", 0), ("05", -2)]
    monthly = read(tmp_path, *(f"2020-05-{day},RUS,JPN,{score}" for day, score in days)).monthly()
    # 3 - 1 + 0 - 2 = 0; 3 + 1 + 0 + 2 = 6; the fourth of May is lost
    assert monthly.of("JPN", "RUS") == (MonthScore("JPN", "RUS", "2020-05", 0.0, 6.0, 4, 1, 2, 1),)
    assert (monthly.first_day, monthly.last_day) == (date(2020, 5, 1), date(2020, 5, 5))
    assert monthly.actors == ("JPN", "RUS")
    assert monthly.days_behind("RUS", "JPN", date(2020, 5, 2), date(2020, 5, 3)) == (
        (date(2020, 5, 2), -1.0),
        (date(2020, 5, 3), 0.0),
    )


def test_months_written_out_in_any_order_give_the_same(tmp_path: Path) -> None:
    rows = ("2020-05-01,JPN,RUS,3", "2020-06-02,JPN,RUS,-1", "2020-06-02,CHN,JPN,-1")
    monthly = read(tmp_path, *rows).monthly()
    again = MonthlyScores.of_rows(reversed(list(monthly.rows())))
    assert list(again.rows()) == list(monthly.rows())
    assert again.pairs == (("CHN", "JPN"), ("JPN", "RUS"))
    assert (again.first_day, again.last_day) == (date(2020, 5, 1), date(2020, 6, 30))  # whole months
    assert again.days_behind("JPN", "RUS", date(2020, 5, 1), date(2020, 6, 30)) == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(["CHN", "KOR", "RUS"]), st.dates(date(2020, 1, 1), date(2020, 4, 9)),
                  st.floats(-1e6, 1e6)),
        min_size=1, max_size=40, unique_by=lambda one: one[:2],
    )
)  # fmt: skip
def test_months_add_up_to_the_days(days: list[tuple[str, date, float]]) -> None:
    frame = pl.DataFrame(
        {
            "date": [day for _, day, _ in days],
            "a": [other for other, _, _ in days],
            "b": ["JPN"] * len(days),
            "score": [score for _, _, score in days],
        }
    )
    scores = scores_from_frame(frame, REGISTRY)
    monthly = scores.monthly()
    assert monthly.total.sum() == pytest.approx(scores.score.sum(), abs=1e-6)
    assert monthly.days.sum() == len(scores) == len(days)
    assert (abs(monthly.total) <= monthly.size * (1 + 1e-12)).all()
    assert sum(monthly.missing.values()) == len(scores.missing)


@pytest.mark.shared
def test_the_published_network_lacks_the_days_that_its_description_says(shared: Path) -> None:
    path = shared / "data" / "gdelt_daily_net" / "net_2018_2023h1.parquet"
    frame = pl.read_parquet(path).select(
        pl.col("date").dt.date(), pl.col("a").cast(pl.String), pl.col("b").cast(pl.String), "score"
    )
    ours = ["JPN", "RUS", "CHN", "USA"]
    scores = scores_from_frame(frame.filter(pl.col("a").is_in(ours), pl.col("b").is_in(ours)), REGISTRY)
    assert scores.refused == ()
    years = [day.year for day in scores.missing]
    assert [years.count(year) for year in range(2018, 2024)] == [0, 3, 11, 1, 13, 68]
    assert len(scores.of("JPN", "RUS")) == 1811  # 360 + 356 + 321 + 325 + 343 + 106
