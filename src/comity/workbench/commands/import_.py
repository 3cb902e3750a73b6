"""``comity import``: bring event data into a case, list or remove what is there."""

import argparse
from typing import TYPE_CHECKING

from comity.provenance import UsageError
from comity.workbench.options import add_case, add_format
from comity.workbench.output import note, print_json, print_line, print_rows, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from comity.cases import Case
    from comity.events import Reader

PAIRS_SHOWN = 10
SCORES = "scores"
AUTO = "auto"
LISTED = ("import", "reader", "file", "rows", "accepted", "set_aside", "refused", "sha256")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "reader",
        nargs="?",
        metavar="READER",
        help="the form of the files: icews, gdelt, polecat, phoenix, phoenix-historical, keds, tkg-icews14, "
        "tkg-icews18, tkg-icews0515, tkg, comity (its own CSV), csv (with --map), scores (daily scores of "
        "pairs, which are no events), or auto: the files say what they are",
    )
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="files as published, plain, gzipped or zipped; scores as Parquet, too",
    )
    parser.add_argument("--map", metavar="FILE", help="for csv: which column of the table holds what (TOML)")
    parser.add_argument("--origin", metavar="DATE", help="for tkg: the day of time 0")
    parser.add_argument("--step", choices=("hour", "day"), help="for tkg: what time counts (default: hour)")
    add_case(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--list", action="store_true", help="list what was imported, with the counts of its rows"
    )
    what.add_argument(
        "--report",
        nargs="?",
        const="",
        metavar="IMPORT",
        help="show what an import (its id, a reader's name; default: all) did with every row, and the "
        "names that nobody knows",
    )
    what.add_argument(
        "--pairs",
        nargs="?",
        const=PAIRS_SHOWN,
        type=int,
        metavar="N",
        help=f"show what forming acts does to the pairs with the most rows (default: {PAIRS_SHOWN})",
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
        return _list(arguments, case)
    if arguments.report is not None:
        from comity.workbench.import_report import show_report

        return show_report(arguments.report, case, as_json=arguments.json, as_csv=arguments.csv)
    if arguments.pairs is not None:
        return _pairs(arguments, case)
    if not (arguments.remove or (arguments.reader and arguments.files)):
        raise UsageError(
            "nothing to import",
            allowed="For example: comity import auto FILE… --case DIR.",
            remedy="'comity import --list --case DIR' shows what is there.",
        )
    case.require_writable("import into it")
    if arguments.remove:
        return _remove(arguments, case)
    return _import(arguments, case)


def _list(arguments: argparse.Namespace, case: "Case") -> int:
    rows = [
        {"import": one.id, "reader": one.reader, **file.report.to_dict()}
        for one in (*case.store.imports(), *case.score_store.imports())
        for file in one.files
    ]
    print_rows(rows, LISTED, as_json=arguments.json, as_csv=arguments.csv)
    if not rows:
        note("nothing is imported into this case")
    return 0


def _pairs(arguments: argparse.Namespace, case: "Case") -> int:
    from comity.events import busiest_pairs

    if arguments.pairs < 1:
        raise UsageError(f"{arguments.pairs} pairs", where="--pairs", allowed="A whole number from 1.")
    rows = [pair.to_dict() for pair in busiest_pairs(case.events, most=arguments.pairs)]
    columns = ("sender", "receiver", "rows", "acts", "rows_per_act")
    print_rows(rows, columns, as_json=arguments.json, as_csv=arguments.csv)
    if not rows:
        note("no event data in this case")
    return 0


def _remove(arguments: argparse.Namespace, case: "Case") -> int:
    if case.score_store.has(arguments.remove):
        gone = case.score_store.remove(arguments.remove)
        if arguments.json:
            print_json({"removed": list(gone), "restored": []})
        for import_id in () if arguments.json else gone:
            print_line(f"removed {import_id}")
        return 0
    removal = case.store.remove(arguments.remove)
    for file in removal.dropped:
        note(f"{file}: its older edition repeats rows of other files, and stays out; import it again")
    for file in removal.repeating:
        note(
            f"{file}: rows of it were refused as repeats; if of what is gone now, remove it, import it again"
        )
    if arguments.json:
        print_json({"removed": list(removal.imports), "restored": list(removal.restored)})
        return 0
    for import_id in removal.imports:
        print_line(f"removed {import_id}")
    for file in removal.restored:
        print_line(f"{file}: its older edition is in use again")
    return 0


def _import(arguments: argparse.Namespace, case: "Case") -> int:
    from pathlib import Path

    from comity.workbench.progress import showing_progress
    from comity.workbench.runs import tell_refusals

    files = [Path(name) for name in arguments.files]
    store = case.score_store if _are_scores(arguments, files) else case.store
    with showing_progress() as bar:
        progress = bar or _said_aloud
        if store is case.score_store:
            from comity.events import import_scores

            report = import_scores(case.score_store, files, case.registry, progress)
        else:
            report = case.store.import_files(_reader(arguments, files), files, case.registry, progress)
    tell_refusals(case)
    if arguments.json:
        print_json(report.to_dict())
        return 0
    print_table((file.to_dict() for file in report.files), ("file", "status", *LISTED[3:-1]))
    for line in report.in_words():
        print_line(line)
    if report.import_id and report.refused:
        print_line(f"refused rows, with line and reason: {store.refused(report.import_id)}")
    return 0


def _said_aloud(message: str, done: int, total: int) -> None:
    """Where there is no bar: print a message that is no progress, such as that another import is at work."""
    if not (done or total):
        note(message)


def _are_scores(arguments: argparse.Namespace, files: "Sequence[Path]") -> bool:
    """Tell whether daily scores are brought in: they are no events, and kept apart."""
    from comity.events import is_scores

    if arguments.reader == SCORES:
        for name in ("map", "origin", "step"):
            if getattr(arguments, name) is not None:
                raise UsageError(f"scores take no --{name}", where=f"--{name}")
        return True
    return arguments.reader == AUTO and not arguments.map and all(is_scores(path) for path in files)


def _reader(arguments: argparse.Namespace, files: "Sequence[Path]") -> "Reader":
    from pathlib import Path

    from comity.events import choose_reader
    from comity.workbench.options import optional_day

    return choose_reader(
        arguments.reader,
        files,
        column_map=Path(arguments.map) if arguments.map else None,
        origin=optional_day(arguments.origin, "--origin"),
        step=arguments.step,
    )
