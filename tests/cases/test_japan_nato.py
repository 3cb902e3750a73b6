"""The embedded case: complete against the annotation, in our own words, each real event once."""

import csv
import json
import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from comity.cases import Case, attach, check_case, open_case
from comity.cases.layout import TABLES
from comity.provenance import text_hash

WORD = re.compile(r"[^\W_]+")
RUN = 6  # words in a row that may not be a document's
GOLD_COUNTS = {
    "events": 186,
    "pledges": 72,
    "claims": 195,
    "quotes": 36,
}  # 52+44+95 events less 5 of low confidence


@pytest.fixture(scope="module")
def case() -> Case:
    return open_case("japan-nato")


def rows(name: str) -> list[dict[str, str]]:
    path = open_case("japan-nato").path / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def gold(shared: Path, name: str) -> list[dict[str, Any]]:
    folder = shared / "reference" / "gold"
    return [
        json.loads(line)
        for document in ("000", "002", "004")
        for line in (folder / document / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]


def texts(shared: Path) -> dict[str, Path]:
    return {path.name[:3]: path for path in sorted((shared / "reference" / "gold" / "texts").glob("*.txt"))}


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(GOLD_COUNTS))
def test_every_record_of_the_annotation_stands_at_its_place(shared: Path, name: str) -> None:
    coded = {row["id"]: row for row in rows(name)}
    records = [one for one in gold(shared, name) if one.get("confidence") != "low"]
    assert len(records) == GOLD_COUNTS[name]
    for one in records:
        row = coded[one["id"]]
        place = (row["document"], row["paragraph"], row["char_start"], row["char_end"])
        assert place == (one["doc"], str(one["par"]), str(one["start"]), str(one["end"])), one["id"]
        assert row["passage_sha256"] == text_hash(one["quote"]), one["id"]


@pytest.mark.shared
def test_dates_parties_and_what_did_not_happen_are_those_of_the_annotation(shared: Path) -> None:
    coded = {row["id"]: row for row in rows("events")}
    for one in gold(shared, "events"):
        if one["confidence"] == "low":
            continue
        row, when = coded[one["id"]], one["date"]
        assert [row["date_start"], row["date_end"]] == [when["start"] or "", when["end"] or ""], one["id"]
        assert (row["precision"], row["basis"], row["aux"]) == (
            when["precision"],
            when["basis"],
            one["aux"] or "",
        )
        assert [row["sender"], row["receiver"]] == [";".join(one["source"]), ";".join(one["target"])]
        assert row["event_type"] in (one["type"], *one["alt_types"]), one["id"]
        assert int(row["sign"]) == one["sign"], one["id"]


@pytest.mark.shared
def test_the_quoted_words_are_kept_as_place_and_hash_only(shared: Path) -> None:
    coded = {row["id"]: row for row in rows("quotes")}
    for one in gold(shared, "quotes"):
        row, said = coded[one["id"]], one["said"]
        kept = [row["said_start"], row["said_end"], row["said_sha256"]]
        expected = [str(said["start"]), str(said["end"]), text_hash(said["quote"])] if said else ["", "", ""]
        assert kept == expected, one["id"]


@pytest.mark.shared
def test_every_passage_is_found_in_the_attached_texts(shared: Path) -> None:
    case = open_case("japan-nato")
    attached = {document: attach(case, path) for document, path in texts(shared).items()}
    assert [one.mismatched for one in attached.values()] == [(), (), ()]
    # rows: 186 + 76 + 198 + 36; of the 36 quotations 27 mark the quoted words
    assert sum(one.passages for one in attached.values()) == 186 + 76 + 198 + 36 + 27
    assert check_case("japan-nato") == []


