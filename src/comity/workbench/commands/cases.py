"""``comity cases``: which cases are at hand."""

import argparse

from comity.workbench.options import add_format
from comity.workbench.output import print_rows


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", nargs="?", default=".", help="also look here (default: this folder)")
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the embedded cases and those below a folder."""
    from pathlib import Path

    from comity.cases import list_cases

    rows = list_cases(Path(arguments.folder))
    print_rows(rows, ("id", "title", "path", "read_only"), as_json=arguments.json, as_csv=arguments.csv)
    return 0
