"""Names that nobody knows: what they are, and what an alias in a case makes of them."""

from datetime import date

from comity.actors import load_registry
from comity.events import unmapped_names
from comity.provenance import TableRow

DAY = date(2014, 6, 1)


def state(name: str) -> tuple[str, tuple[str, ...]]:
    (found,) = unmapped_names([(name, 3)], load_registry(), at=DAY)
    return found.state, found.candidates


def test_each_name_is_told_what_it_lacks() -> None:
    assert state("Jpan")[0] == "unknown"
    assert "JPN" in state("Jpan")[1]
    assert state("Brussels")[0] == "several actors"
    assert set(state("Brussels")[1]) == {"BEL", "EU"}
    assert state("Middle East") == ("a region", ("MIDDLE_EAST",))
    assert state("Shinzo Abe") == ("no office on the day", ("JPN.ABE",))
    assert state("Japan") == ("known now", ("JPN",))


def test_an_alias_of_the_case_makes_a_name_known() -> None:
    columns = dict.fromkeys(
        ("id", "name", "kind", "part_of", "aliases", "member_of", "valid_from", "valid_to", "successor",
         "office", "office_of", "office_from", "office_to", "source", "checked"), ""
    )  # fmt: skip
    row = TableRow("actors.csv", 2, columns | {"id": "JPN", "aliases": "Land of Made-up"})
    registry = load_registry().with_rows([row])
    names = [("Land of Made-up", 9), ("Nobody", 2)]
    assert [one.state for one in unmapped_names(names, registry, at=DAY)] == ["known now", "unknown"]
