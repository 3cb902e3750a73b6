"""A small case of our own making for the brief: two documents, a handful of acts, pledges and claims."""

import csv
from datetime import date
from pathlib import Path

from comity.cases import Case, new_case, open_case
from comity.provenance import text_hash
from comity.workbench.brief import Brief, build_brief

TODAY = date(2026, 5, 1)
TEXTS = {
    "d1": "Kishida came to Madrid in June 2022.\nThey never met before 1990. Russia brought them together.\n",
    "d2": "In 2022 he attended a summit.\nRussia kept them apart. Japan gives aid.\n",
}
ATTACK = '<script>alert("x")</script>'
FORMULA = '=HYPERLINK("http://example.org","click")'
SETTINGS = """format = 1
id = "small"
title = "A small case"
authors = ["A. Maker"]
focal = [["JPN", "NATO"]]

[[eras]]
id = "cold_war"
label = "Cold War"
start = 1945-01-01
end = 1989-12-31
display = true

[[eras]]
id = "since"
label = "Since the Cold War"
start = 1990-01-01
display = true

[house_names]
RUS = "Russia"
"""


def passage(document: str, words: str) -> dict[str, object]:
    """Find where the words stand."""
    text = TEXTS[document]
    start = text.index(words)
    return {
        "document": document,
        "paragraph": text.count("\n", 0, start) + 1,
        "char_start": start,
        "char_end": start + len(words),
        "passage_sha256": text_hash(words),
    }


MADRID = passage("d1", "Kishida came to Madrid")
SUMMIT = passage("d2", "attended a summit")
NEVER = passage("d1", "never met before 1990")
TOGETHER = passage("d1", "Russia brought them together")
APART = passage("d2", "Russia kept them apart")
AID = passage("d2", "Japan gives aid")


def dated(start: str, end: str, precision: str) -> dict[str, object]:
    """Give the columns of a date."""
    return {"date_start": start, "date_end": end, "precision": precision, "basis": "stated"}


