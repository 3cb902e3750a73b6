"""The tables of event types: complete, consistent, mended where known to be wrong."""

import csv
import re

import pytest

from comity.events import KINDS, load_ontology
from comity.events.ontology import mean_weight
from comity.provenance import BadValueError

ONTOLOGY = load_ontology()
CODES = ONTOLOGY.cameo


def test_every_code_has_a_known_type_mode_kind_and_a_reason() -> None:
    for code in CODES.values():
        assert (code.event_type, code.mode) in ONTOLOGY.plover, code.cameo_code
        assert code.kind in KINDS
        assert code.label
        assert code.reason
        assert code.source
        assert code.edition
        assert code.licence


def test_there_are_293_codes_and_20_headings_and_no_label_twice() -> None:
    # 292 codes with a Goldstein value in ICEWS's list, and 1214, which only the PLOVER conversion has
    assert sum(len(code) > 2 for code in CODES) == 293
    assert sum(len(code) == 2 for code in CODES) == 20
    labels = [code.label for code in CODES.values()]
    assert len(set(labels)) == len(labels)


def test_weights_of_types_are_the_means_of_their_codes() -> None:
    for (event_type, mode), one in ONTOLOGY.plover.items():
        of_mode = mean_weight(
            CODES.values(), lambda code, t=event_type, m=mode: code.event_type == t and code.mode == m
        )
        of_type = mean_weight(CODES.values(), lambda code, t=event_type: code.event_type == t)
        expected = of_mode if mode and of_mode is not None else of_type
        assert one.weight == expected, (event_type, mode)


def test_the_mean_leaves_headings_out() -> None:
    # MOBILIZE: 150 to 154 all have 7.2; CONSULT/visit: 042 has 1.9 and 043 has 2.8, mean 2.35
    assert ONTOLOGY.type_of("MOBILIZE").weight == 7.2
    assert ONTOLOGY.type_of("CONSULT", "visit").weight == 2.35


def test_accusing_is_hostile() -> None:
    assert ONTOLOGY.type_of("ACCUSE").sign == -1
    assert {code.sign for code in CODES.values() if code.event_type == "ACCUSE"} == {-1}


def test_economic_sanctions_stand_in_one_category() -> None:
    assert (CODES["163"].event_type, CODES["163"].mode) == ("SANCTION", "discontinue")
    assert CODES["163"].signed_weight == -8.0


@pytest.mark.parametrize(
    ("code", "sign"),
    [("0232", 1), ("1032", 1), ("106", 1), ("1042", -1), ("0242", -1), ("020", 1), ("100", -1)],
)
def test_a_call_for_help_or_a_meeting_is_friendly_and_one_for_change_is_not(code: str, sign: int) -> None:
    assert CODES[code].sign == sign


def test_a_plain_request_has_no_sign_of_its_own() -> None:
    assert ONTOLOGY.type_of("REQUEST").sign == 0


def test_signs_are_those_of_the_published_values_but_for_the_mended_ones() -> None:
    mended = {
        code.cameo_code for code in CODES.values() if code.sign != (code.weight > 0) - (code.weight < 0)
    }
    assert mended == {
        code for code in CODES if re.match("10[123678]", code)
    }  # demands for co-operation, help, meetings, settlement, mediation
    assert all("mended" in CODES[code].reason for code in mended)


def test_a_code_and_its_type_agree_on_the_sign() -> None:
    for code in CODES.values():
        usual = ONTOLOGY.type_of(code.event_type, code.mode).sign
        if usual and len(code.cameo_code) > 2:
            assert code.sign == usual, code.cameo_code


def test_meeting_signing_and_working_together_are_joint_but_praise_and_aid_are_not() -> None:
    assert all(CODES[code].joint for code in ("040", "042", "043", "057", "062"))
    assert not any(CODES[code].joint for code in ("051", "054", "072", "112", "190"))


def test_kinds_of_landmark_codes() -> None:
    kinds = {"010": "talk", "138": "talk", "054": "institutions", "057": "institutions",
             "161": "institutions", "072": "deeds", "163": "deeds", "190": "deeds"}  # fmt: skip
    assert {code: CODES[code].kind for code in kinds} == kinds


def test_an_unknown_type_or_mode_is_named_with_what_is_allowed() -> None:
    with pytest.raises(BadValueError, match=r"FIGHT.*ASSAULT"):
        ONTOLOGY.type_of("FIGHT")
    with pytest.raises(BadValueError, match=r"wave.*seize"):
        ONTOLOGY.type_of("COERCE", "wave")


@pytest.mark.shared
def test_values_are_those_published(shared) -> None:
    path = shared / "data" / "ontology" / "cameo_goldstein.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        published = {row["code"]: float(row["goldstein"]) for row in csv.DictReader(file, delimiter="\t")}
    assert {code: one.weight for code, one in CODES.items() if code != "1214"} == published


@pytest.mark.shared
def test_no_label_is_taken_over(shared) -> None:
    path = shared / "data" / "ontology" / "cameo_goldstein.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"].lower() for row in csv.DictReader(file, delimiter="\t")}
    same = [code for code, name in names.items() if CODES[code].label.lower() == name]
    assert same == []


@pytest.mark.shared
def test_types_are_those_of_the_conversion_but_for_the_documented_ones(shared) -> None:
    text = (shared / "data" / "ontology" / "CAMEO2PLOVER-2021.txt").read_text(encoding="utf-8")
    converted = dict(re.findall(r"^(\d{3,4}):\s*(\w+)", text, re.MULTILINE))
    differing = {code for code, name in converted.items() if CODES[code].event_type != name}
    assert differing == {"163"}
