from datetime import date

from comity.actors import Obligation, Treaty
from comity.workbench.obligations import SELECTION, treaty_lines, treaty_record
from tests.workbench.conftest import Comity


def owed(member: str, *owes: str, source: str = "ATOP") -> Obligation:
    return Obligation(member, "T", owes, source=source, checked=source == "ATOP")


def treaty(*obligations: Obligation, name: str = "Pact", organisation: str = "") -> Treaty:
    return Treaty("T", name, organisation=organisation, obligations=obligations)


DAY = date(2000, 1, 1)


def test_what_both_sides_owe_is_said_once() -> None:
    lines = treaty_lines([treaty(owed("JPN", "consultation"), owed("USA", "consultation"))], "JPN", DAY)
    assert lines == [
        "treaties in comity's selection on 2000-01-01: 1, with partners: 1",
        "  Pact (USA): consultation [ATOP; checked]",
        f"  the selection has {SELECTION}",
    ]


def test_what_differs_is_said_for_both_sides() -> None:
    lines = treaty_lines([treaty(owed("JPN"), owed("USA", "consultation", "defense"))], "JPN", DAY)
    assert lines[1] == "  Pact (USA): owes nothing, is owed defense, consultation [ATOP; checked]"


def test_two_sources_are_both_named() -> None:
    both = treaty(owed("JPN", "consultation"), owed("JPN", "defense", source="text"), owed("USA", "defense"))
    assert treaty_lines([both], "JPN", DAY)[1] == (
        "  Pact (USA): owes consultation, is owed defense [ATOP; checked]; defense [text; unchecked]"
    )


def test_an_alliance_counts_all_its_members() -> None:
    pact = treaty(owed("JPN", "defense"), owed("USA", "defense"), organisation="PACT")
    assert treaty_lines([pact], "PACT", DAY)[1] == "  Pact (2 partners): defense [ATOP; checked]"


def test_long_lists_stop_at_twelve_lines_with_the_most_binding_first() -> None:
    many = [treaty(owed("JPN", "consultation"), owed("USA"), name=f"No. {number}") for number in range(20)]
    lines = treaty_lines([*many, treaty(owed("JPN", "defense"), owed("USA"))], "JPN", date(2020, 1, 1))
    assert len(lines) == 12
    assert lines[1].startswith("  Pact (USA)")
    assert lines[-1].startswith("  12 more with --json; ATOP ends in 2018")  # 21 treaties, 9 shown


def test_a_record_names_partners_and_sources() -> None:
    record = treaty_record(treaty(owed("JPN", "defense"), owed("USA")), "JPN")
    assert (record["id"], record["partners"]) == ("T", ["USA"])
    assert [(one["member"], one["owes"], one["source"]) for one in record["obligations"]] == [
        ("JPN", ["defense"], "ATOP"),
        ("USA", [], "ATOP"),
    ]


def test_the_actor_command_shows_both_codings_of_japan_and_the_united_states(comity: Comity) -> None:
    printed = comity("actor", "Japan", "--at", "2023-07-12").out
    assert "owes nonaggression, consultation, is owed defense, nonaggression, consultation [ATOP" in printed
    assert "defense [text of the treaty, article 5; unchecked]" in printed
    answer = comity("actor", "Japan", "--at", "2023-07-12", "--json").json
    assert list(answer)[:3] == ["id", "kind", "stands_for"]
    assert {"ATOP3375", "ATOP3815"} <= {one["id"] for one in answer["treaties"]}


def test_where_the_selection_has_no_treaty_the_actor_command_says_what_it_leaves_out(comity: Comity) -> None:
    printed = comity("actor", "Nauru", "--at", "2024-01-01").out
    assert "treaties in comity's selection on 2024-01-01: none" in printed
    assert "only treaties that bind two of AUS, CHN" in printed
    assert "others are left out" in comity("actor", "Nauru", "--json").json["treaty_selection"]


def test_without_a_day_no_treaty_is_listed(comity: Comity) -> None:
    assert comity("actor", "Japan", "--json").json["treaties"] == []
    assert "treaties" not in comity("actor", "Japan").out
