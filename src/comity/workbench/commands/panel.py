"""``comity panel``: whether gaps and alignments with a third party move ties a month later."""

import argparse
from typing import TYPE_CHECKING, Any, Final

from comity.workbench.options import add_case, add_format
from comity.workbench.output import note, print_json, print_line, print_rows, print_table

if TYPE_CHECKING:
    from comity.factors import PanelAnswer

COLUMNS: Final = (
    "third", "scale", "lag", "effects", "weights", "busy", "own_past", "n_rows", "n_pairs", "term",
    "estimate", "std_error", "std_error_pair", "std_error_pair_month", "std_error_actor_month", "low", "high",
    "p_value", "smallest_detectable",
)  # fmt: skip
SHOWN: Final = ("term", "estimate", "std_error", "low", "high", "p_value", "smallest_detectable")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--third", action="append", required=True, metavar="ACTOR", help="a third party; may be repeated"
    )
    parser.add_argument(
        "--lag",
        action="append",
        type=int,
        default=[],
        metavar="MONTHS",
        help="how much later the tie is looked at (default: 1 and 3); the first is the headline's",
    )
    parser.add_argument(
        "--no-placebo", action="store_true", help="leave out other third parties and shifts in time"
    )
    add_case(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Ask about each third party in turn."""
    from comity.cases import open_case
    from comity.factors import ask_panel
    from comity.provenance import NothingFoundError
    from comity.workbench.progress import showing_progress
    from comity.workbench.runs import record_run, tell_refusals

    case = open_case(arguments.case)
    third = [case.registry.resolve(name).id for name in arguments.third]
    if case.scores is None:
        raise NothingFoundError(
            "this case has no scores of pairs",
            where=f"case {case.id}",
            remedy="Bring some in with 'comity import scores FILE…'.",
        )
    lags = {"lags": tuple(dict.fromkeys(arguments.lag))} if arguments.lag else {}
    with showing_progress() as told:
        answers = [
            ask_panel(case.scores, one, placebo=not arguments.no_placebo, told=told, **lags)
            for one in dict.fromkeys(third)
        ]
    configuration = {"third": third, "placebo": not arguments.no_placebo, **lags}
    run_id = record_run(case, "panel", {**configuration, "scores": dict(case.scores.editions)}).id
    if arguments.json:
        for answer in answers:
            print_json({**answer.to_dict(), "run": run_id})
    elif arguments.csv:
        print_rows([row for one in answers for row in _rows(one)], COLUMNS, as_json=False, as_csv=True)
    else:
        for answer in answers:
            _show(answer)
    tell_refusals(case)
    note(f"run {run_id}")
    return 0


def _rows(answer: "PanelAnswer") -> list[dict[str, Any]]:
    """Give one row a specification and term."""
    found = answer.to_dict()
    return [
        {"third": answer.third, **one, **one[term]}
        for one in found["specifications"]
        for term in ("gap", "alignment", "past")
        if term in one
    ]


def _show(answer: "PanelAnswer") -> None:
    from comity.factors import NOT_CAUSE

    head = answer.headline
    print_line(
        f"{answer.third}: {head.n_pairs:,} pairs of {head.n_actors} actors, {head.n_months} months,"
        f" {head.n_rows:,} rows; ties as tones from −1 to 1; effects of pairs and of months taken out"
    )
    rows = []
    for one in head.terms:
        values = one.to_dict()
        figures = {name: f"{values[name]:+.4f}" for name in ("estimate", "low", "high")}
        sizes = {name: f"{values[name]:.4f}" for name in ("std_error", "p_value", "smallest_detectable")}
        rows.append({"term": one.term, **figures, **sizes})
    print_table(rows, SHOWN)
    for term in ("gap", "alignment"):
        words = answer.in_words(term)
        print_line(words[0].upper() + words[1:])
    print_line(NOT_CAUSE)
    print_line()
