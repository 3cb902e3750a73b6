"""``comity statistics``: the model's statistics of any rows, on a plain table of events."""

import argparse
import csv
import gzip
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from comity.workbench.model_terms import add_terms, join_members, read_terms
from comity.workbench.options import positive

if TYPE_CHECKING:
    from comity.workbench.event_table import PlainTable

ROWS_AT_ONCE: Final = 10_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "events", metavar="EVENTS.csv", help="source, target, date, weight and, if there are, type and kind"
    )
    parser.add_argument("--actors", metavar="ACTORS.csv", help="who takes part (default: all who occur)")
    parser.add_argument(
        "--rows", required=True, metavar="ROWS.csv", help="source, target and date of each row"
    )
    parser.add_argument("--half-life", type=positive, default=30.0, metavar="DAYS", help="default: 30")
    parser.add_argument(
        "--transform",
        choices=("identity", "log1p", "each"),
        default="identity",
        help="the sum (default), its log1p, or the sum of each third party's log1p",
    )
    add_terms(parser)
    parser.add_argument("-o", "--output", metavar="OUT.csv", help="a file, .csv or .csv.gz (default: print)")


def run(arguments: argparse.Namespace) -> int:
    """Work the statistics out and write the rows with them."""
    from comity.model import compute_statistics
    from comity.provenance import BadValueError
    from comity.workbench.event_table import (
        RECEIVER,
        SENDER,
        in_file,
        read_actors,
        read_history,
        read_plain_table,
    )
    from comity.workbench.files import write_whole
    from comity.workbench.kernels import announce_compilation
    from comity.workbench.output import note
    from comity.workbench.progress import showing_progress

    rows = read_plain_table(Path(arguments.rows))
    events = read_plain_table(Path(arguments.events))
    actors = read_actors(read_plain_table(Path(arguments.actors))) if arguments.actors else None
    history = read_history(events, actors)
    history = join_members(arguments, history, {})
    statistics, _ = read_terms(arguments, history)
    announce_compilation()
    try:
        with showing_progress() as progress:
            found = compute_statistics(
                history,
                rows.column(SENDER),
                rows.column(RECEIVER),
                rows.days(("date",)),
                half_life_days=arguments.half_life,
                statistics=statistics,
                transform=arguments.transform,
                progress=progress,
            )
    except BadValueError as error:
        where = in_file(rows, error.where) if error.where.startswith("row ") else error.where
        raise type(error)(error.what, where=where, allowed=error.allowed, remedy=error.remedy) from None
    names = [one.name for one in statistics]
    if not arguments.output:
        _write(sys.stdout, rows, names, found)
        return 0
    content = io.BytesIO()
    packed = arguments.output.endswith(".gz")
    target = gzip.GzipFile(fileobj=content, mode="wb", filename="", mtime=0) if packed else content
    text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    _write(text, rows, names, found)
    text.detach()
    if packed:
        target.close()
    write_whole(Path(arguments.output), content.getvalue())
    note(f"{len(found):,} rows, {len(names)} statistics: {arguments.output}")
    return 0


def _write(file: TextIO, rows: "PlainTable", names: list[str], found: Any) -> None:
    """Write the rows, some at a time: a million rows of numbers would fill the memory."""
    kept = [i for i, name in enumerate(rows.header) if name not in names]
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*(rows.header[i] for i in kept), *names])
    for first in range(0, len(found), ROWS_AT_ONCE):
        some = slice(first, first + ROWS_AT_ONCE)
        writer.writerows(
            [*(fields[i] for i in kept), *(f"{value:.15g}" for value in values)]
            for (_, fields), values in zip(rows.lines[some], found[some].tolist(), strict=True)
        )
