"""``comity fit``: who acts on whom, or of which type, on a plain table of events."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.workbench.fit_quality import (
    Quality,
    add_quality,
    fitted_until,
    measure_quality,
    read_holdout,
    show_quality,
)
from comity.workbench.fit_sureness import (
    Sureness,
    add_sureness,
    asked_sureness,
    check_sureness,
    measure_sureness,
    show_sureness,
)
from comity.workbench.model_terms import add_terms, join_members, read_given_rows, read_terms
from comity.workbench.options import add_format, optional_day, positive
from comity.workbench.output import note, print_json, print_line, print_rows, print_table
from comity.workbench.progress import showing_progress

if TYPE_CHECKING:
    from comity.model import Fit, History, Statistic

FIGURES = ("z", "p_value", "low", "high")
OUTCOMES = ("rate:cooperation", "rate:conflict", "type")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "events", metavar="EVENTS.csv", help="source, target, date, weight and, if there are, type and kind"
    )
    parser.add_argument(
        "--actors",
        metavar="ACTORS.csv",
        help="who is at risk: a column actor, perhaps date_start and date_end (default: all who occur)",
    )
    parser.add_argument(
        "--outcome",
        required=True,
        choices=OUTCOMES,
        help="which dyads act, given the day's number of acts; or the type, given that an act happens",
    )
    parser.add_argument("--half-life", type=positive, default=30.0, metavar="DAYS", help="default: 30")
    parser.add_argument(
        "--transform",
        choices=("log1p", "each", "identity"),
        default="log1p",
        help="log1p of the sum (default), the sum of each third party's log1p, or the sum itself",
    )
    parser.add_argument(
        "--from",
        dest="since",
        metavar="DATE",
        help="first day of the acts to explain; earlier ones are history",
    )
    parser.add_argument("--to", dest="until", metavar="DATE", help="last day of the acts to explain")
    parser.add_argument(
        "--risk-set",
        default="sampled",
        metavar="full|sampled",
        help="every ordered pair, or live pairs and a weighted sample of the others (default)",
    )
    parser.add_argument(
        "--controls", type=int, default=600, metavar="N", help="pairs drawn on an average day (default: 600)"
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the draws (default: 1)")
    parser.add_argument(
        "--rows",
        metavar="ROWS.csv",
        help="a sample of the risk set of your own: source, target, date, and offset, inverse_probability or"
        " probability",
    )
    parser.add_argument(
        "--mirrors",
        choices=("apart", "both", "one"),
        help="rows of both directions of a pair with one day, type and weight: 'apart', acts of their own;"
        " 'both', one act of both sides, such as a meeting; 'one', an act of one side, nobody knows which"
        " (default: 'both' for rows with the same key in a column act; 'apart' if there is none)",
    )
    add_terms(parser)
    add_sureness(parser)
    add_quality(parser)
    parser.add_argument("-o", "--output", metavar="MODEL", help="save the model to a file")
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Fit, show, and save if asked."""
    import comity
    from comity.model import fit, fit_rows, pair_mirrors
    from comity.provenance import Run, UsageError
    from comity.workbench.event_table import read_actors, read_history, read_plain_table
    from comity.workbench.files import write_whole
    from comity.workbench.kernels import announce_compilation

    if arguments.seed < 0 or arguments.controls < 1:
        raise UsageError("a seed below 0, or no controls", allowed="--seed 0 or more, --controls 1 or more.")
    check_sureness(arguments)
    holdout = read_holdout(arguments)
    question = {
        "outcome": arguments.outcome,
        "half_life_days": arguments.half_life,
        "transform": arguments.transform,
        "since": optional_day(arguments.since, "--from"),
        "until": fitted_until(holdout, optional_day(arguments.until, "--to")),
        "risk_set": arguments.risk_set,
        "controls": arguments.controls,
        "clustered": arguments.cluster_by or arguments.clustered,
    }
    tables = {"events": read_plain_table(Path(arguments.events))}
    if arguments.actors:
        tables["actors"] = read_plain_table(Path(arguments.actors))
    stays = read_actors(tables["actors"]) if arguments.actors else None
    history = read_history(tables["events"], stays, joint=arguments.mirrors != "apart")
    if arguments.mirrors in ("both", "one") and history.act is None:
        history = pair_mirrors(history)
    history = join_members(arguments, history, tables)
    statistics, more = read_terms(arguments, history)
    announce_compilation(None if arguments.outcome == "type" else arguments.risk_set)
    if arguments.mirrors == "one":
        history = _shared(history, statistics, question, arguments.seed)
    if arguments.rows:
        more["rows"], rows = read_given_rows(arguments, history)
        shared = {name: question[name] for name in ("outcome", "half_life_days", "transform", "clustered")}
        found, quality = fit_rows(history, rows, statistics=statistics, **shared), Quality()
        sureness = Sureness()
    else:
        found = fit(history, statistics=statistics, seed=arguments.seed, **question)
        quality = measure_quality(arguments, history, found, statistics, question)
        found, sureness, read = measure_sureness(arguments, history, found, statistics, question)
        more.update(read)
    names = [one.name for one in statistics]
    run_id = Run.of(
        "fit",
        version=comity.__version__,
        inputs={name: table.sha256 for name, table in (tables | more).items()},
        configuration={**question, "statistics": names} | _asked(arguments) | asked_sureness(arguments),
        seed=arguments.seed,
    ).id
    if arguments.output:
        write_whole(Path(arguments.output), found.to_json().encode())
    if arguments.json:
        print_json({**found.to_dict(), **quality.to_dict(), **sureness.to_dict(), "run": run_id})
    elif arguments.csv:
        rows_shown = [one.to_dict() for one in found.coefficients]
        print_rows(rows_shown, _columns(found, every=True), as_json=False, as_csv=True)
    else:
        _show(found)
        show_sureness(sureness)
        show_quality(quality)
    note(f"run {run_id}" + (f", model saved to {arguments.output}" if arguments.output else ""))
    return 0


