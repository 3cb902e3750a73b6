"""``comity get``: fetch a public data set from its publisher."""

import argparse
from typing import TYPE_CHECKING

from comity.provenance import UsageError
from comity.workbench.options import add_format, optional_day
from comity.workbench.output import note, print_json, print_line, print_rows, print_table

if TYPE_CHECKING:
    from comity.events import Dataset, RemoteFile

LISTED = ("name", "title", "publisher", "address", "reader", "licence")
PLANNED = ("file", "from", "bytes", "checksum")
GOT = ("file", "status", "bytes", "sha256", "checked")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a data set; without it, all are listed")
    parser.add_argument(
        "--files", action="append", default=[], metavar="PATTERN", help="only files like this, as in '*2018*'"
    )
    parser.add_argument("--since", metavar="DATE", help="first day, for sets that come by days")
    parser.add_argument("--until", metavar="DATE", help="last day (default: the first)")
    parser.add_argument("--to", metavar="DIR", help="the folder to fetch into (default: one of its name)")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be fetched from where; ask nobody"
    )
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """List, plan or fetch."""
    from comity.events import find_dataset, load_datasets

    if arguments.name is None:
        if arguments.files or arguments.since or arguments.until or arguments.to or arguments.dry_run:
            raise UsageError("no data set is named", remedy="'comity get' without options lists them.")
        rows = [dataset.described() for dataset in load_datasets().values()]
        print_rows(rows, LISTED, as_json=arguments.json, as_csv=arguments.csv)
        return 0
    dataset = find_dataset(arguments.name)
    since = optional_day(arguments.since, "--since")
    until = optional_day(arguments.until, "--until") or since
    planned = dataset.by_day(since, until)
    if planned:
        planned = dataset.chosen(planned, arguments.files)
    if arguments.dry_run:
        return _plan(arguments, dataset, planned)
    return _fetch(arguments, dataset, planned)


def _plan(arguments: argparse.Namespace, dataset: "Dataset", planned: "tuple[RemoteFile, ...]") -> int:
    if planned:
        checksum = f"from {dataset.checksums}" if dataset.checksums else "none published"
        rows = [
            {"file": file.name, "from": file.url, "bytes": file.size, "checksum": checksum}
            for file in planned
        ]
    else:
        patterns = arguments.files or dataset.files
        rows = [
            {"file": pattern, "from": dataset.list_url, "bytes": None, "checksum": "in the publisher's list"}
            for pattern in patterns
        ]
    print_rows(rows, PLANNED, as_json=arguments.json, as_csv=arguments.csv)
    note(f"{dataset.title}, {dataset.address}; into {_folder(arguments, dataset)}; nothing was fetched")
    note("how many bytes is known once the publisher is asked")
    return 0


def _fetch(arguments: argparse.Namespace, dataset: "Dataset", planned: "tuple[RemoteFile, ...]") -> int:
    from pathlib import Path

    from comity.workbench.progress import showing_progress

    try:
        from comity.workbench.downloads import fetch, remote_files
    except ModuleNotFoundError as error:
        raise UsageError(
            f"fetching needs {error.name}, which is not installed", remedy="pip install 'comity[get]'"
        ) from None
    files = remote_files(dataset, planned)
    files = dataset.chosen(files, arguments.files)
    size = sum(file.size or 0 for file in files)
    known = all(file.size is not None for file in files)
    note(f"{len(files)} files, {f'{size:,}' if known else 'an unknown number of'} bytes")
    folder = Path(_folder(arguments, dataset))
    rows = []
    with showing_progress() as progress:
        for one in fetch(files, folder, progress=progress):
            rows.append(
                {"file": one.name, "status": one.status, "bytes": one.size, "sha256": one.sha256,
                 "checked": one.checked}
            )  # fmt: skip
    if arguments.json:
        print_json({"dataset": dataset.described(), "folder": str(folder), "files": rows})
    elif arguments.csv:
        print_rows(rows, GOT, as_json=False, as_csv=True)
    else:
        print_table(rows, GOT)
        print_line(f"the hashes are kept in {folder / 'SHA256SUMS'}")
        print_line(f"licence: {dataset.licence}")
        print_line(f"cite: {dataset.cite}")
        if dataset.reader:
            print_line(
                f"next: comity import {dataset.reader} {folder}/*{Path(files[0].name).suffix} --case CASE"
            )
    return 0


def _folder(arguments: argparse.Namespace, dataset: "Dataset") -> str:
    return arguments.to or dataset.name
