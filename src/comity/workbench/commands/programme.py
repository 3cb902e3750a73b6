"""``comity programme``: versions, goals and activities of a programme."""

import argparse

from comity.workbench.options import add_case, add_format, today
from comity.workbench.output import note, print_json, print_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", help="the programme's name in pledges.csv, for example ITPP")
    parser.add_argument("--as-of", metavar="DATE", help="the day on which to judge (default: today)")
    add_case(parser)
    add_format(parser, table=False)


def run(arguments: argparse.Namespace) -> int:
    """Show one programme."""
    from comity.cases import open_case
    from comity.workbench.runs import record_run, tell_refusals

    as_of = today(arguments.as_of)
    case = open_case(arguments.case)
    programme = case.ledger.programme(arguments.name, as_of=as_of)
    if arguments.json:
        print_json(programme.to_dict())
    else:
        for line in programme.in_words():
            print_line(line)
    tell_refusals(case)
    note(f"as of {as_of}; run {record_run(case, 'programme', {'name': arguments.name, 'as_of': as_of}).id}")
    return 0
