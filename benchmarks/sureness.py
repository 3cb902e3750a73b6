"""How far a fit's tests and intervals can be trusted: made-up worlds in which the truth is known.

Run with ``python benchmarks/sureness.py [--worlds 100] [--only NAME …] [--events EVENTS.csv ACTORS.csv]``. It
writes the tables that the background page shows, into docs/background/sureness/; nothing in them is typed in.
With ``--events`` it also sets the standard errors of one fit to real data side by side. Minutes, one core.
"""

import argparse
import csv
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # for the worlds of the tests

from tests.model.test_pooled_terms import NAMES, planted  # noqa: E402
from tests.model.test_pooled_terms import TERMS as POOLED  # noqa: E402
from tests.model.test_simulating import TERMS, TRUE, world  # noqa: E402
from tests.model.worlds import day  # noqa: E402

from comity.model import (  # noqa: E402
    ErrorRates,
    History,
    allow_for_coding_error,
    bootstrap,
    eras_at,
    fit,
    miscode,
    pool_third_parties,
    split_by_era,
)
from comity.workbench.event_table import read_actors, read_history, read_plain_table  # noqa: E402

FOLDER = ROOT / "docs" / "background" / "sureness"
Rows = list[dict[str, object]]
PARTIES, COMMON = 5, 0.3


def told_again(history: History, *, seed: int) -> History:
    """Tell each act again on none, one, two or three of the days that follow."""
    rng = np.random.default_rng(seed)
    times = rng.integers(0, 4, len(history))
    which = np.concatenate([np.arange(len(history)), np.repeat(np.arange(len(history)), times)])
    later = np.concatenate([np.zeros(len(history), np.int64), rng.integers(0, 4, times.sum())])
    order = np.argsort(history.day[which] + later, kind="stable")
    some, number = which[order], (history.day[which] + later)[order]
    return replace(history.take(some), day=number, act=None)


def splits(worlds: int) -> Rows:
    """Count false alarms: worlds without a split in which a test at the 5 % level finds one."""
    rows: Rows = []
    for name, change in (("independent", None), ("each told again up to three times", told_again)):
        alarms: dict[tuple[str, bool], list[bool]] = {}
        for seed in range(worlds):
            history = world(seed=seed)
            history = change(history, seed=seed) if change else history
            found = split_by_era(history, eras_at([day(135)]), statistics=TERMS, since=day(30))
            for test in found.tests:
                alarms.setdefault((test.test, test.term == "all"), []).append(test.p_value < 0.05)
        row: dict[str, object] = {"acts": name, "worlds": worlds}
        for (test, joint), raised in alarms.items():
            row[f"{test}, {'all terms' if joint else 'a term'}"] = f"{100 * np.mean(raised):.1f} %"
        rows.append(row)
        print(row, flush=True)
    return rows


def third_parties(worlds: int) -> Rows:
    """Count intervals that hold a third party's planted coefficient, and measure the errors."""
    rows: Rows = []
    for spread in (0.0, 0.3, 0.6):
        rng = np.random.default_rng(round(10 * spread))
        inside, pooled, alone, spreads = [], [], [], []
        for seed in range(worlds):
            truth = rng.normal(0, spread, PARTIES)
            history = planted(seed=1_000 + seed, deviations=truth, days=180, beta=(0.4, 0.2, COMMON))
            found = pool_third_parties(
                history, NAMES[:PARTIES], terms=["enemy.of.enemy"], statistics=POOLED, since=day(30)
            )
            spreads.append(found.spread)
            for one, true in zip(found.parties, COMMON + truth, strict=True):
                inside.append(one.interval[0] <= true <= one.interval[1])
                pooled.append((one.estimate - true) ** 2)
                alone.append((one.alone - true) ** 2)
        row = {
            "planted spread τ": spread,
            "mean estimate of τ": f"{np.mean(spreads):.2f}",
            "third parties": len(inside),
            "95 % intervals that hold": f"{100 * np.mean(inside):.1f} %",
            "typical error, pooled": f"{np.sqrt(np.mean(pooled)):.3f}",
            "typical error, alone": f"{np.sqrt(np.mean(alone)):.3f}",
        }
        rows.append(row)
        print(row, flush=True)
    return rows


