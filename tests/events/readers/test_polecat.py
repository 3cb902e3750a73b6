"""POLECAT: PLOVER types and modes, several actors a row, files with faults."""

import pytest

from comity.events import load_ontology
from comity.events.readers import Aside, Kept, Polecat, Refused, Several
from comity.events.readers.polecat import COLUMNS

from .made_up import outcomes, polecat_row

HEADER = "\t".join(COLUMNS)


def read(**changes: object):
    (row,) = outcomes(Polecat(), [HEADER, polecat_row(**changes)])  # type: ignore[arg-type]
    return row


def only(row: object) -> Kept:
    assert isinstance(row, Several)
    assert len(row.pairs) == 1
    return row.pairs[0]


def test_a_row_of_two_parties_is_one_pair_weighed_as_plover_data_are() -> None:
    pair = only(read())
    assert (pair.sender, pair.receiver, pair.side) == ("JPN", "RUS", "state")
    assert (pair.event_type, pair.mode, pair.kind, pair.joint) == ("CONSULT", "visit", "talk", 1)
    assert pair.weight == load_ontology().reading("CONSULT", "visit").signed_weight
    assert pair.share == 1.0


def test_a_row_of_several_parties_gives_every_ordered_pair_its_share() -> None:
    row = read(actor=("Japan; NATO", "JPN; None", "740; None", "GOV; IGO"))
    assert isinstance(row, Several)
    found = [(pair.sender, pair.receiver, pair.share) for pair in row.pairs]
    assert found == [("JPN", "RUS", 0.5), ("NATO", "RUS", 0.5)]  # three parties: 1/(3 - 1)
    assert row.pairs[0].id != row.pairs[1].id


@pytest.mark.parametrize(
    ("party", "actor", "side"),
    [
        (("None", "JPN", "740", "GOV"), "JPN", "state"),
        (("None", "None", "740", "MIL"), "JPN", "state"),
        (("Ministry of Made-up Affairs", "JPN", "740", "GOV"), "JPN", "state"),
        (("Some Firm", "JPN", "740", "BUS"), "JPN", "nonstate"),
        (("Some Body", "JPN", "740", "None"), "JPN", "nonstate"),
        (("NATO", "IGO", "None", "IGO"), "NATO", "state"),
    ],
)
def test_whose_act_it_is(party: tuple[str, ...], actor: str, side: str) -> None:
    pair = only(read(actor=party))
    assert (pair.sender, pair.side) == (actor, side)


def test_rows_without_a_party_are_set_aside() -> None:
    nobody = ("None", "None", "None", "None")
    assert read(actor=nobody) == Aside(2, "no sender")
    assert read(recipient=nobody) == Aside(2, "no receiver")
    assert read(recipient=("Tokyo Police", "JPN", "740", "COP")) == Aside(2, "domestic")


def test_an_unknown_party_refuses_the_row_unless_others_on_its_side_are_known() -> None:
    row = read(actor=("Some Club", "None", "None", "None"))
    assert isinstance(row, Refused)
    assert (row.reason, row.unknown) == ("unknown actor", ("Some Club",))
    pair = only(read(actor=("Some Club; Japan", "None; JPN", "None; 740", "None; GOV")))
    assert (pair.sender, pair.summary, pair.share) == ("JPN", "with Some Club", 0.5)


def test_a_mode_that_comity_does_not_have_is_noted_and_the_type_kept() -> None:
    pair = only(read(mode="by pigeon"))
    assert (pair.event_type, pair.mode) == ("CONSULT", "")
    assert "by pigeon" in pair.summary


def test_spelling_of_modes_does_not_matter() -> None:
    assert only(read(mode="third_party")).mode == "third-party"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"event_type": "CHAT"}, "unknown event type"),
        ({"day": "05/01/2020"}, "not a day of the calendar"),
        ({"id": "None"}, "no event id"),
        ({"extra": ("more",)}, "wrong number of fields"),
        ({"actor": ("; ".join(["Japan"] * 21), "JPN", "740", "GOV")}, "too many actors"),
    ],
)
def test_a_faulty_row_is_refused(changes: dict[str, object], reason: str) -> None:
    row = read(**changes)
    assert isinstance(row, Refused)
    assert row.reason == reason


def test_empty_columns_at_the_end_do_no_harm() -> None:
    assert isinstance(read(extra=("", "")), Several)


def test_a_header_with_more_names_than_columns_is_recognised() -> None:
    names = [*COLUMNS[:7], "Headline", "Event Text", *COLUMNS[7:]]
    assert Polecat().recognises("\t".join(names))
    assert Polecat().recognises(HEADER.replace("Intensity", "Event Intensity"))
    assert not Polecat().recognises(HEADER.replace("Actor COW", "Actor"))
