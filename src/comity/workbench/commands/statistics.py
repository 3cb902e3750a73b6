"""``comity statistics``: the model's statistics of any rows, on a plain table of events."""

import argparse
import csv
import gzip
import io
import sys
from pathlib import Path

from comity.workbench.model_terms import add_terms, read_terms
from comity.workbench.options import positive


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

    rows = read_plain_table(Path(arguments.rows))
    events = read_plain_table(Path(arguments.events))
    actors = read_actors(read_plain_table(Path(arguments.actors))) if arguments.actors else None
    history = read_history(events, actors)
    statistics, _ = read_terms(arguments, history)
    announce_compilation()
    try:
        found = compute_statistics(
            history,
            rows.column(SENDER),
            rows.column(RECEIVER),
            rows.days(("date",)),
            half_life_days=arguments.half_life,
            statistics=statistics,
            transform=arguments.transform,
        )
    except BadValueError as error:
        raise type(error)(
            error.what, where=in_file(rows, error.where), allowed=error.allowed, remedy=error.remedy
        ) from None
    names = [one.name for one in statistics]
    kept = [i for i, name in enumerate(rows.header) if name not in names]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(rows.header[i] for i in kept), *names])
    for (_, fields), values in zip(rows.lines, found.tolist(), strict=True):
        writer.writerow([*(fields[i] for i in kept), *(f"{value:.15g}" for value in values)])
    if not arguments.output:
        sys.stdout.write(text.getvalue())
        return 0
    content = text.getvalue().encode()
    if arguments.output.endswith(".gz"):
        content = gzip.compress(content, mtime=0)
    write_whole(Path(arguments.output), content)
    note(f"{len(found):,} rows, {len(names)} statistics: {arguments.output}")
    return 0
