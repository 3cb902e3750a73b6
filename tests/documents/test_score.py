"""The scorer, on gold of our own making, and the floors on the shared gold."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.documents import Draft, Quotation, RulesCoder, read_gold, score_reading, score_sentences
from comity.documents.document import Document
from comity.documents.score import date_is_right
from comity.provenance import Dating

TEXT = "Kenya attacked Uganda in 1999. Norway helped Mali. Peru met Chile."


class Fixed:
    """A coder that gives the drafts that it was made with."""

    name = "fixed"

    def __init__(self, *drafts: Draft) -> None:
        self.drafts = list(drafts)

    def code(self, document: Document) -> list[Draft]:
        return self.drafts


def draft(words: str, sender: str, receiver: str, event_type: str, sign: int) -> Draft:
    return Draft(
        "event",
        (Quotation(words),),
        (sender,),
        (receiver,),
        event_type=event_type,
        event_kind="deeds",
        sign=sign,
    )


def record(
    id: str, words: str, sender: str, receiver: str, kind: str, sign: int, **more: Any
) -> dict[str, Any]:
    start = TEXT.index(words)
    undated = {"start": None, "end": None, "precision": "unknown", "basis": "none"}
    return {
        "id": id,
        "doc": "d",
        "par": 1,
        "start": start,
        "end": start + len(words),
        "also": [],
        "source": [sender],
        "dyads": [[sender, receiver]],
        "type": kind,
        "alt_types": [],
        "sign": sign,
        "confidence": "high",
        "date": undated,
        **more,
    }


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "d.txt").write_text(TEXT, "utf-8")
    (tmp_path / "docs.json").write_text(json.dumps({"documents": [{"id": "d", "file": "d.txt"}]}), "utf-8")
    (tmp_path / "d").mkdir()
    rows = [
        record("E1", "Kenya attacked Uganda", "KEN", "UGA", "ASSAULT", -1),
        record("E2", "Norway helped Mali", "NOR", "MLI", "SUPPORT", 1, alt_types=["AID"]),
        record("E3", "Peru met Chile", "PER", "CHL", "CONSULT", 1, confidence="low"),
    ]
    (tmp_path / "d" / "events.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    for kind in ("pledges", "quotes"):
        (tmp_path / "d" / f"{kind}.jsonl").write_text("\n{}\n".replace("{}", ""), "utf-8")
    return tmp_path


def measures(gold: Path, *drafts: Draft) -> dict[str, tuple[int, int, int]]:
    report = score_reading(read_gold(gold), Fixed(*drafts)).to_dict()
    rows: Any = report["scores"]
    return {
        one["measure"].removeprefix("events: "): (one["hits"], one["gold"], one["printed"]) for one in rows
    }


ATTACK = draft("Kenya attacked Uganda", "KEN", "UGA", "ASSAULT", -1)


def test_an_alternative_type_is_right(gold: Path) -> None:
    helped = draft("Norway helped Mali", "NOR", "MLI", "AID", 1)
    assert measures(gold, helped)["dyad and type"] == (1, 2, 1)


def test_the_other_direction_is_wrong(gold: Path) -> None:
    assert measures(gold, draft("Kenya attacked Uganda", "UGA", "KEN", "ASSAULT", -1))["dyad"] == (0, 2, 1)


def test_another_passage_is_wrong(gold: Path) -> None:
    assert measures(gold, draft("Norway helped Mali", "KEN", "UGA", "ASSAULT", -1))["dyad"] == (0, 2, 1)


def test_one_record_is_hit_once(gold: Path) -> None:
    helped = draft("Norway helped Mali", "NOR", "MLI", "AID", 1)
    again = draft("helped Mali", "NOR", "MLI", "AID", 1)
    assert measures(gold, helped, again)["dyad"] == (1, 2, 2)


def test_a_hit_on_low_confidence_counts_neither_way(gold: Path) -> None:
    met = draft("Peru met Chile", "PER", "CHL", "CONSULT", 1)
    assert measures(gold, ATTACK, met)["dyad and type"] == (1, 2, 1)


def test_a_wrong_sign_counts_for_the_dyad_only(gold: Path) -> None:
    wrong = draft("Kenya attacked Uganda", "KEN", "UGA", "ASSAULT", 1)
    found = measures(gold, wrong)
    assert (found["dyad"][0], found["dyad and sign"][0]) == (1, 0)


def test_the_report_says_what_was_missed_and_why(gold: Path) -> None:
    report = score_reading(read_gold(gold), Fixed(ATTACK))
    assert report.missed == [
        {"record": "E2", "pair": "NOR > MLI", "why": "nothing was found in this passage"}
    ]


def test_a_date_is_right_if_it_overlaps_and_is_no_longer() -> None:
    year = Dating(date(1999, 1, 1), date(1999, 12, 31), "year")
    month = Dating(date(1999, 5, 1), date(1999, 5, 31), "month")
    assert date_is_right(year, month)
    assert not date_is_right(month, year)
    assert not date_is_right(month, Dating(None, None, "unknown", "none"))


@pytest.mark.shared
def test_the_rules_hold_their_floors_on_the_shared_gold(shared: Path, coder: RulesCoder) -> None:
    report = score_reading(read_gold(shared / "reference" / "gold"), coder)
    scores = {one.name: one for one in report.scores}
    typed, signed = scores["events: dyad and type"], scores["events: dyad and sign"]
    assert (typed.precision or 0) >= 0.65
    assert (typed.recall or 0) >= 0.42
    assert (signed.recall or 0) >= 0.39
    assert (scores["pledges with an amount or a deadline"].recall or 0) >= 0.60
    assert (scores["quotations in marks"].recall or 0) >= 0.95
    floors = {"dates stated": 0.90, "speaker of quotations": 0.60, "passages faithful": 1.0}
    for name, floor in floors.items():
        right, of = report.shares[name]
        assert right >= floor * of, name


@pytest.mark.shared
def test_the_rules_hold_their_floors_on_the_shared_sentences(shared: Path, coder: RulesCoder) -> None:
    plover, *whom = score_sentences(shared / "reference" / "coding")
    for name, floor in {"category": 0.60, "dyad": 0.60, "all": 0.45}.items():
        right, of = plover.shares[name]
        assert right >= floor * of, name
    for name, floor in {"precision": 0.85, "recall": 0.60}.items():
        right = sum(one.shares[name][0] for one in whom)
        assert right >= floor * sum(one.shares[name][1] for one in whom), name
