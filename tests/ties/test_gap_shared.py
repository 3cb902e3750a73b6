"""Gaps on the published daily scores, against a computation that shares no code with the package."""

from pathlib import Path

import duckdb
import pytest

from comity.actors import load_registry
from comity.cases import open_case
from comity.events import MonthlyScores, read_scores
from comity.ties import Gap, measure_gap

pytestmark = pytest.mark.shared
THIRD = ("RUS", "CHN", "PRK")
# Members of NATO in the data from 2018 to 2023, without the United States; North Macedonia came in 2020.
MEMBERS = (
    "ALB", "BEL", "BGR", "CAN", "CZE", "DEU", "DNK", "ESP", "EST", "FRA", "GBR", "GRC", "HRV", "HUN", "ISL",
    "ITA", "LTU", "LUX", "LVA", "NLD", "NOR", "POL", "PRT", "ROU", "SVK", "TUR",
)  # fmt: skip
SQL = """
WITH days AS (
    SELECT CASE WHEN a = $third THEN b ELSE a END AS member, date_trunc('month', date) AS month,
        score::DOUBLE AS s
    FROM read_parquet($path) WHERE a = $third OR b = $third
), months AS (
    SELECT member, month, sum(s) / sum(abs(s)) AS tone FROM days GROUP BY ALL HAVING sum(abs(s)) > 0
), ties AS (
    SELECT member, avg(tone) AS tie FROM months
    WHERE month >= $first::DATE AND month <= $last::DATE GROUP BY member HAVING count(*) >= 3
)
SELECT (SELECT tie FROM ties WHERE member = 'JPN'),
    (SELECT avg(tie) FROM ties WHERE list_contains($members, member))
"""


@pytest.fixture(scope="module")
def path(shared: Path) -> Path:
    return shared / "data" / "gdelt_daily_net" / "net_2018_2023h1.parquet"


@pytest.fixture(scope="module")
def scores(path: Path) -> MonthlyScores:
    return read_scores([path], load_registry()).monthly()


def gap_of(scores: MonthlyScores, *, checks: bool = False) -> Gap:
    return measure_gap(scores, "JPN", "NATO", third=THIRD, view="members", without=["USA"], checks=checks)


def test_both_ties_are_those_of_plain_sql(scores: MonthlyScores, path: Path) -> None:
    found = gap_of(scores)
    assert len(found.periods) == 11
    for period in found.periods:
        members = [*MEMBERS, "MKD"] if period.label >= "2020-H2" else list(MEMBERS)
        for third in THIRD:
            asked = {"third": third, "path": str(path), "members": members}
            asked |= {"first": str(period.start), "last": str(period.end)}
            ((tie_a, tie_b),) = duckdb.execute(SQL, asked).fetchall()
            one = period.of(third)
            assert (one.a.tie, one.b.tie) == (pytest.approx(tie_a, abs=1e-9), pytest.approx(tie_b, abs=1e-9))


def test_the_embedded_series_gives_what_the_daily_scores_give(scores: MonthlyScores) -> None:
    daily, monthly = gap_of(scores), gap_of(open_case("japan-nato").scores)  # type: ignore[arg-type]
    for one, other in zip(daily.rows(), monthly.rows(), strict=True):
        assert (one["months"], one["rows"], one["quadrant"]) == (
            other["months"],
            other["rows"],
            other["quadrant"],
        )
        for name in ("tie_a", "tie_b", "gap", "low", "high"):
            assert one[name] == pytest.approx(other[name], abs=1e-6)


def test_the_rows_behind_a_point_add_up_to_its_months(scores: MonthlyScores) -> None:
    found = gap_of(scores)
    period = found.periods[8]
    for row in found.behind(period, "RUS"):
        days = [
            score
            for day, score in scores.days_behind(row.a, row.b, period.start, period.end)
            if str(day).startswith(row.month)
        ]
        assert len(days) == row.days
        assert sum(days) == pytest.approx(row.total)
        assert sum(map(abs, days)) == pytest.approx(row.size)


def test_the_checks_run_over_all_actors_of_the_data(scores: MonthlyScores) -> None:
    found = gap_of(scores, checks=True)
    for beside in found.placebo:
        assert beside["third_parties"]["n"] > 25
        assert beside["pairs"]["n"] > 15
        assert 0 < beside["third_parties"]["share"] <= 1
    assert {one["of"] for one in found.specifications["statements"]} == {54}