def coding_errors(worlds: int) -> Rows:
    """Code worlds with errors; count intervals that hold what was planted: as coded, widened, corrected."""
    rows: Rows = []
    for rate in (0.02, 0.05, 0.1):
        rates = ErrorRates(cooperation=rate, conflict=rate, sender=rate / 2, receiver=rate / 2)
        inside: dict[str, list[bool]] = {"as_coded": [], "widened": [], "corrected": []}
        coded, corrected = [], []
        for seed in range(worlds):
            history = miscode(world(seed=seed), rates, seed=10_000 + seed)
            found = fit(history, statistics=TERMS, since=day(30))
            what = allow_for_coding_error(history, found, rates, refits=10)
            for one, true in zip(what.terms, TRUE, strict=True):
                for name, held in inside.items():
                    part = one.to_dict()[name]
                    held.append(part["low"] <= true <= part["high"])
            coded.append(what.terms[0].estimate)
            corrected.append(what.terms[0].corrected)
        row = {
            "types and actors wrong": f"{100 * rate:g} % each",
            "worlds": worlds,
            **{
                f"{name.replace('_', ' ')} holds": f"{100 * np.mean(held):.1f} %"
                for name, held in inside.items()
            },
            "repetition, planted": f"{TRUE[0]:.2f}",
            "as coded": f"{np.mean(coded):.3f}",
            "corrected": f"{np.mean(corrected):.3f}",
        }
        rows.append(row)
        print(row, flush=True)
    return rows


TABLES: dict[str, Callable[[int], Rows]] = {
    "splits": splits,
    "third-parties": third_parties,
    "coding-errors": coding_errors,
}


def side_by_side(events: Path, actors: Path) -> tuple[Rows, Rows]:
    """Set standard errors of one fit side by side, and tests of a split in the middle."""
    history = read_history(read_plain_table(events), read_actors(read_plain_table(actors)))
    since, middle = date(2014, 1, 31), date(2014, 7, 17)
    plain = fit(history, since=since, clustered="dyad")
    others = {by: fit(history, since=since, clustered=by) for by in ("pair", "actor")}
    weeks = bootstrap(history, plain, repeats=100).std_errors
    split = split_by_era(history, eras_at([middle]), since=since)
    errors: Rows = []
    tests: Rows = []
    for one in plain.coefficients:
        row: dict[str, object] = {
            "term": one.term,
            "estimate": f"{one.estimate:.3f}",
            "std. error": f"{one.std_error:.3f}",
        }
        row["by dyad"] = f"{one.std_error_dyad:.3f}"
        row["by pair"] = f"{others['pair'][one.term].std_error_pair:.3f}"
        row["by actor"] = f"{others['actor'][one.term].std_error_actor:.3f}"
        row["by weeks"] = f"{weeks[one.term]:.3f}"
        errors.append(row)
    for term in ("all", *(one.term for one in plain.coefficients)):
        ratio, wald = split.test(term, ratio=True), split.test(term)
        tests.append(
            {
                "term": term,
                "likelihood ratio": f"{ratio.statistic:.1f} ({ratio.df})",
                "p": f"{ratio.p_value:.2g}",
                "Wald by dyad": f"{wald.statistic:.1f} ({wald.df})",
                "p of it": f"{wald.p_value:.2g}",
            }
        )
    return errors, tests


def write(name: str, rows: Rows) -> None:
    """Write a table of our own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{name}.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main() -> None:
    """Make the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--only", nargs="*", choices=[*TABLES, "none"], default=list(TABLES))
    parser.add_argument("--events", nargs=2, type=Path, metavar=("EVENTS", "ACTORS"))
    arguments = parser.parse_args()
    for name in arguments.only:
        if name in TABLES:
            write(name, TABLES[name](arguments.worlds))
    if arguments.events:
        errors, tests = side_by_side(*arguments.events)
        write("errors", errors)
        write("split-tests", tests)


if __name__ == "__main__":
    main()
