"""``comity pledges``: what was promised, and how it stands on a day."""

import argparse

from comity.provenance import NothingFoundError
from comity.workbench.options import add_case, add_drafts, add_format, today
from comity.workbench.output import note, print_line, print_rows

COLUMNS = (
    "key",
    "by",
    "via",
    "to",
    "object",
    "figures_in_words",
    "deadline",
    "status",
    "status_in_words",
    "sources",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("actor", nargs="?", help="only pledges by, to, through or about this actor")
    parser.add_argument("--as-of", metavar="DATE", help="the day on which to judge (default: today)")
    add_case(parser)
    add_drafts(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the pledges known by a day, each with its figures side by side."""
    from comity.cases import open_case
    from comity.workbench.runs import record_run, tell_refusals

    as_of = today(arguments.as_of)
    case = open_case(arguments.case, with_drafts=arguments.with_drafts)
    actor = case.registry.resolve(arguments.actor, at=as_of).id if arguments.actor else None
    pledges = case.ledger.pledges(actor, as_of=as_of, registry=case.registry)
    if not pledges:
        raise NothingFoundError(
            f"no pledge known by {as_of}" + (f" with {actor}" if actor else ""),
            where=f"case {case.id}",
            remedy="Name another actor or a later day, or add rows to pledges.csv.",
        )
    drafts = {
        pledge.key: [one.id for one in pledge.statements if one.id in case.draft_ids] for pledge in pledges
    }
    rows = [pledge.to_dict() for pledge in pledges]
    columns: tuple[str, ...] = COLUMNS
    if arguments.with_drafts:
        rows = [{**row, "drafts": drafts[str(row["key"])]} for row in rows]
        columns = (*COLUMNS, "drafts")
    if arguments.json or arguments.csv:
        print_rows(rows, columns, as_json=arguments.json, as_csv=arguments.csv)
    else:
        for pledge in pledges:
            for line in pledge.in_words():
                print_line(line)
            if drafts[pledge.key]:
                print_line(f"  drafts that nobody has reviewed: {', '.join(drafts[pledge.key])}")
            print_line()
        print_line("Figures of different dates or definitions stand side by side; they are never added.")
    tell_refusals(case)
    note(f"as of {as_of}; run {record_run(case, 'pledges', {'actor': actor, 'as_of': as_of}).id}")
    return 0
