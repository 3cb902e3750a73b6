"""Gaps on scores: ties by hand, members and who is left out, changes that split exactly, refusals."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.actors import UnknownActorError
from comity.events import MonthlyScores, MonthScore
from comity.provenance import NothingFoundError, UsageError
from comity.ties import Gap, gap_checks, measure_gap
from tests.ties.gap_worlds import always, make_scores

TWO_YEARS = [0.5] * 6 + [0.1] * 6 + [0.3] * 6 + [0.2] * 6


def gap_of(scores: MonthlyScores, a: str = "JPN", b: str = "KOR", **more: object) -> Gap:
    return measure_gap(scores, a, b, **{"third": ["RUS"], "checks": False, **more})  # type: ignore[arg-type]


def test_a_tie_is_the_mean_of_the_months_tones_not_the_tone_of_the_period() -> None:
    # Tones 1/2, 0, -1/2, 1, 1, 1: mean 0.5, though the sizes differ.
    months = [(5, 10), (0, 100), (-50, 100), (1, 1), (2, 2), (3, 3)]
    rows = [
        MonthScore(*pair, f"2020-{place:02d}", total, size, 9, 5, 4, 0)
        for pair in (("JPN", "RUS"), ("KOR", "RUS"))
        for place, (total, size) in enumerate(months, 1)
    ]
    one = gap_of(MonthlyScores.of_rows(rows)).periods[0].of("RUS")
    assert (one.a.tie, one.gap, one.months, one.rows) == (0.5, 0.0, 6, 108)


def test_gap_alignment_and_quadrant_follow_from_the_two_ties() -> None:
    scores = make_scores({"JPN RUS": [0.5] * 6, "KOR RUS": [-0.25] * 6})
    one = gap_of(scores).periods[0].of("RUS")
    assert (one.gap, one.alignment, one.quadrant) == (0.75, -0.125, "split: friend of JPN")


def test_a_change_splits_into_who_moved_and_a_fall_of_the_second_adds() -> None:
    scores = make_scores({"JPN RUS": [0.5] * 6 + [0.25] * 6, "KOR RUS": [0.5] * 6 + [0.125] * 6})
    (change,) = gap_of(scores).changes
    # JPN fell by .25; KOR fell by .375, which adds .375: the gap went from 0 to .125.
    assert (change.moved_a, change.moved_b, change.gap_change) == (-0.25, 0.375, 0.125)
    assert change.composition == 0.0


def test_changes_run_from_period_to_period_and_then_from_first_to_last() -> None:
    found = gap_of(make_scores({"JPN RUS": TWO_YEARS, "KOR RUS": [0.0] * 24}))
    steps = [(one.before.label, one.after.label) for one in found.changes]
    assert steps == [
        ("2020-H1", "2020-H2"), ("2020-H2", "2021-H1"), ("2021-H1", "2021-H2"), ("2020-H1", "2021-H2"),
    ]  # fmt: skip
    last = found.first_to_last("RUS")
    assert last is not None
    assert last.gap_change == pytest.approx(0.2 - 0.5)


def test_one_answer_gives_what_smaller_questions_would_give() -> None:
    tones = {"JPN RUS": TWO_YEARS, "KOR RUS": TWO_YEARS[::-1], "JPN PRK": TWO_YEARS, "KOR PRK": [0.0] * 24}
    scores = make_scores(tones)
    both = gap_of(scores, third=["RUS", "PRK"], checks=True)
    alone = gap_of(scores, third=["PRK"], checks=True)
    assert both.only(["PRK"]).to_dict() == alone.to_dict()
    earlier = gap_of(scores, until=date(2021, 6, 30)).first_to_last("RUS")
    assert earlier is not None
    assert both.change("RUS", both.periods[0], both.periods[2]).to_dict() == earlier.to_dict()


def test_a_check_runs_once_and_only_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []
    for name in ("placebo", "specifications"):
        monkeypatch.setattr(gap_checks, name, lambda *_, name=name: ran.append(name))
    found = gap_of(make_scores({"JPN RUS": TWO_YEARS, "KOR RUS": [0.0] * 24}), checks=True)
    assert ran == []
    for _ in range(2):
        assert found.placebo == [None]
        assert found.specifications is None
    assert ran == ["placebo", "specifications"]


def test_an_alliance_is_the_equal_mean_of_members_with_three_months() -> None:
    tones: dict[str, list[float | None]] = {
        "JPN RUS": [0.5] * 6,
        "POL RUS": [-0.5] * 6,
        "DEU RUS": [0.25, None, 0.25, None, 0.25, None],  # 3 months: counts as much as POL
        "ITA RUS": [1.0, 1.0, None, None, None, None],  # 2 months
    }
    registry = always("POL", "DEU", "ITA", "ESP", "RUS", "JPN")
    found = gap_of(make_scores(tones), b="CLUB", view="members", registry=registry, without=["ESP"])
    side = found.periods[0].of("RUS").b
    assert dict(side.ties) == {"DEU": 0.25, "POL": -0.5}
    assert side.tie == -0.125
    assert side.left_out == {
        "ESP": "left out as asked",
        "ITA": "2 of 3 months with RUS",
        "JPN": "is the other side",
        "RUS": "is the third party",
    }


def test_members_are_those_of_the_first_day_of_a_period_and_composition_is_told_apart() -> None:
    # North Macedonia joined NATO on 27 March 2020: not on the first day of the first half-year.
    tones = {"JPN RUS": [0.0] * 12, "POL RUS": [0.5] * 6 + [0.25] * 6, "MKD RUS": [-0.75] * 12}
    found = gap_of(make_scores(tones), b="NATO", view="members")
    assert [period.of("RUS").b.members for period in found.periods] == [("POL",), ("MKD", "POL")]
    (change,) = found.changes
    # The mean fell from .5 to -.25, so moved_b is .75. Those in both periods (POL) fell by .25 only.
    assert change.moved_b == 0.75
    assert change.composition == pytest.approx(0.5)


def test_the_body_itself_has_no_scores_and_is_refused_in_words() -> None:
    found = gap_of(make_scores({"JPN RUS": [0.5] * 6}), b="CLUB", registry=always("POL"))
    one = found.periods[0].of("RUS")
    assert one.refused == "CLUB: no scores with RUS"
    assert (one.gap, one.alignment, one.quadrant, one.low) == (None, None, None, None)
    assert not found.found
    assert any("see the view 'members'" in note for note in found.notes)


def test_two_months_are_no_period() -> None:
    tones: dict[str, list[float | None]] = {
        "JPN RUS": [0.5, 0.5, None, None, None, None],
        "KOR RUS": [0.5] * 6,
    }
    assert gap_of(make_scores(tones)).periods[0].of("RUS").refused == "JPN: 2 of 3 months with RUS"


def test_pooling_needs_three_members_and_draws_them_together() -> None:
    steady = {f"{one} RUS": [level, level + 0.1] * 12 for one, level in (("POL", 0.0), ("DEU", 0.2))}
    scores = make_scores({"JPN RUS": TWO_YEARS, **steady, "ITA RUS": [0.4, 0.5] * 12})
    pooled = (
        gap_of(scores, b="CLUB", view="pooled", registry=always("POL", "DEU", "ITA")).periods[0].of("RUS")
    )
    assert pooled.b.tie == pytest.approx(0.25)  # alike in how sure they are: the plain mean of .05, .25, .45
    two = gap_of(scores, b="CLUB", view="pooled", registry=always("POL", "DEU")).periods[0].of("RUS")
    assert two.refused == "CLUB: 2 of 3 members to pool have enough months"


def test_behind_a_gap_stand_its_pairs_and_months() -> None:
    found = gap_of(make_scores({"JPN RUS": [0.5] * 12, "KOR RUS": [0.1] * 12, "CHN RUS": [0.0] * 12}))
    rows = found.behind(found.periods[1], "RUS")
    assert {(row.a, row.b) for row in rows} == {("JPN", "RUS"), ("KOR", "RUS")}
    assert [row.month for row in rows][:6] == [f"2020-{month:02d}" for month in range(7, 13)]
    assert "JPN-RUS 2020-07" in found.trace().rows
    assert found.trace().sources == ("made up",)


def test_questions_that_make_no_sense_are_refused() -> None:
    scores = make_scores({"JPN RUS": TWO_YEARS, "KOR RUS": TWO_YEARS})
    with pytest.raises(UsageError, match="KOR is one of the pair"):
        gap_of(scores, third=["KOR"])
    with pytest.raises(UsageError, match="JPN with itself"):
        gap_of(scores, b="JPN")
    with pytest.raises(UsageError, match="asked for and left out"):
        gap_of(scores, without=["KOR"])
    with pytest.raises(UnknownActorError):
        gap_of(scores, third=["Atlantis"])
    with pytest.raises(NothingFoundError, match="no whole half-year"):
        gap_of(scores, since=date(2020, 2, 1), until=date(2020, 6, 30))
    with pytest.raises(NothingFoundError, match="no scores from 2030-01-01"):
        gap_of(scores, since=date(2030, 1, 1))


def test_a_span_beyond_the_data_is_cut_and_said() -> None:
    found = gap_of(make_scores({"JPN RUS": TWO_YEARS, "KOR RUS": TWO_YEARS}), since=date(2019, 1, 1))
    assert found.periods[0].label == "2020-H1"
    assert "the scores begin on 2020-01-01" in found.notes


def test_choices_that_change_nothing_are_named() -> None:
    scores = make_scores({"JPN RUS": [0.5] * 6, "POL RUS": [0.1] * 6})
    own = gap_of(scores, b="NATO", without=["USA"])
    assert "leaving out USA changes nothing: the view 'own' counts no members" in own.notes
    members = gap_of(scores, b="NATO", without=["USA", "SWE"], view="members")
    assert "SWE is no member of either side: leaving it out changes nothing" in members.notes
    assert not any(note.startswith("USA") for note in members.notes)


def test_days_without_any_score_are_named() -> None:
    found = gap_of(make_scores({"JPN RUS": [0.5] * 6, "KOR RUS": [0.1] * 6}, missing=2))
    assert "on 12 days of these periods no pair has a score: lost files, not silence" in found.notes


TONES = st.lists(st.floats(-1, 1), min_size=18, max_size=18)


@settings(max_examples=40, deadline=None)
@given(TONES, TONES, TONES)
def test_every_change_is_the_sum_of_what_the_two_moved(
    a: list[float], b: list[float], c: list[float]
) -> None:
    scores = make_scores({"JPN RUS": a, "POL RUS": b, "DEU RUS": c})
    found = gap_of(scores, b="CLUB", view="members", by="quarter", registry=always("POL", "DEU"))
    gaps = {period.label: period.of("RUS").gap for period in found.periods}
    for change in found.changes:
        before, after = gaps[change.before.label], gaps[change.after.label]
        assert before is not None
        assert after is not None
        assert abs((after - before) - (change.moved_a + change.moved_b)) < 1e-12
        assert abs(change.gap_change - (change.moved_a + change.moved_b)) < 1e-12


def test_the_order_of_rows_and_sides_changes_nothing() -> None:
    tones = {"JPN RUS": TWO_YEARS, "POL RUS": TWO_YEARS[::-1], "DEU RUS": TWO_YEARS}
    backwards = dict(reversed(tones.items()))
    registry = always("POL", "DEU")
    one = gap_of(make_scores(tones), b="CLUB", view="members", registry=registry)
    other = gap_of(make_scores(backwards), b="CLUB", view="members", registry=registry)
    assert one.to_dict() == other.to_dict()
    swapped = gap_of(make_scores(tones), a="CLUB", b="JPN", view="members", registry=registry)
    for period, turned in zip(one.periods, swapped.periods, strict=True):
        assert period.of("RUS").gap == pytest.approx(-(turned.of("RUS").gap or 0.0))
