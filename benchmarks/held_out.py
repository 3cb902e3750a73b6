"""How well fits foretell acts that they have not seen, and how much simulated worlds look like the seen one.

Run with ``python benchmarks/held_out.py FOLDER --from DATE --holdout DATE [-o OUT]``; FOLDER has
`events.csv.gz` and `actors.csv`. Beside the sixteen statistics it tries a few terms of its own: memories that
count acts, with a floor of a tenth of an act where log1p of a worth has one of about a point. With OUT it
writes the tables that the background page shows.
"""

import argparse
import csv
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from comity.model import (
    STATISTICS,
    Fit,
    HeldOut,
    History,
    Memory,
    Statistic,
    compare_with_simulated,
    fit,
    score_held_out,
)
from comity.workbench.event_table import read_actors, read_history, read_plain_table

OUTCOMES = ("rate:cooperation", "rate:conflict")
FLOOR = 0.1
HALF_LIVES = (7, 14, 30, 60, 120)


@dataclass(frozen=True)
class Sharp:
    """What the sender did to the receiver in units of the floor: log1p then goes down to a tenth."""

    sign: int
    back: bool = False

    @property
    def name(self) -> str:
        """The name in tables."""
        return f"{('coop', 'conf')[self.sign]}.sharp.{'reciprocation' if self.back else 'repetition'}"

    def parts(self, memory: Memory, senders: np.ndarray, receivers: np.ndarray) -> np.ndarray:
        """Give one number per row."""
        a, b = (receivers, senders) if self.back else (senders, receivers)
        return memory.pair(self.sign)[a, b] / FLOOR


def variants(history: History) -> dict[str, tuple[History, tuple[Statistic, ...]]]:
    """List what is fitted: on which history, with which statistics."""
    counts = replace(history, size=np.ones(len(history)))
    own = (Sharp(0), Sharp(1))
    return {
        "the sixteen": (history, STATISTICS),
        "the sixteen, each act counting 1": (counts, STATISTICS),
        "repetition alone, each act counting 1, floor 0.1": (counts, own),
        "the sixteen, repetition and reciprocation also with floor 0.1": (
            counts,
            (*STATISTICS, *own, Sharp(0, back=True), Sharp(1, back=True)),
        ),
    }


def score_line(outcome: str, name: str, found: Fit | None, scores: HeldOut, which: str) -> list[str]:
    """Give one line of the table of scores."""
    one = scores[which]
    gain = f"{scores.gain:+.3f} ({scores.gain_std_error:.3f})" if which == "model" else ""
    fitted = "" if found is None else f"{found.log_likelihood / found.n_events:.3f}"
    return [outcome, name, fitted, f"{one.log_score:.3f}", gain, *(f"{share:.3f}" for _, share in one.recall)]


def type_lines(history: History, since: date, holdout: date) -> list[list[str]]:
    """Score the type of acts: the sixteen, persistence, and the base rate."""
    found = fit(history, outcome="type", since=since, until=holdout - timedelta(days=1))
    scores = score_held_out(history, found, since=holdout)
    lines = [score_line("type", "the sixteen", found, scores, "model")]
    lines += [score_line("type", one, None, scores, one) for one in ("persistence", "base rate")]
    return [[*line, "", "", ""] for line in lines]


def half_life_lines(history: History, since: date, holdout: date) -> list[list[str]]:
    """Score the sixteen, and persistence, with other half-lives and with the transform `each`."""
    lines = []
    for outcome in OUTCOMES:
        for days in HALF_LIVES:
            line = [outcome, str(days)]
            for transform in ("log1p", "each"):
                question = {"outcome": outcome, "half_life_days": days, "transform": transform}
                found = fit(history, since=since, until=holdout - timedelta(days=1), **question)
                scores = score_held_out(history, found, since=holdout)
                line += [
                    f"{scores['model'].log_score:.3f}",
                    f"{scores.gain:+.3f} ({scores.gain_std_error:.3f})",
                ]
            lines.append([*line, f"{scores['persistence'].log_score:.3f}"])
    return lines


def main() -> None:
    """Fit, score, simulate, print, and write if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--from", dest="since", type=date.fromisoformat, required=True)
    parser.add_argument("--holdout", type=date.fromisoformat, required=True)
    parser.add_argument("--runs", type=int, default=99)
    parser.add_argument("-o", "--output", type=Path)
    arguments = parser.parse_args()
    actors = read_actors(read_plain_table(arguments.folder / "actors.csv"))
    history = read_history(read_plain_table(arguments.folder / "events.csv.gz"), actors)
    until = arguments.holdout - timedelta(days=1)
    lines, fits = [], []
    for outcome in OUTCOMES:
        for name, (seen, statistics) in variants(history).items():
            found = fit(seen, outcome=outcome, statistics=statistics, since=arguments.since, until=until)
            scores = score_held_out(seen, found, since=arguments.holdout, statistics=statistics)
            lines.append(score_line(outcome, name, found, scores, "model"))
            fits += [found] if statistics == STATISTICS and seen is history else []
        lines += [score_line(outcome, one, None, scores, one) for one in ("persistence", "uniform")]
    lines += type_lines(history, arguments.since, arguments.holdout)
    head = ["outcome", "foretold by", "fitted acts", "held out", "over persistence (std. error)"]
    tables = {"held-out": [[*head, "recall at 10", "at 50", "at 100"], *lines]}
    heads = ["outcome", "half-life", "log1p", "over persistence", "each", "over persistence", "persistence"]
    swept = half_life_lines(history, arguments.since, arguments.holdout)
    tables["held-out-half-lives"] = [heads, *swept]
    last = date(1970, 1, 1) + timedelta(days=int(history.day.max()))
    worlds = compare_with_simulated(history, fits, since=arguments.holdout, until=last, runs=arguments.runs)
    shown = [
        [one.name, *(f"{x:.4g}" for x in (one.observed, one.low, one.middle, one.high)), f"{one.p_value:.2f}"]
        for one in worlds.features
    ]
    tables["seen-and-simulated"] = [["figure", "seen", "low", "middle", "high", "p"], *shown]
    for name, table in tables.items():
        print(f"\n{name}")
        for line in table:
            print("  ".join(f"{cell:>12}" for cell in line))
        if arguments.output:
            with (arguments.output / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
                csv.writer(file, lineterminator="\n").writerows(table)


if __name__ == "__main__":
    main()