JUNE = dated("2022-06-01", "2022-06-30", "month")
YEAR = dated("2022-01-01", "2022-12-31", "year")
CONSULT = {"event_type": "CONSULT", "event_kind": "talk", "confidence": "high"}
VISIT = {**CONSULT, "sender": "JPN", "receiver": "NATO", "sign": 1, "event_key": "madrid"}
EVENTS: list[dict[str, object]] = [
    {"id": "E1", **JUNE, **VISIT, "summary": "Kishida came to Madrid.", **MADRID},
    {"id": "E2", **YEAR, **VISIT, "summary": "He attended a summit.", **SUMMIT},  # the same act
    {
        "id": "E3",
        **dated("1983-01-01", "1989-12-31", "era"),
        **CONSULT,
        "sender": "JPN;NATO",
        "reciprocal": "true",
        "sign": 0,
        "aux": "negation",
        "summary": "They did not meet.",
        **NEVER,
    },
    {
        "id": "E4",
        **dated("1993-01-01", "", "year"),
        "event_type": "COOPERATE",
        "event_kind": "deeds",
        "sign": 1,
        "sender": "JPN;NATO",
        "reciprocal": "true",
        "summary": "They exercise together.",
        "confidence": "high",
        **TOGETHER,
    },
    {
        "id": "E5",
        **dated("1983-05-01", "1983-05-31", "month"),
        "event_type": "ACCUSE",
        "event_kind": "talk",
        "sign": -1,
        "sender": "RUS",
        "receiver": "JPN",
        "summary": "Russia complained.",
        "confidence": "high",
        **APART,
    },
    {
        "id": "E6",
        **dated("2023-02-01", "2023-02-28", "month"),
        "event_type": "AID",
        "event_kind": "deeds",
        "sign": 1,
        "sender": "JPN",
        "receiver": "UKR",
        "summary": "Japan gave aid.",
        "confidence": "high",
        **AID,
    },
    {
        "id": "E7",
        **dated("2022-02-24", "2022-02-24", "day"),
        "event_type": "ASSAULT",
        "event_kind": "deeds",
        "sign": -1,
        "sender": "RUS",
        "receiver": "UKR",
        "summary": "Russia invaded.",
        "confidence": "high",
        **APART,
    },
    {
        "id": "E8",
        **dated("2021-01-01", "2021-01-31", "month"),
        **CONSULT,
        "sign": 1,
        "sender": "BRA",
        "receiver": "ARG",
        "summary": "Far away.",
        **APART,
    },
]
PLEDGES: list[dict[str, object]] = [
    {
        "id": "P1",
        "pledge_key": "aid",
        "kind": "commitment",
        "by": "JPN",
        "to": "UKR",
        "object": "aid",
        "quantity": "7",
        "bound": "exact",
        "unit": "money",
        "currency": "USD",
        "definition": "promised",
        "stage": "committed",
        "modality": "asserted",
        "said_start": "2023-04-01",
        "said_end": "2023-07-31",
        "made_start": "2023-03-01",
        "made_end": "2023-03-31",
        "made_precision": "month",
        "made_basis": "stated",
        "deadline_start": "2024-12-31",
        "deadline_end": "2024-12-31",
        "deadline_precision": "day",
        "deadline_basis": "stated",
        **AID,
    },
    {
        "id": "P2",
        "pledge_key": "aid",
        "kind": "commitment",
        "by": "JPN",
        "to": "UKR",
        "object": "aid",
        "quantity": "12",
        "bound": "at_least",
        "unit": "money",
        "currency": "USD",
        "definition": "promised",
        "stage": "committed",
        "modality": "asserted",
        "said_start": "2024-07-01",
        "said_end": "2024-12-31",
        **AID,
    },
]
CLAIM = {
    "kind": "causal",
    "tie_a": "JPN",
    "tie_b": "NATO",
    "cause": "RUS",
    "era": "since",
    "modality": "asserted",
}
CLAIMS: list[dict[str, object]] = [
    {
        "id": "C1",
        **CLAIM,
        "holder": "X.ONE",
        "direction": "+",
        "paraphrase": "Russia drew them together.",
        **TOGETHER,
    },
    {
        "id": "C2",
        **CLAIM,
        "holder": "X.TWO",
        "direction": "-",
        "paraphrase": "Russia kept them apart.",
        **APART,
    },
    {
        "id": "C3",
        **CLAIM,
        "kind": "prediction",
        "holder": "X.ONE",
        "direction": "+",
        "paraphrase": "They will meet again.",
        **TOGETHER,
    },
    {
        "id": "C4",
        **CLAIM,
        "kind": "normative",
        "holder": "X.TWO",
        "direction": "+",
        "paraphrase": "They should meet.",
        **APART,
    },
]
SAID = {"line_key": "L", "speaker": "JPN.KISHIDA", "mode": "direct", **YEAR}
QUOTES: list[dict[str, object]] = [
    {"id": "Q1", **SAID, "paraphrase": "We are close.", **MADRID},
    {"id": "Q2", **SAID, "venue": "Madrid", "paraphrase": "We are near.", **SUMMIT},
]
ACTORS: list[dict[str, object]] = [
    {"id": id, "name": name, "kind": "person", "checked": "unchecked"}
    for id, name in (("X.ONE", "Ann One"), ("X.TWO", "Bo Two"))
]


def brief_case(
    tmp_path: Path, *, events: list[dict[str, object]] | None = None, attached: bool = False
) -> Case:
    """Make and open the case, with other events if given, with its texts attached if asked."""
    folder = new_case(tmp_path / "small")
    (folder / "case.toml").write_text(SETTINGS, "utf-8")
    (folder / "sources.toml").write_text("\n".join(_source(id) for id in TEXTS), "utf-8")
    rows = {
        "actors.csv": ACTORS,
        "events.csv": EVENTS if events is None else events,
        "pledges.csv": PLEDGES,
        "claims.csv": CLAIMS,
        "quotes.csv": QUOTES,
    }
    for name, table in rows.items():
        _write(folder / name, table)
    for id, text in TEXTS.items() if attached else ():
        (folder / "attached").mkdir(exist_ok=True)
        (folder / "attached" / f"{id}.txt").write_text(text, "utf-8")
    return open_case(folder)


def brief_on(case: Case, a: str = "JPN", b: str = "NATO", **options: date) -> Brief:
    """Build a brief on a fixed day."""
    return build_brief(case, a, b, **{"today": TODAY, **options})


def with_summary(words: str) -> list[dict[str, object]]:
    """Give one act with these words."""
    return [{**EVENTS[0], "summary": words}]


def _source(id: str) -> str:
    text, year = TEXTS[id], {"d1": 2022, "d2": 2024}[id]
    author = {"d1": "Ann One", "d2": "Bo Two"}[id]
    return (
        f'[[document]]\nid = "{id}"\ntitle = "Report {id}"\nauthors = ["{author}"]\nedition = "{year}"\n'
        f'written_from = {year}-06-01\nwritten_to = {year}-12-31\nsha256 = "{text_hash(text)}"\n'
        f"chars = {len(text)}\nparagraphs = 2\n"
    )


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
