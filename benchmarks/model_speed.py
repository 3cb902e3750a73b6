"""How fast the model's statistics and fits are, beside the rate at which this machine copies memory.

Run with ``python benchmarks/model_speed.py [FOLDER] [--page PAGE.md]``; FOLDER has `events.csv.gz` and
`actors.csv`; else a made-up year of 284 actors and 26,000 events is used. Everything runs on one core;
processor time, median of several rounds. Not a test: a busy machine is slower, and so is its copy rate.
``--page`` writes the page of the documentation.

``--remflow PYTHON`` times remflow, too, in another environment (pip install remflow), on a case that it can
finish; the page needs it.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from comity.model import STATISTICS, History, fit
from comity.model.history import number_of
from comity.model.likelihood import new_workspace
from comity.model.measuring import statistics_at
from comity.model.memory import walk
from comity.model.risk_sets import Design, FullRiskSet
from comity.model.tables import fill_block, fill_tables, new_tables
from comity.workbench.event_table import read_actors, read_history, read_plain_table

ROUNDS = 5
HALF_LIFE = 30.0
LOG1P = 1


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the median processor time, after one round that fills the caches."""
    work()
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def copy_rate() -> float:
    """Give the bytes that numpy copies in a second, in a block far larger than the caches."""
    block = np.ones(16_000_000)
    other = np.empty_like(block)
    return block.nbytes / seconds(lambda: np.copyto(other, block), rounds=9)


def made_up(actors: int, events: int, days: int, *, seed: int = 1) -> History:
    """Draw events among busy and quiet actors; half of them repeat or answer an earlier one."""
    rng = np.random.default_rng(seed)
    busy = rng.zipf(1.6, size=actors).clip(max=200) ** 0.8
    busy /= busy.sum()
    sender, receiver = rng.choice(actors, size=(2, events), p=busy)
    for i in range(1, events):
        if rng.random() < 0.5:
            before = rng.integers(max(0, i - 2_000), i)
            sender[i], receiver[i] = sender[before], receiver[before]
            if rng.random() < 0.4:
                sender[i], receiver[i] = receiver[i], sender[i]
    receiver = np.where(sender == receiver, (receiver + 1) % actors, receiver)
    forever = np.full(actors, 2**40)
    return History(
        actors=tuple(f"a{i}" for i in range(actors)),
        sender=sender.astype(np.int64),
        receiver=receiver.astype(np.int64),
        day=np.sort(
            rng.integers(number_of(date(2014, 1, 1)), number_of(date(2014, 1, 1)) + days, size=events)
        ),
        sign=(rng.random(events) < 0.2).astype(np.int64),
        size=rng.choice([1.0, 2.8, 3.4, 4.0, 5.0, 7.0], size=events),
        enters=-forever,
        leaves=forever,
    )


def sampled_statistics(history: History) -> tuple[int, float]:
    """Work out six rows for each event: itself, and five pairs drawn at random."""
    rng = np.random.default_rng(1)
    n = len(history.actors)
    a = np.concatenate([history.sender, rng.integers(n, size=5 * len(history))])
    b = np.concatenate(
        [history.receiver, (a[len(history) :] + 1 + rng.integers(n - 1, size=5 * len(history))) % n]
    )
    days = np.tile(history.day, 6)

    def work() -> None:
        statistics_at(history, a, b, days, half_life_days=HALF_LIFE, statistics=STATISTICS, transform=0)

    return len(history), seconds(work)


