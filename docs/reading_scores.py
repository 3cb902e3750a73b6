"""The present scores of the reading rules, as a table for the page on reading."""

import json
from collections.abc import Iterator
from pathlib import Path

KEPT = Path(__file__).parent.parent / "benchmarks" / "reading_scores.json"
# What a reader wants to know, and the measures that say it: of what is printed, of what is to be found.
ROWS = (
    ("events: both parties", "events: dyad: precision", "events: dyad: recall"),
    ("events: parties and sign", "events: dyad and sign: precision", "events: dyad and sign: recall"),
    ("events: parties and type", "events: dyad and type: precision", "events: dyad and type: recall"),
    (
        "pledges with an amount or a deadline",
        "pledges with an amount or a deadline: precision",
        "pledges with an amount or a deadline: recall",
    ),
    ("quotations in marks", "quotations in marks: precision", "quotations in marks: recall"),
    ("speaker of a quotation found", "speaker of quotations", ""),
    ("dates that the sentence states", "dates stated", ""),
    ("dates taken from the sentences before", "dates context", ""),
    ("dates counted from the day of writing", "dates doc_date", ""),
    ("passages that stand in the text", "passages faithful", ""),
    (
        "news sentences, who to whom",
        "petrarch_unit_whowhom.tsv: precision",
        "petrarch_unit_whowhom.tsv: recall",
    ),
    ("examples of the PLOVER manual, type and parties", "PLOVER sentences: all", ""),
)


def write_reading_scores(path: Path) -> None:
    """Write the table of the scores that are kept for the rules."""
    measures = json.loads(KEPT.read_text("utf-8"))["measures"]
    text = "\n".join(_lines(measures)) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def _lines(measures: dict[str, float]) -> Iterator[str]:
    yield "| | of what is printed, right | of what is there, found |"
    yield "|---|---|---|"
    for title, right, found in ROWS:
        yield f"| {title} | {measures[right]:.0%} | {f'{measures[found]:.0%}' if found else ''} |"