def _asked(arguments: argparse.Namespace) -> dict[str, object]:
    """Give what was asked on top of the fit; nothing, if nothing was."""
    asked = {"holdout": arguments.holdout, "last": arguments.until, "check": arguments.check}
    mirrors = {"mirrors": arguments.mirrors} if arguments.mirrors else {}
    return mirrors | (asked if arguments.holdout or arguments.check is not None else {})


def _shared(
    history: "History", statistics: Sequence["Statistic"], question: dict[str, Any], seed: int
) -> "History":
    """Give each direction of an act of one side the part of it that is to be expected."""
    from comity.model import share_joint_acts

    chosen = {name: value for name, value in question.items() if name not in ("outcome", "clustered")}
    with showing_progress() as told:
        return share_joint_acts(history, statistics=statistics, seed=seed, told=told, **chosen)


def _columns(found: "Fit", *, every: bool = False) -> tuple[str, ...]:
    """List the columns of a table of coefficients; `every` keeps the column by dyad though it is empty."""
    kept = dict.fromkeys(("std_error", "std_error_dyad") if every else ())
    return ("term", "estimate", *(kept | dict.fromkeys(found.std_errors)), *FIGURES)


def _show(found: "Fit") -> None:
    print_line(found.likelihood_in_words)
    print_line(
        f"{found.n_events:,} acts, {found.n_rows:,} rows, {len(found.actors)} actors, {found.date_start} to"
        f" {found.date_end}; half-life {found.half_life_days:g} days, {found.transform}"
    )
    shown = _columns(found)
    rows = []
    for one in found.coefficients:
        values = one.to_dict()
        figures = {name: f"{values[name]:.4f}" for name in shown if name not in ("term", "p_value", "z")}
        rows.append({"term": one.term, **figures, "z": f"{one.z:.2f}", "p_value": f"{one.p_value:.2g}"})
    print_table(rows, shown)
    print_line(f"log likelihood {found.log_likelihood:,.3f}; low and high: the 95 % interval")
    for remark in found.notes:
        print_line(remark)
