"""``comity programme``: versions, goals and activities of a programme."""

import argparse

from comity.workbench.options import add_case, add_drafts, add_format, today
from comity.workbench.output import note, print_json, print_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", help="the programme's name in pledges.csv, for example ITPP")
    parser.add_argument("--as-of", metavar="DATE", help="the day on which to judge (default: today)")
    add_case(parser)
    add_drafts(parser)
    add_format(parser, table=False)


def run(arguments: argparse.Namespace) -> int:
    """Show one programme."""
    from comity.cases import open_case
    from comity.workbench.runs import record_run, tell_refusals

    as_of = today(arguments.as_of)
    case = open_case(arguments.case, with_drafts=arguments.with_drafts)
    programme = case.ledger.programme(arguments.name, as_of=as_of)
    drafts = [one.id for one in programme.statements if one.id in case.draft_ids]
    if arguments.json:
        print_json({**programme.to_dict(), **({"drafts": drafts} if arguments.with_drafts else {})})
    else:
        for line in programme.in_words():
            print_line(line)
        if drafts:
            print_line(f"Drafts that nobody has reviewed: {', '.join(drafts)}")
    tell_refusals(case)
    note(f"as of {as_of}; run {record_run(case, 'programme', {'name': arguments.name, 'as_of': as_of}).id}")
    return 0
