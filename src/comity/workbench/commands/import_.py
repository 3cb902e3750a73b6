"""``comity import``: bring event data into a case, list or remove what is there."""

import argparse

from comity.provenance import UsageError
from comity.workbench.options import add_case, add_format
from comity.workbench.output import note, print_json, print_line, print_rows, print_table

LISTED = ("import", "reader", "file", "rows", "accepted", "set_aside", "refused", "sha256")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("reader", nargs="?", help="the form of the files: icews, or comity for its own CSV")
    parser.add_argument("files", nargs="*", metavar="FILE", help="files as published, plain or gzipped")
    add_case(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--list", action="store_true", help="list what was imported, with the counts of its rows"
    )
    what.add_argument(
        "--remove", metavar="IMPORT", help="take an import (its id, or a reader's name) out again"
    )
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Import, list or remove."""
    from comity.cases import open_case

    case = open_case(arguments.case)
    if arguments.list:
        rows = [_listed(entry, report) for entry in case.store.imports() for report in entry.files]
        print_rows(rows, LISTED, as_json=arguments.json, as_csv=arguments.csv)
        if not rows:
            note("nothing is imported into this case")
        return 0
    case.require_writable("import into it")
    if arguments.remove:
        removed = case.store.remove(arguments.remove)
        for import_id in removed:
            print_line(f"removed {import_id}")
        return 0
    return _import(arguments, case)


def _import(arguments: argparse.Namespace, case: object) -> int:
    from pathlib import Path

    from comity.cases import Case
    from comity.events import find_reader

    assert_case = case if isinstance(case, Case) else None
    if assert_case is None or not arguments.reader or not arguments.files:
        raise UsageError(
            "nothing to import",
            allowed="For example: comity import icews FILE… --case DIR",
            remedy="'comity import --list --case DIR' shows what is there.",
        )
    reader = find_reader(arguments.reader)
    report = assert_case.store.import_files(
        reader, [Path(name) for name in arguments.files], assert_case.registry, progress=_progress()
    )
    if arguments.json:
        print_json(report.to_dict())
        return 0
    print_table((file.to_dict() for file in report.files), LISTED[2:])
    for line in report.in_words():
        print_line(line)
    return 0


def _listed(entry: object, report: object) -> dict[str, object]:
    return {"import": entry.id, "reader": entry.reader, **report.to_dict()}  # type: ignore[attr-defined]


def _progress() -> object:
    return None
