"""``comity check``: every broken rule in a case folder, with file and line."""

import argparse

from comity.workbench.options import add_format
from comity.workbench.output import note, print_rows


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", metavar="CASE", help="the case folder, or the name of an embedded case")
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Report the broken rules; fail if there is an error among them."""
    from comity.cases import check_case

    problems = check_case(arguments.folder)
    rows = [
        {
            "file": problem.file,
            "line": problem.line,
            "rule": problem.rule,
            "severity": problem.severity,
            "message": problem.message,
        }
        for problem in problems
    ]
    if rows or arguments.json or arguments.csv:
        columns = ("file", "line", "rule", "severity", "message")
        print_rows(rows, columns, as_json=arguments.json, as_csv=arguments.csv)
    errors = sum(row["severity"] == "error" for row in rows)
    note(f"{errors} errors, {len(rows) - errors} warnings" if rows else "every rule holds")
    return 1 if errors else 0
