"""``comity new``: make a case folder of your own."""

import argparse

from comity.workbench.options import add_format
from comity.workbench.output import print_json, print_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", help="the folder to make; it must not exist yet, or be empty")
    parser.add_argument(
        "--from", dest="source", metavar="CASE", help="copy this case instead of an empty one"
    )
    add_format(parser, table=False)


def run(arguments: argparse.Namespace) -> int:
    """Make the folder and say what to do next."""
    from pathlib import Path

    from comity.cases import new_case

    path = new_case(Path(arguments.folder), source=arguments.source)
    if arguments.json:
        print_json({"path": str(path)})
        return 0
    print_line(f"made {path}")
    print_line("next: edit the tables, then")
    print_line(f"  comity check {path}")
    print_line(f"  comity import icews FILE… --case {path}")
    print_line(f"  comity brief ACTOR ACTOR --case {path} -o brief.html")
    return 0
