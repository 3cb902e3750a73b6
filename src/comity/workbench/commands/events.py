"""``comity events``: the event rows of a case, one ordered pair a line."""

import argparse

from comity.provenance import NothingFoundError
from comity.workbench.options import add_case, add_drafts, add_format
from comity.workbench.output import note, print_rows

SHOWN = (
    "id",
    "date_start",
    "date_end",
    "sender",
    "receiver",
    "event_type",
    "event_kind",
    "sign",
    "aux",
    "summary",
)
ALL = (
    "id",
    "date_start",
    "date_end",
    "precision",
    "basis",
    "sender",
    "receiver",
    "sender_agents",
    "receiver_agents",
    "event_type",
    "mode",
    "weight",
    "sign",
    "event_kind",
    "share",
    "about",
    "aux",
    "event_key",
    "summary",
    "confidence",
    "source",
    "document",
    "paragraph",
    "char_start",
    "char_end",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "actors", nargs="*", metavar="ACTOR", help="only rows with this actor, or between two"
    )
    parser.add_argument("--id", action="append", default=[], metavar="ID", help="only the row with this id")
    add_case(parser)
    add_drafts(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the rows, coded and imported."""
    from comity.cases import open_case
    from comity.workbench.runs import record_run, tell_refusals

    case = open_case(arguments.case, with_drafts=arguments.with_drafts)
    actors = tuple(case.registry.resolve(name).id for name in arguments.actors)
    rows = case.events.find(arguments.id) if arguments.id else list(case.events.lines(actors or None))
    if not rows:
        raise NothingFoundError(
            "no event rows",
            where=f"case {case.id}",
            remedy="Name other actors, or bring data in with 'comity import'.",
        )
    columns = ALL if arguments.csv else SHOWN
    if arguments.with_drafts:
        rows = [{**row, "draft": row["id"] in case.draft_ids} for row in rows]
        columns = (*columns, "draft")
    print_rows(rows, columns, as_json=arguments.json, as_csv=arguments.csv)
    asked = {"actors": actors, "ids": tuple(arguments.id), "with_drafts": arguments.with_drafts}
    note(f"run {record_run(case, 'events', asked).id}")
    tell_refusals(case)
    return 0
