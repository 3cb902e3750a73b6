"""How well a fit does: scores of acts held out, and simulated worlds beside the one that was seen."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from comity.workbench.options import optional_day
from comity.workbench.output import print_line, print_table
from comity.workbench.progress import showing_progress

if TYPE_CHECKING:
    from comity.model import Envelopes, Fit, HeldOut, History, Statistic

RUNS: Final = 99
RATES: Final = ("rate:cooperation", "rate:conflict")
FEATURE: Final = ("name", "observed", "low", "middle", "high", "p_value", "")


def add_quality(parser: argparse.ArgumentParser) -> None:
    """Add the options that ask how well a fit does."""
    quality = parser.add_argument_group("how well it fits")
    quality.add_argument(
        "--holdout",
        metavar="DATE",
        help="fit the acts before DATE, and score those from DATE on beside persistence and a uniform choice",
    )
    quality.add_argument(
        "--check",
        type=int,
        nargs="?",
        const=RUNS,
        metavar="RUNS",
        help="simulate the days held out, or else those fitted, and say where the degrees, reciprocity and"
        f" signed triads that were seen lie (without a number: {RUNS} runs); fits the rate of the other"
        " type, too",
    )


@dataclass(frozen=True, slots=True)
class Quality:
    """What was asked for."""

    held_out: "HeldOut | None" = None
    simulated: "Envelopes | None" = None

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values of what there is."""
        found = {"held_out": self.held_out, "simulated": self.simulated}
        return {name: one.to_dict() for name, one in found.items() if one is not None}


def read_holdout(arguments: argparse.Namespace) -> date | None:
    """Give the first day held out.

    Raises
    ------
    UsageError : a day that leaves nothing to fit or to score; options that do not go together
    """
    from comity.provenance import UsageError

    holdout = optional_day(arguments.holdout, "--holdout")
    since, until = optional_day(arguments.since, "--from"), optional_day(arguments.until, "--to")
    if arguments.rows and (holdout or arguments.check is not None):
        raise UsageError("--rows with --holdout or --check", allowed="A risk set of comity's own.")
    if arguments.check is not None and (arguments.check < 2 or arguments.outcome == "type"):
        raise UsageError(
            f"--check {arguments.check} for {arguments.outcome}",
            allowed="2 runs or more, for rate:cooperation or rate:conflict.",
        )
    if holdout and ((since and holdout <= since) or (until and holdout > until)):
        raise UsageError(f"--holdout {holdout}", allowed="A day after --from and not after --to.")
    return holdout


def fitted_until(holdout: date | None, until: date | None) -> date | None:
    """Give the last day to fit."""
    return until if holdout is None else holdout - timedelta(days=1)


def measure_quality(
    arguments: argparse.Namespace,
    history: "History",
    found: "Fit",
    statistics: Sequence["Statistic"],
    question: Mapping[str, Any],
) -> Quality:
    """Score and simulate, if asked."""
    from comity.model import compare_with_simulated, fit, score_held_out

    holdout, until = optional_day(arguments.holdout, "--holdout"), optional_day(arguments.until, "--to")
    held_out = None
    if holdout is not None:
        held_out = score_held_out(history, found, since=holdout, until=until, statistics=statistics)
    if arguments.check is None:
        return Quality(held_out)
    fits = [found]
    for sign, outcome in enumerate(RATES):
        if outcome != found.outcome and (history.sign == sign).any():
            other = {**question, "outcome": outcome}
            fits.append(fit(history, statistics=statistics, seed=arguments.seed, **other))
    stretch = held_out or found
    with showing_progress() as progress:
        simulated = compare_with_simulated(
            history,
            fits,
            since=stretch.date_start,
            until=stretch.date_end,
            runs=arguments.check,
            seed=arguments.seed,
            statistics=statistics,
            progress=progress,
        )
    return Quality(held_out, simulated)


def show_quality(quality: Quality) -> None:
    """Print it as text."""
    if quality.held_out is not None:
        _show_held_out(quality.held_out)
    if quality.simulated is not None:
        _show_simulated(quality.simulated)


def _show_held_out(found: "HeldOut") -> None:
    print_line()
    print_line(
        f"Held out, not fitted: {found.n_events:,} acts on {found.n_days:,} days, {found.date_start} to"
        f" {found.date_end}"
    )
    rows = []
    for one in found.scores:
        recall = {f"recall at {k}": f"{share:.3f}" for k, share in one.recall}
        rows.append({"foretold by": one.name, "log score": f"{one.log_score:.4f}", **recall})
    print_table(rows, list(rows[0]))
    error = "" if found.gain_std_error is None else f" (standard error by weeks {found.gain_std_error:.4f})"
    word = "above" if found.gain > 0 else "below"
    print_line(f"The model is {abs(found.gain):.4f} nats an act {word} persistence{error}.")


def _show_simulated(found: "Envelopes") -> None:
    print_line()
    print_line(
        f"Seen beside {found.runs} simulated worlds, {found.date_start} to {found.date_end}, given each day's"
        " number of acts"
    )
    rows = []
    for one in found.features:
        figures = {name: f"{getattr(one, name):.4g}" for name in ("observed", "low", "middle", "high")}
        rows.append(
            {
                "name": one.name,
                **figures,
                "p_value": f"{one.p_value:.2f}",
                "": "" if one.inside else "outside",
            }
        )
    print_table(rows, FEATURE)
    inside = sum(one.inside for one in found.features)
    print_line(
        f"{inside} of {len(found.features)} lie between low and high, where 95 % of simulated ones do."
    )
