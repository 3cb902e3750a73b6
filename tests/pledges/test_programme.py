"""A programme's versions, goals, activities, steps and review."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from comity.pledges import Ledger, Programme, Statement
from comity.provenance import NothingFoundError

Make = Callable[..., Statement]


@pytest.fixture(scope="session")
def world(make: Make) -> Ledger:
    """Build two programmes of invented allies: OLD of 2014, revised in 2018, and NEW of 2023."""

    def row(id: str, programme: str, role: str, **changed: Any) -> Statement:
        values = {"pledge_key": id, "kind": "programme", "by": ("ARC", "BOR"), "to": ()}
        values |= {"said": "2023-08-01..2023-12-31", "programme": programme, "role": role}
        return make(id, **(values | changed))

    return Ledger(
        [
            row("O1", "OLD", "version", version="2014", made="2014-05-01", items=("cyber", "sea"),
                stage="delivered", relations=("replaced_by:N3",)),
            row("O2", "OLD", "version", version="2018", made="2018-05-01", stage="delivered"),
            row("O3", "OLD", "version", version="2020", made="2020-06-01", stage="delivered",
                items=("cyber", "relief")),
            row("O4", "OLD", "activity", area="sea", object="a ship", period="2019-01-01..",
                kind="institutional_step"),
            row("O5", "OLD", "activity", area="cyber", object="a class", period="2016-01-01..2016-12-31"),
            row("O6", "OLD", "activity", area="cyber", object="a visit", period="2014-01-01..2023-12-31"),
            row("N1", "OLD", "", made="2022-01-01..2022-12-31", object="to replace it",
                relations=("led_to:N3",), stage="delivered"),
            row("N2", "NEW", "version", version="draft", made="2023-01-01..2023-01-31", stage="announced"),
            row("N3", "NEW", "version", version="2023", made="2023-07-01..2023-07-31", quantity=3.0,
                unit="goals", period="2023-01-01..2026-12-31", relations=("replaces:O1",)),
            row("N4", "NEW", "goal", object="share signals", kind="goal"),
            row("N5", "NEW", "review", object="to look again", kind="goal", stage="unknown"),
        ]
    )  # fmt: skip


def view(world: Ledger, name: str, day: str) -> Programme:
    return world.programme(name, as_of=date.fromisoformat(day))


def test_versions_are_compared_with_the_one_before(world: Ledger) -> None:
    first, second, third = view(world, "OLD", "2024-01-01").versions
    assert (first.label, first.areas, first.added) == ("2014", ("cyber", "sea"), ())
    assert (second.areas, second.areas_named, second.added, second.removed) == (
        ("cyber", "sea"),
        False,
        (),
        (),
    )
    assert (third.areas, third.added, third.removed) == (("cyber", "relief"), ("relief",), ("sea",))


def test_an_area_row_adds_an_area_and_a_lapsed_one_takes_it_out(make: Make) -> None:
    rows = [
        make("V1", programme="P", role="version", version="1", made="2014-01-01", items=("sea",)),
        make("V2", programme="P", role="version", version="2", made="2015-01-01"),
        make("A1", programme="P", role="area", version="2", area="air", made="2015-01-01"),
        make("A2", programme="P", role="area", version="2", area="sea", stage="lapsed"),
    ]
    second = Ledger(rows).programme("P", as_of=date(2024, 1, 1)).versions[1]
    assert (second.areas, second.added, second.removed) == (("air",), ("air",), ("sea",))


def test_later_versions_are_not_known_before_their_day(world: Ledger) -> None:
    assert [one.label for one in view(world, "OLD", "2018-04-30").versions] == ["2014"]
    assert [one.label for one in view(world, "OLD", "2018-05-01").versions] == ["2014", "2018"]


def test_unnamed_goals_are_slots_that_say_so(world: Ledger) -> None:
    (goals,) = view(world, "NEW", "2024-01-01").goals
    assert (goals.promised, goals.named, goals.unknown) == (3, ("share signals",), 2)
    assert goals.in_words() == [
        "goal 1 of 3: share signals",
        "goal 2 of 3: not named by these sources",
        "goal 3 of 3: not named by these sources",
    ]
    assert goals.to_dict()["slots"] == ["share signals", None, None]


def test_goals_without_a_number_leave_it_open(make: Make) -> None:
    ledger = Ledger([make(programme="P", role="goal", items=("one", "two"))])
    (goals,) = ledger.programme("P", as_of=date(2024, 1, 1)).goals
    assert goals.promised is None
    assert goals.in_words() == ["goal 1: one", "goal 2: two"]


def test_a_number_too_large_for_slots_is_not_laid_out(make: Make) -> None:
    ledger = Ledger([make(programme="P", role="version", version="1", quantity=1e9, unit="goals")])
    (goals,) = ledger.programme("P", as_of=date(2024, 1, 1)).goals
    assert goals.in_words() == ["1,000,000,000 more: not named by these sources"]


def test_activities_stand_by_area_and_year(world: Ledger) -> None:
    table = view(world, "OLD", "2024-01-01").by_area_and_year()
    assert {area: {year: len(done) for year, done in years.items()} for area, years in table.items()} == {
        "cyber": {"2016": 1, "year not named (2014 to 2023)": 1},
        "sea": {"since 2019": 1},
    }


def test_the_steps_are_promise_draft_agreed_under_way_review(world: Ledger) -> None:
    steps = [(step.name, step.statement) for step in view(world, "NEW", "2024-01-01").chain]
    assert steps == [
        ("promise", "N1"),
        ("draft", "N2"),
        ("agreed", "N3"),
        ("under way", "N3"),
        ("review", "N5"),
    ]


def test_a_step_that_no_source_names_is_shown_as_missing(world: Ledger) -> None:
    chain = view(world, "NEW", "2023-02-01").chain
    assert [step.in_words for step in chain if step.name == "agreed"] == [
        "agreed: not named by these sources"
    ]


def test_a_draft_is_no_version(world: Ledger) -> None:
    programme = view(world, "NEW", "2023-02-01")
    assert ([one.label for one in programme.versions], [one.label for one in programme.drafts]) == (
        [],
        ["draft"],
    )


def test_predecessor_and_successor_are_found_by_their_relations(world: Ledger) -> None:
    assert view(world, "NEW", "2024-01-01").predecessors == ("OLD",)
    assert view(world, "OLD", "2024-01-01").successors == ("NEW",)
    assert view(world, "OLD", "2023-06-30").successors == ()  # NEW was not agreed yet


def test_a_review_is_due_after_the_last_day(world: Ledger) -> None:
    on_the_day, after = view(world, "NEW", "2026-12-31"), view(world, "NEW", "2027-01-01")
    assert not on_the_day.review_due
    assert after.review_due
    assert "its time ended on 31 December 2026" in after.review.in_words
    assert "called for with no date set (document D, N5)" in after.review.in_words


def test_a_replaced_programme_is_not_due(world: Ledger) -> None:
    review = view(world, "OLD", "2030-01-01").review
    assert (review.due, review.in_words) == (False, "not due: OLD was replaced by NEW")


def test_a_name_is_found_in_any_case_and_an_unknown_one_gets_its_nearest(world: Ledger) -> None:
    assert view(world, "new", "2024-01-01").name == "NEW"
    with pytest.raises(NothingFoundError, match=r"no programme 'NEWS'.*Nearest: NEW"):
        view(world, "NEWS", "2024-01-01")


def test_a_programme_of_which_nobody_had_spoken_is_not_found(world: Ledger) -> None:
    with pytest.raises(NothingFoundError, match="no source had spoken of the programme NEW by 2020-01-01"):
        view(world, "NEW", "2020-01-01")


def test_what_authors_wrote_is_escaped_in_a_notebook(make: Make) -> None:
    row = make(programme="P", role="activity", area="<b>", object="<script>", made="2020-01-01")
    page = Ledger([row]).programme("P", as_of=date(2024, 1, 1))._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
