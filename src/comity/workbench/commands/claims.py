"""``comity claims``: who holds what, and where they disagree."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from comity.provenance import NothingFoundError
from comity.workbench.options import add_case, add_drafts, add_format
from comity.workbench.output import note, print_line, print_rows

if TYPE_CHECKING:
    from comity.claims import Conflict, Line

COLUMNS = (
    "id",
    "holder",
    "reported_by",
    "tie",
    "direction",
    "cause",
    "third_party",
    "era",
    "modality",
    "kind",
    "paraphrase",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "actors", nargs="*", metavar="ACTOR", help="claims on this actor's ties, or on one tie"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--conflicts", action="store_true", help="only where holders disagree")
    what.add_argument(
        "--lines", action="store_true", help="quotations: one line with its wordings and datings"
    )
    add_case(parser)
    add_drafts(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """List claims, then agreement and conflict side by side."""
    from comity.cases import open_case
    from comity.workbench.runs import record_run, tell_refusals

    case = open_case(arguments.case, with_drafts=arguments.with_drafts)
    actors = [case.registry.resolve(name).id for name in arguments.actors[:2]]
    book = case.claims.about(*actors) if actors else case.claims
    if arguments.conflicts:
        rows, words = _told(book.conflicts())
    elif arguments.lines:
        rows, words = _lines(book.lines(), case.draft_ids if arguments.with_drafts else None)
    else:
        rows, words = [claim.to_dict() for claim in book.claims], book.in_words()
    if not rows:
        raise NothingFoundError("no claims of the kind", where=f"case {case.id}", remedy="Name others.")
    if arguments.json or arguments.csv:
        print_rows(rows, COLUMNS, as_json=arguments.json, as_csv=arguments.csv)
    else:
        for text in words:
            print_line(text)
    tell_refusals(case)
    note(f"run {record_run(case, 'claims', {'actors': actors}).id}")
    return 0


def _lines(
    lines: "Sequence[Line]", drafts: frozenset[str] | None
) -> tuple[list[dict[str, object]], list[str]]:
    """List quotations line by line; `drafts` marks those that nobody has reviewed."""
    rows, words = _told(lines)
    if drafts is None:
        return rows, words
    own = [[quote.id for quote in line.quotes if quote.id in drafts] for line in lines]
    marked = [f"drafts that nobody has reviewed: {', '.join(ids)}" for ids in own if ids]
    return [{**row, "drafts": ids} for row, ids in zip(rows, own, strict=True)], [*words, *marked]


def _told(found: "Sequence[Conflict | Line]") -> tuple[list[dict[str, object]], list[str]]:
    return [one.to_dict() for one in found], [text for one in found for text in one.in_words()]
