"""What a brief gathers: one line a deed, counts that open their acts, and what is missing said."""

from datetime import date
from pathlib import Path

import pytest

from comity.actors import UnknownActorError
from comity.cases import open_case
from comity.events import tally
from comity.provenance import UsageError
from comity.workbench.brief import Brief, to_html
from comity.workbench.brief.span import Line

from .brief_case import EVENTS, brief_case, brief_on


def words(line: Line) -> str:
    return "".join(span.text for span in line)


def evidence_rows(brief: Brief) -> set[str]:
    return {one.row for one in brief.evidence}


def test_several_documents_telling_one_act_are_one_line_with_all_sources(tmp_path: Path) -> None:
    brief = brief_on(brief_case(tmp_path))
    madrid = next(act for act in brief.chronology.acts if act.id == "E1")
    assert madrid.rows == ("E1", "E2")
    assert madrid.when == "June 2022"  # the finer of the two dates
    assert words(madrid.refs) == "One 2022, ¶1; Two 2024, ¶1"
    assert madrid.other_dates == ("Two 2024: 2022",)


def test_acts_stand_in_order_of_their_days_and_far_ones_are_left_out(tmp_path: Path) -> None:
    brief = brief_on(brief_case(tmp_path))
    # E5 1983, E4 from 1993, E7 24 February 2022, E1 June 2022, E6 February 2023; E8 joins neither.
    assert [act.id for act in brief.chronology.acts] == ["E5", "E4", "E7", "E1", "E6"]
    assert [act.reach for act in brief.chronology.acts] == ["side", "pair", "around", "pair", "side"]


def test_a_denied_act_stands_apart_and_enters_no_count(tmp_path: Path) -> None:
    brief = brief_on(brief_case(tmp_path))
    assert [act.id for act in brief.chronology.apart] == ["E3"]
    assert all("E3" not in count.acts for count in brief.counts)


def test_the_counts_are_those_of_the_events_room(tmp_path: Path) -> None:
    case = brief_case(tmp_path)
    brief = brief_on(case)
    ours = {
        (cell.era, cell.kind): (cell.friendly, cell.hostile, cell.neither)
        for era in brief.record.eras
        for cell in era.cells
    }
    theirs = {
        (row["label"], row["kind"]): (row["friendly"], row["hostile"], row["neutral"])
        for row in tally(case.events, case.eras, actors=("JPN", "NATO"))
        if row["era"]
    }
    assert ours == theirs
    assert ours["Since the Cold War", "talk"] == (1, 0, 0)
    by_era = [act.era for act in brief.chronology.acts if act.reach == "pair"]
    assert by_era == ["since", "since"]  # the chronology places them as the counts do


def test_an_act_without_a_start_is_named_outside_the_table(tmp_path: Path) -> None:
    open_start = {**EVENTS[0], "event_key": "", "date_start": "", "precision": "era"}
    brief = brief_on(brief_case(tmp_path, events=[open_start]))
    assert "1 act (no. 1)" in words(brief.record.outside)
    assert sum(cell.friendly for era in brief.record.eras for cell in era.cells) == 0


def test_every_number_opens_rows_that_are_there(tmp_path: Path) -> None:
    brief = brief_on(brief_case(tmp_path))
    rows = evidence_rows(brief)
    lists = {count.row for count in brief.counts}
    for count in brief.counts:
        assert set(count.acts) <= rows
    for line in (*brief.standing, *(fact.value for fact in brief.facts), *brief.unknown):
        assert {span.row for span in line if span.row} <= rows | lists


def test_the_first_line_says_where_it_stands_when_it_ends_and_how_old_that_is(tmp_path: Path) -> None:
    first = words(brief_on(brief_case(tmp_path)).standing[0])
    assert "As told by One 2022 and Two 2024" in first
    assert "only friendly: 2 acts, 2 friendly and 0 hostile" in first
    assert "an act of June 2022, 3 years and 10 months before 1 May 2026" in first
    assert "written up to December 2024" in first


def test_a_brief_knows_nothing_that_came_after_its_day(tmp_path: Path) -> None:
    brief = brief_on(brief_case(tmp_path), today=date(2022, 3, 1))
    # Ukraine is no neighbour before E6, so E7 is not told; E1 and E6 are still to come.
    assert [act.id for act in brief.chronology.acts] == ["E5", "E4"]


def test_a_period_keeps_what_touches_it(tmp_path: Path) -> None:
    brief = brief_on(brief_case(tmp_path), start=date(2022, 3, 1), end=date(2022, 12, 31))
    # E4 runs on from 1993; E7 ended in February 2022 and E6 came in 2023.
    assert [act.id for act in brief.chronology.acts] == ["E4", "E1"]


def test_an_attached_document_shows_the_passage_in_its_paragraph(tmp_path: Path) -> None:
    brief = brief_on(brief_case(tmp_path, attached=True))
    found = next(one for one in brief.evidence if one.row == "E3")
    assert found.words is not None
    assert found.words.before == "They "
    assert found.words.passage == "never met before 1990"
    assert found.words.after == ". Russia brought them together."


