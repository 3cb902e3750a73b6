"""``comity attach``: bring in a document's text, so that passages show in place."""

import argparse

from comity.workbench.options import add_case, add_format
from comity.workbench.output import print_json, print_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="DOC", help="the text of a document that the case is coded from"
    )
    add_case(parser)
    add_format(parser, table=False)


def run(arguments: argparse.Namespace) -> int:
    """Check each text's hash and keep a copy for this user."""
    from pathlib import Path

    from comity.cases import attach, open_case

    for name in arguments.files:
        attached = attach(open_case(arguments.case), Path(name))
        if arguments.json:
            print_json(attached.to_dict())
        else:
            print_line(
                f"document {attached.document}: hash agrees, {attached.passages} passages found in place;"
                f" kept in {attached.path}"
            )
    return 0
