"""The ledger on the pledges of the embedded case."""

from datetime import date
from importlib.resources import as_file, files

import pytest

from comity.actors import load_registry
from comity.pledges import Ledger, read_pledges_csv


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    with as_file(files("comity") / "cases" / "japan-nato" / "pledges.csv") as path:
        return Ledger(read_pledges_csv(path), registry=load_registry())


def test_the_aid_totals_of_two_dates_stand_side_by_side(ledger: Ledger) -> None:
    pledge = ledger.pledge("jpn_ukr_aid_total", as_of=date(2025, 1, 1))
    assert [(figure.bound_in_words, figure.amount) for figure in pledge.figures] == [
        ("", 7.1e9),
        ("more than", 12e9),
    ]
    assert [one.finding for one in pledge.comparisons] == ["rises over time"]
    early = ledger.pledge("jpn_ukr_aid_total", as_of=date(2023, 6, 1))
    assert [figure.amount for figure in early.figures] == [7.1e9]


def test_the_spending_target_keeps_both_calendars_and_falls_due_after_the_later_one(ledger: Ledger) -> None:
    pledge = ledger.pledge("jpn_defence_2pct", as_of=date(2028, 4, 1))
    assert [one.in_words for one in pledge.deadlines] == [
        "2027 (document 002)",
        "fiscal year April 2027 to March 2028 (document 000)",
    ]
    assert pledge.status.code == "overdue"
    assert pledge.status_at(date(2028, 3, 31)).code == "committed"


def test_the_fund_is_one_flow_on_which_two_documents_differ(ledger: Ledger) -> None:
    found = {
        actor: [one.key for one in ledger.flows(actor, as_of=date(2024, 1, 1))]
        for actor in ("JPN", "NATO", "UKR")
    }
    assert all(keys.count("jpn_ukr_nato_fund") == 1 for keys in found.values())
    pledge = ledger.pledge("jpn_ukr_nato_fund", as_of=date(2024, 1, 1))
    assert pledge.path.in_words == "JPN → NATO → UKR"
    assert pledge.sources_differ


def test_the_missiles_go_by_way_of_the_united_states(ledger: Ledger) -> None:
    pledge = ledger.pledge("jpn_ukr_patriots", as_of=date(2025, 1, 1))
    assert pledge.path.in_words == "JPN → USA → UKR"


def test_the_first_programme_has_three_versions_and_the_last_adds_two_areas(ledger: Ledger) -> None:
    programme = ledger.programme("IPCP", as_of=date(2024, 1, 1))
    assert [len(version.areas) for version in programme.versions] == [7, 7, 9]
    assert programme.versions[2].added == ("consultation on East Asia", "human security")
    assert programme.successors == ("ITPP",)
    assert programme.by_area_and_year()["cyber defence"].keys() == {"2019", "since 2019"}


def test_the_second_programme_has_sixteen_goals_that_nobody_names(ledger: Ledger) -> None:
    programme = ledger.programme("ITPP", as_of=date(2024, 1, 1))
    goals = programme.goals[0]
    assert (goals.promised, goals.named, goals.unknown) == (16, (), 16)
    assert goals.in_words()[6] == "goal 7 of 16: not named by these sources"
    assert [step.name for step in programme.chain if step.statement] == [
        "promise",
        "draft",
        "agreed",
        "under way",
        "review",
    ]
    assert not programme.review_due
    assert ledger.programme("ITPP", as_of=date(2027, 1, 1)).review_due