def full_statistics(history: History) -> tuple[int, float]:
    """Write all sixteen transformed statistics of every ordered pair of every day with events."""
    n = len(history.actors)
    tables, work = new_tables(n), new_workspace(16, actors=n)
    codes, present, extra = np.arange(16), np.arange(n), np.zeros((0, n, n))
    days = np.unique(history.day).tolist()
    step = max(1, work.eta.shape[0] // (n - 1))

    def run() -> None:
        for _, state in walk(history, days, half_life_days=HALF_LIFE):
            fill_tables(state, LOG1P, tables)
            for first in range(0, n, step):
                fill_block(tables, extra, codes, present, first, min(n, first + step), work.terms)

    return len(days) * n * (n - 1), seconds(run, rounds=3)


def likelihood_pass(history: History) -> tuple[int, float]:
    """Work out the log likelihood, its gradient and its information over the full risk set, once."""
    observed = np.flatnonzero(history.sign == 0)
    risk_set = FullRiskSet(Design(history, observed, STATISTICS, HALF_LIFE, LOG1P))
    beta = np.full(16, 0.01)
    taken = seconds(lambda: risk_set.evaluate(beta), rounds=3)
    return risk_set.rows, taken


REMFLOW = """
import time, warnings
warnings.filterwarnings("ignore")
import numpy as np, pandas as pd
from remflow import remify, remstats
rng = np.random.default_rng(1)
s = rng.integers(10, size=100)
r = (s + 1 + rng.integers(9, size=100)) % 10
names = [f"a{i}" for i in range(10)]
columns = {"time": np.arange(100.0), "sender": [names[i] for i in s], "receiver": [names[i] for i in r]}
table = pd.DataFrame(columns)
history = remify(table, actors=names, ordinal=True)
start = time.process_time()
remstats(history, tie_effects="~ inertia() + reciprocity() + indegreeSender() + indegreeReceiver()"
    " + outdegreeSender() + outdegreeReceiver() + itp() + otp() + isp() + osp()",
    memory="decay", memory_value=30.0, first=2)
from importlib.metadata import version
print(version("remflow"), 99 * 90 / (time.process_time() - start))
"""


def beside_remflow(python: str, rounds: int = 3) -> tuple[str, float, float]:
    """Give remflow's version, its rows in a second, ten statistics each, and ours with sixteen."""
    theirs, ours, named = [], [], ""
    for _ in range(rounds):
        ran = subprocess.run([python, "-c", REMFLOW], check=True, capture_output=True, text=True)
        named, rate = ran.stdout.split()
        theirs.append(float(rate))
        rows, taken = full_statistics(made_up(10, 100, 1_000))
        ours.append(rows / taken)
    one, other = statistics.median(theirs), statistics.median(ours)
    print(f"10 actors, 100 events: remflow {named} {one:,.0f} rows/s, ours {other:,.0f}: {other / one:,.0f}")
    return named, one, other


def growth(actors: int, events: int, days: int) -> None:
    """Print the time and the memory of a default fit in a process of its own."""
    history = made_up(actors, events, days)
    since = date(2014, 1, 31)
    terms = [one for one in STATISTICS if one.name not in ("enemy.of.enemy",)]
    fit(made_up(30, 1_000, 60), since=since, statistics=terms)  # compile
    start = time.process_time()
    found = fit(history, since=since, statistics=terms)
    taken = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([actors, events, days, round(taken, 2), found.n_rows, round(peak)]), flush=True)


SIZES = (
    (30, 26_000, 365), (100, 26_000, 365), (284, 26_000, 365), (1_000, 26_000, 365), (2_000, 26_000, 365),
    (5_000, 26_000, 365), (10_000, 26_000, 365), (20_000, 26_000, 365), (10_000, 52_000, 365),
    (20_000, 104_000, 365),
    (284, 13_000, 365), (284, 52_000, 365), (284, 104_000, 365), (284, 26_000, 730), (284, 52_000, 730),
)  # fmt: skip


def rates(history: History, gigabytes: float) -> list[tuple[str, float, str, float]]:
    """Measure each rate: its name, the rate, its unit, and the rate for each GB/s of copying."""
    found = []
    for name, measure, unit in (
        ("statistics of sampled rows", sampled_statistics, "events/s"),
        ("statistics of the full risk set", full_statistics, "rows/s"),
        ("likelihood, gradient, Hessian", likelihood_pass, "rows/s"),
    ):
        amount, taken = measure(history)
        rate = amount / taken
        found.append((name, rate, unit, rate / gigabytes))
        print(f"{name:<34} {rate:>14,.0f} {unit:<8} {rate / gigabytes:>12,.0f} for each GB/s", flush=True)
    return found


def in_turns(history: History, rounds: int = 3) -> tuple[float, float]:
    """Time default and full fits in turns, since what else the machine does changes; give the medians."""
    taken: tuple[list[float], list[float]] = ([], [])
    since = date(2014, 1, 31)
    fit(history, since=since)
    for _ in range(rounds):
        for times, risk_set in ((2, "sampled"), (1, "full"), (2, "sampled")):
            start = time.process_time()
            for _ in range(times):
                fit(history, since=since, risk_set=risk_set)
            taken[risk_set == "full"].append((time.process_time() - start) / times)
    return statistics.median(taken[0]), statistics.median(taken[1])