def test_without_the_document_the_place_is_given(tmp_path: Path) -> None:
    found = next(one for one in brief_on(brief_case(tmp_path)).evidence if one.row == "E3")
    assert found.words is None
    assert found.citation == "Ann One. (2022). Report d1"
    assert found.place == "Paragraph 2, characters 42 to 63."


def test_pledges_stand_with_figures_side_by_side_and_overdue_in_words(tmp_path: Path) -> None:
    section = brief_on(brief_case(tmp_path), "JPN", "UKR").pledges
    (aid,) = section.pledges
    assert aid.overdue
    assert "the deadline of 31 December 2024 has passed" in aid.status_in_words
    figures = [words(line) for line in aid.figures]
    assert any("7" in one for one in figures)
    assert any("more than USD 12" in one for one in figures)
    assert not any("19" in one for one in figures)  # never 7 + 12


def test_opposite_claims_stand_side_by_side(tmp_path: Path) -> None:
    views = brief_on(brief_case(tmp_path)).views
    (conflict,) = views.conflicts
    assert conflict.about == "Japan – NATO, over Russia"
    assert [side.holders for side in conflict.sides] == ["Ann One", "Bo Two"]
    assert [side.says[0] for side in conflict.sides] == ["+", "−"]


def test_forecast_and_advice_are_kept_apart(tmp_path: Path) -> None:
    views = brief_on(brief_case(tmp_path)).views
    assert ["They will meet again" in words(line) for line in views.predictions] == [True]
    assert ["They should meet" in words(line) for line in views.advice] == [True]


def test_one_line_with_two_tellings_is_one_entry_with_variants(tmp_path: Path) -> None:
    (told,) = brief_on(brief_case(tmp_path)).views.lines
    assert len(told.versions) == 2


def test_one_act_dated_differently_is_shown_with_both_dates(tmp_path: Path) -> None:
    (act,) = brief_on(brief_case(tmp_path)).views.dates
    assert [words(line) for line in act.versions] == ["June 2022 (One 2022, ¶1)", "2022 (Two 2024, ¶1)"]


def test_thin_years_are_named(tmp_path: Path) -> None:
    early = {**EVENTS[0], "id": "E0", "event_key": "", "date_start": "2019-05-01", "date_end": "2019-05-31"}
    brief = brief_on(brief_case(tmp_path, events=[early, EVENTS[0]]))
    assert any(
        "no act between the two is dated to 2020–2021 (of 2019 to 2022)" in words(one)
        for one in brief.unknown
    )


def test_a_pair_without_data_says_what_is_missing_and_how_to_add_it(tmp_path: Path) -> None:
    brief = brief_on(brief_case(tmp_path), "BRA", "THA")
    assert "holds nothing that passed between Brazil and Thailand" in words(brief.standing[0])
    assert any("events.csv" in one for one in brief.missing)
    assert any("comity import icews" in one for one in brief.missing)
    assert brief.facts == ()


def test_names_are_resolved_and_unknown_ones_refused(tmp_path: Path) -> None:
    case = brief_case(tmp_path)
    assert brief_on(case, "Tokyo", "NATO").a == "JPN"
    with pytest.raises(UnknownActorError):
        brief_on(case, "Japn", "NATO")


def test_one_actor_twice_is_no_brief(tmp_path: Path) -> None:
    case = brief_case(tmp_path)
    with pytest.raises(UsageError, match="itself"):
        brief_on(case, "RUS", "SUN")
    with pytest.raises(UsageError, match="ends"):
        brief_on(case, start=date(2022, 1, 1), end=date(2021, 1, 1))


def test_the_same_case_and_day_give_the_same_brief(tmp_path: Path) -> None:
    case = brief_case(tmp_path)
    assert brief_on(case) == brief_on(case)
    assert brief_on(case).run == brief_on(case).run
    assert brief_on(case).run != brief_on(case, today=date(2026, 5, 2)).run


def test_a_case_that_names_no_eras_has_its_record_and_timeline_in_one(tmp_path: Path) -> None:
    case = brief_case(tmp_path)
    settings = (case.path / "case.toml").read_text("utf-8")
    bare = settings[: settings.index("[[eras]]")] + settings[settings.index("[house_names]") :]
    (case.path / "case.toml").write_text(bare, "utf-8")
    rows = (case.path / "claims.csv").read_text("utf-8").splitlines()[0]
    (case.path / "claims.csv").write_text(rows + "\n", "utf-8")  # claims stand in eras
    brief = brief_on(open_case(case.path))
    (era,) = brief.record.eras
    assert (era.label, era.start, era.end) == ("All years", None, None)
    # Two friendly acts join Japan and NATO: the visit of 2022, told twice, and the exercises since 1993.
    assert sum(cell.friendly for cell in era.cells) == 2
    assert "Timeline of acts" in to_html(brief)
