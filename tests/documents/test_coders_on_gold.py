"""What people coded goes through a model's answer or a file of annotations without loss."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.documents.model_server import Exchange, completion, rows, serving

from comity.documents import (
    AnnotationCoder,
    Coder,
    Endpoint,
    GoldDocument,
    ModelCoder,
    read,
    read_annotations,
    read_gold,
    score_reading,
)

pytestmark = pytest.mark.shared
Row = dict[str, Any]


@pytest.fixture
def gold(shared: Path) -> list[GoldDocument]:
    return read_gold(shared / "reference" / "gold")


def dates(value: Row | None, name: str) -> Row:
    value = value or {}
    return {f"{name}_start": value.get("start"), f"{name}_end": value.get("end")}


def event(row: Row) -> Row:
    return {
        "sender": row["source"],
        "receiver": row["target"],
        "reciprocal": row["reciprocal"],
        "event_type": row["type"],
        "mode": row["mode"],
        "sign": row["sign"],
        "aux": row["aux"] or "",
        "precision": row["date"]["precision"],
        "basis": row["date"]["basis"],
        "confidence": row["confidence"],
        **dates(row["date"], "date"),
    }


def pledge(row: Row) -> Row:
    return {
        "pledge_kind": row["kind"],
        "quantity": row["quantity"],
        "unit": None if row["quantity"] is None else row["unit"],
        "currency": row["currency"],
        **dates(row["deadline"], "deadline"),
    }


def answer(one: GoldDocument) -> str:
    quotes = [
        {
            "quotation": row["quote"],
            "said": row["said"] and row["said"]["quote"],
            "speaker": (row["speaker"] or "").split(),
            "mode": row["mode"],
        }
        for row in one.quotes
    ]
    return rows(
        events=[{"quotation": row["quote"], **event(row)} for row in one.events],
        pledges=[
            {"quotation": row["quote"], "by": row["by"], "to": row["to"], **pledge(row)}
            for row in one.pledges
        ],
        quotes=quotes,
    )


def is_lossless(gold: list[GoldDocument], coder: Coder) -> None:
    report = score_reading(gold, coder)
    recalls = {one.name: one.recall for one in report.scores}
    # One pair may be lost to its twin: two tellings of one act that the gold types differently.
    assert (recalls["events: dyad and type"] or 0) >= 0.99
    assert recalls["pledges with an amount or a deadline"] == 1.0
    right, of = report.shares["passages faithful"]
    assert right == of > 0
    for one in gold:
        result = read(one.document, coder)
        assert (result.refused, result.rejected) == ([], [])
        found = {(p.char_start, p.char_end) for c in result.candidates for p in c.passages}
        assert {(row["start"], row["end"]) for row in (*one.events, *one.pledges)} <= found


def test_gold_given_as_a_models_answer_comes_through_whole(gold: list[GoldDocument]) -> None:
    answers = {one.document.title: answer(one) for one in gold}
    assert len(answers) == len(gold)
    given: set[str] = set()

    def handle(exchange: Exchange) -> None:
        """Give all rows with the first part of a document, and none with the others."""
        title = exchange.asked["title"]
        exchange.send(completion(rows() if title in given else answers[title]))
        given.add(title)

    with serving(handle) as server:
        for one in gold:
            result = read(one.document, ModelCoder("m", Endpoint(server.url, "m")))
            assert (result.refused, result.rejected) == ([], [])
            found = {(p.char_start, p.char_end) for c in result.candidates for p in c.passages}
            assert {(row["start"], row["end"]) for row in (*one.events, *one.pledges)} <= found


def lines(gold: list[GoldDocument]) -> Iterator[Row]:
    for one in gold:
        for kind, found in (("event", one.events), ("pledge", one.pledges)):
            for row in found:
                sides = {"sender": row["by"], "receiver": row["to"]} if kind == "pledge" else {}
                coded = {**(event(row) if kind == "event" else pledge(row)), **sides}
                place = {"char_start": row["start"], "char_end": row["end"]}
                yield {"document": one.document.id, "kind": kind, **place, **coded}


def test_gold_given_as_a_table_comes_through_whole(gold: list[GoldDocument], tmp_path: Path) -> None:
    table = list(lines(gold))
    columns = list(dict.fromkeys(name for row in table for name in row))
    with (tmp_path / "coded.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        for row in table:
            writer.writerow({k: ";".join(v) if isinstance(v, list) else v for k, v in row.items()})
    is_lossless(gold, AnnotationCoder(read_annotations(tmp_path / "coded.csv")))


def test_gold_given_as_web_annotations_comes_through_whole(gold: list[GoldDocument], tmp_path: Path) -> None:
    items = []
    for row in lines(gold):
        text = next(one.document.text for one in gold if one.document.id == row["document"])
        start, end = row.pop("char_start"), row.pop("char_end")
        units = {
            "start": len(text[:start].encode("utf-16-le")) // 2,
            "end": len(text[:end].encode("utf-16-le")) // 2,
        }
        selectors = [
            {"type": "TextPositionSelector", **units},
            {"type": "TextQuoteSelector", "exact": text[start:end]},
        ]
        source = f"https://example.org/{row.pop('document')}.txt"
        items.append({"type": "Annotation", "body": row, "target": {"source": source, "selector": selectors}})
    path = tmp_path / "coded.jsonld"
    path.write_text(json.dumps({"type": "AnnotationPage", "items": items}), "utf-8")
    is_lossless(gold, AnnotationCoder(read_annotations(path)))