def grown() -> list[list[float]]:
    """Measure default fits of growing size, each in a process of its own."""
    found = []
    for size in SIZES:
        words = [sys.executable, __file__, "--growth", *(str(number) for number in size)]
        ran = subprocess.run(words, check=True, capture_output=True, text=True)
        found.append(json.loads(ran.stdout))
        line = "  {:>6,} actors {:>8,} events {:>4} days: {:7.2f} s, {:>11,} rows, {:>5} MB"
        print(line.format(*found[-1]), flush=True)
    return found


PAGE = """# How fast the model is

Written by `python benchmarks/model_speed.py FOLDER --page PAGE.md`, on one core of a machine with other
work on it, on which numpy copied {copied:.1f} GB a second. Processor time, median of several rounds.
{actors} actors, {events:,} events of one year, half-life 30 days, sixteen statistics.

| | a second | for each GB/s that numpy copies |
|---|---:|---:|
{rates}

- *Statistics of sampled rows*: for each event its own row and five others drawn at random; the walk through
  the events is in it.
- *Statistics of the full risk set*: all ordered pairs of all days with events, transformed, ready for the
  likelihood.
- *Likelihood, gradient, Hessian*: one pass over the full risk set, with the statistics made on the way.

The default fit of the year took {sampled:.2f} s, the fit over the full risk set {full:.1f} s, in turns:
{ratio:.1f} times as long.

## Beside remflow

The statistics of every ordered pair at every event, on a case that remflow {remflow} finishes: 10 actors, 100
events, a memory that decays. In turns, medians of three: remflow gives {theirs:,.0f} rows a second with ten
statistics each, comity {ours:,.0f} with sixteen, {times:,.0f} times as many. remflow is written in Python
alone; other packages were not timed.

## How it grows

Default fits of made-up years (15 terms, the sampled risk set), each in a process of its own. Time grows with
the rows: pairs with live history on each day, and the drawn ones. Up to 3,000 actors every pair has its place
in tables of 8 bytes times the square of the actors; beyond, only pairs with a memory are held. Memory counts
Python and the compiler, about 350 MB. Rows above 1.2 GB are made anew at each step, which costs time instead.

| actors | events | days | seconds | rows | peak MB |
|---:|---:|---:|---:|---:|---:|
{growth}
"""


def write_page(
    page: Path,
    history: History,
    copied: float,
    found: list[tuple[str, float, str, float]],
    fits: list[float],
    sizes: list[list[float]],
    remflow: tuple[str, float, float],
) -> None:
    """Write the page of the documentation from what was measured."""
    lines = [f"| {name} | {rate:,.0f} {unit[:-2]} | {ratio:,.0f} |" for name, rate, unit, ratio in found]
    rows = ["| {:,} | {:,} | {:,} | {:.1f} | {:,} | {:,} |".format(*size) for size in sizes]
    text = PAGE.format(
        copied=copied, actors=len(history.actors), events=len(history), rates="\n".join(lines),
        sampled=fits[0], full=fits[1], ratio=fits[1] / fits[0], growth="\n".join(rows),
        remflow=remflow[0], theirs=remflow[1], ours=remflow[2], times=remflow[2] / remflow[1],
    )  # fmt: skip
    page.write_text(text, "utf-8")


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--growth", nargs=3, type=int)
    parser.add_argument("--remflow", metavar="PYTHON")
    parser.add_argument("--page", type=Path)
    asked = parser.parse_args()
    if asked.growth:
        growth(*asked.growth)
        return
    if asked.page and not asked.remflow:
        parser.error("--page needs --remflow PYTHON")
    remflow = beside_remflow(asked.remflow) if asked.remflow else ("", 0.0, 0.0)
    if asked.folder:
        actors = read_actors(read_plain_table(asked.folder / "actors.csv"))
        history = read_history(read_plain_table(asked.folder / "events.csv.gz"), actors)
    else:
        history = made_up(284, 26_002, 365)
    gigabytes = copy_rate() / 1e9
    print(f"numpy copies {gigabytes:.1f} GB/s; {len(history.actors)} actors, {len(history):,} events")
    found = rates(history, gigabytes)
    sampled, full = in_turns(history)
    print(f"default fit {sampled:.2f} s, full fit {full:.2f} s: 1/{full / sampled:.1f}", flush=True)
    print("growth of the default fit, 15 terms:")
    sizes = grown()
    if asked.page:
        write_page(asked.page, history, gigabytes, found, [sampled, full], sizes, remflow)


if __name__ == "__main__":
    main()
