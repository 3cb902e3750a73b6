"""``comity score-reading``: precision, recall and F1 of a reader against gold annotation."""

import argparse
from pathlib import Path
from typing import Any

from comity.provenance import NothingFoundError
from comity.workbench.coders import add_coder, chosen_coder
from comity.workbench.output import note, print_json, print_line, print_table

MEASURES = (
    "measure",
    "hits",
    "gold",
    "printed",
    "precision",
    "precision_interval",
    "recall",
    "recall_interval",
    "f1",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "folder", metavar="GOLD_DIR", help="a folder with docs.json and texts, or with test sentences"
    )
    add_coder(parser)
    parser.add_argument(
        "--missed", action="store_true", help="list what was missed, and why, and what was too much"
    )
    parser.add_argument(
        "--json", action="store_true", help="print JSON, with what was missed and what was too much"
    )


def run(arguments: argparse.Namespace) -> int:
    """Score the reader on whatever gold the folder holds."""
    from comity.documents import read_gold, score_merging, score_reading, score_sentences

    folder = Path(arguments.folder)
    answer: dict[str, Any] = {"coder": arguments.coder}
    if (folder / "docs.json").is_file():
        gold = read_gold(folder)
        coder = chosen_coder(arguments, [one.document for one in gold])
        answer |= score_reading(gold, coder).to_dict()
        answer["merging"] = score_merging(gold).to_dict()
    if arguments.coder != "rules":
        note("Test sentences are scored for the rules alone.")
    elif sets := score_sentences(folder, model=arguments.model):
        answer["sentences"] = [one.to_dict() for one in sets]
    if len(answer) == 1:
        raise NothingFoundError(
            "no gold annotation",
            where=str(folder),
            allowed="docs.json with texts/ and a folder of records a document, or a table of test sentences.",
        )
    if arguments.json:
        print_json(answer)
    else:
        _show(answer, missed=arguments.missed)
    return 0


def _show(answer: dict[str, Any], *, missed: bool) -> None:
    if "scores" in answer:
        print_table(
            answer["scores"], MEASURES, title="Rows against gold, 95 % bootstrap intervals over paragraphs"
        )
        print_table(
            [{"what": name, **one} for name, one in answer["shares"].items()],
            ("what", "right", "of", "share"),
        )
        print_table([answer["merging"]], tuple(answer["merging"]), title="Merging, on the gold's own events")
    for one in answer.get("sentences", ()):
        rows = [{"what": name, **share} for name, share in one["shares"].items()]
        print_table(
            rows, ("what", "right", "of", "share"), title=f"{one['set']}: {one['sentences']} sentences"
        )
    if missed:
        for row in answer.get("missed", ()):
            print_line(f"missed {row['record']} {row['pair']}: {row['why']}")
        for row in answer.get("spurious", ()):
            near = row["near"] or "nothing"
            print_line(f"too much {row['pair']} {row['type']} at {row['passage']}; near it: {near}")