@pytest.mark.shared
def test_no_field_borrows_six_words_in_a_row(shared: Path) -> None:
    runs = set()
    for path in texts(shared).values():
        words = [word.casefold() for word in WORD.findall(path.read_text("utf-8"))]
        runs |= {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
    borrowed = [
        (name, row.get("id"), column)
        for name in TABLES
        for row in rows(name.removesuffix(".csv"))
        for column, value in row.items()
        if not column.endswith("sha256") and _runs(value) & runs
    ]
    settings = open_case("japan-nato").path / "case.toml"
    borrowed += [
        ("case.toml", None, line) for line in settings.read_text("utf-8").splitlines() if _runs(line) & runs
    ]
    assert borrowed == []


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [word.casefold() for word in WORD.findall(text)]
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def test_every_event_has_a_summary_of_at_most_twenty_words() -> None:
    lengths = {row["id"]: len(row["summary"].split()) for row in rows("events")}
    assert {id: length for id, length in lengths.items() if not 3 <= length <= 20} == {}


def test_a_key_joins_two_records_or_more() -> None:
    keys = Counter(row["event_key"] for row in rows("events") if row["event_key"])
    assert min(keys.values()) >= 2


def test_crimea_counts_once_and_its_condemnation_apart() -> None:
    keys = {row["id"]: row["event_key"] for row in rows("events")}
    assert {id for id, key in keys.items() if key == "crimea_2014"} == {"E000-07", "E002-07", "E004-58"}
    assert keys["E004-57"] == ""


def test_what_did_not_happen_enters_no_act(case: Case) -> None:
    not_happened = {row["id"] for row in rows("events") if row["aux"]}
    assert len(not_happened) == 12  # 8 denied, 1 supposed, 3 to come
    assert not_happened.isdisjoint(case.events.acts(basis="coded").id.tolist())


def test_the_aid_totals_stand_side_by_side_with_their_dates_and_bounds() -> None:
    totals = [row for row in rows("pledges") if row["pledge_key"] == "jpn_ukr_aid_total"]
    told = [(row["quantity"], row["bound"], row["currency"], row["as_of_start"][:4]) for row in totals]
    assert told == [("7100000000", "exact", "USD", "2023"), ("12000000000", "at_least", "USD", "2024")]
    assert all(row["definition"] for row in totals)
    assert {row["event_kind"] for row in rows("events") if row["event_key"] == "aid_total"} == {"talk"}


def test_what_goes_through_others_names_them() -> None:
    via = {row["id"]: (row["by"], row["via"], row["to"]) for row in rows("pledges")}
    assert via["P000-04"] == ("JPN", "NATO.TF_CAP", "UKR")
    assert via["P002-07"] == ("JPN", "USA", "UKR")
    assert via["P004-07"] == ("JPN", "NATO.TF_ANA", "AFG")


def test_the_fiscal_year_and_the_calendar_year_are_both_kept() -> None:
    deadlines = {
        row["id"]: (row["deadline_start"], row["deadline_end"])
        for row in rows("pledges")
        if row["pledge_key"] == "jpn_defence_2pct" and row["unit"] == "percent_of_gdp"
    }
    assert deadlines == {
        "P000-01": ("2027-04-01", "2028-03-31"),
        "P002-01": ("2027-01-01", "2027-12-31"),
    }


def test_the_programmes_stand_with_versions_areas_and_open_goals(case: Case) -> None:
    by_role = Counter((row["programme"], row["role"]) for row in rows("pledges") if row["programme"])
    assert by_role[("IPCP", "version")] == 3
    assert by_role[("IPCP", "activity")] == 5
    assert by_role[("ITPP", "review")] == 1
    ipcp = case.ledger.programme("IPCP", as_of=date(2024, 1, 1)).to_dict()
    versions = ipcp["versions"]
    assert isinstance(versions, list)
    assert [one["added"] for one in versions] == [[], [], ["consultation on East Asia", "human security"]]
    itpp = case.ledger.programme("ITPP", as_of=date(2024, 1, 1)).to_dict()
    goals = itpp["goals"]
    assert isinstance(goals, list)
    assert [(one["promised"], one["unknown"]) for one in goals if one["unit"] == "goals"] == [(16, 16)]


def test_a_line_told_in_several_wordings_is_one_line_with_variants() -> None:
    line = [row for row in rows("quotes") if row["line_key"] == "UKR_TODAY"]
    assert [row["id"] for row in line] == ["Q000-01", "Q000-02", "Q000-03", "Q002-01", "Q004-07"]
    assert len({row["said_sha256"] for row in line}) == 2
    assert {row["venue"] for row in line} == {"", "NATO Madrid Summit"}


def test_the_firsts_name_their_events() -> None:
    firsts = {row["id"]: row["first_of"] for row in rows("claims") if row["first_of"]}
    assert firsts == {
        "C004-37": "E004-66", "C004-70": "E004-16", "C004-71": "E004-37", "C004-72": "E004-75",
    }  # fmt: skip


def test_the_eras_shown_part_the_time_since_1945_without_gap(case: Case) -> None:
    shown = [era for era in case.eras if era.display]
    assert (shown[0].start, shown[-1].end) == (date(1945, 1, 1), None)
    for before, after in pairwise(shown):
        assert before.end is not None
        assert after.start == before.end + timedelta(days=1)


def test_every_actor_on_stage_has_a_name(case: Case) -> None:
    ids = {
        id for row in rows("events") for id in (*row["sender"].split(";"), *row["receiver"].split(";")) if id
    }
    assert all(case.name(id) for id in ids)
    assert {id for ids in case.theatres.values() for id in ids} >= {"JPN", "NATO", "RUS", "UKR"}
