"""``comity eras``: the eras given by the case, and the breaks that imported data propose."""

import argparse

from comity.workbench.options import add_case, add_format
from comity.workbench.output import note, print_rows

COLUMNS = ("id", "origin", "label", "start", "end", "low", "high", "p_value", "before", "after", "remark")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("actors", nargs="*", metavar="ACTOR", help="the pair whose breaks to look for")
    parser.add_argument("--seed", type=int, help="seed of the permutations (default: the case's)")
    add_case(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the eras given, then the breaks proposed for a pair."""
    from comity.cases import open_case
    from comity.workbench.runs import record_run

    case = open_case(arguments.case)
    rows: list[dict[str, object]] = [
        {"id": era.id, "origin": "given", "label": era.label, "start": era.start, "end": era.end}
        for era in case.eras
    ]
    names = arguments.actors or list(case.focal[0] if case.focal else ())
    pair = [case.registry.resolve(name).id for name in names]
    if len(pair) == 2 and case.events.has_data:
        rows += _proposed(arguments, case, pair)
    elif len(pair) == 2:
        note("no breaks proposed: no event data are imported into this case")
    print_rows(rows, COLUMNS, as_json=arguments.json, as_csv=arguments.csv)
    note(f"run {record_run(case, 'eras', {'pair': pair}).id}")
    return 0
