"""Whether fits find the coefficients that made-up worlds were made with, and how sure they say they are.

Run with ``python benchmarks/recovery.py [--worlds 100] [--seed 1] [--only NAME …] [-o FOLDER]``. It simulates
the worlds of `recovery_worlds.py`, fits each, and counts how often the 95 % interval that comity prints holds
the true coefficient. With FOLDER it writes the tables that the background page shows. One core.

A world's seed is ``10_000 * seed + number``, so two runs with different seeds share no world. `plain`,
`drift`, `rows` and `shuffle` start from the same worlds.
"""

import argparse
import csv
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from recovery_worlds import (
    MIRRORED,
    TRUE,
    TRUE_TYPE,
    Design,
    acts_of,
    growing_counts,
    make_typed_world,
    make_world,
    mirrored,
    repeated,
    shuffled,
    thinned,
)

import comity
from comity.model import STATISTICS, Fit, History, fit, pair_mirrors, share_joint_acts

MAIN = Design()
WIDE = Design(actors=60, half_life_days=10.0, burn_in=90)  # many silent pairs: here the sample is one
NAMES = [one.name for one in MAIN.statistics]
WITHOUT_DEGREES = (*STATISTICS[:4], *STATISTICS[12:])
TRIADS = [one.name for one in STATISTICS[12:]]


@dataclass(frozen=True)
class Series:
    """One kind of fit over all worlds: estimates and standard errors, (worlds, terms).

    Parameters
    ----------
    true : (terms,), the coefficients of the world, or zeros where there should be no effect
    """

    name: str
    terms: list[str]
    true: np.ndarray
    estimates: np.ndarray
    errors: np.ndarray

    @property
    def z(self) -> np.ndarray:
        """How many standard errors each estimate is off."""
        return (self.estimates - self.true) / self.errors

    def inside(self) -> dict[str, int]:
        """Count the worlds whose 95 % interval holds the truth, by term."""
        return dict(zip(self.terms, (np.abs(self.z) <= 1.959963984540054).sum(axis=0).tolist(), strict=True))

    def row(self, term: str) -> list[str]:
        """Give the truth, the number inside, and mean and standard deviation of z."""
        j = self.terms.index(term)
        z = self.z[:, j]
        return [f"{self.true[j]:g}", str(self.inside()[term]), f"{z.mean():+.2f}", f"{z.std(ddof=1):.2f}"]


def fit_world(history: History, design: Design, outcome: str, **options: object) -> Fit:
    """Fit the explained year of a world."""
    chosen = {"statistics": design.statistics, "risk_set": "full", **options}
    return fit(history, outcome=outcome, half_life_days=design.half_life_days, since=design.since, **chosen)  # type: ignore[arg-type]


def rates(
    history: History, design: Design, names: Sequence[str] = ("cooperation", "conflict"), **options: object
) -> dict[str, Fit]:
    """Fit who acts on whom, for the types asked for."""
    return {name: fit_world(history, design, f"rate:{name}", **options) for name in names}


@lru_cache(maxsize=1)
def main_world(seed: int) -> History:
    """Simulate a world that several kinds look at."""
    return make_world(MAIN, seed)


def plain(seed: int) -> dict[str, Fit]:
    """Fit the world as it is over the full risk set."""
    return rates(main_world(seed), MAIN)


def sampled(seed: int) -> dict[str, Fit]:
    """Fit a wider world with the default estimator and its default number of draws."""
    return rates(make_world(WIDE, seed), WIDE, risk_set="sampled", seed=seed)


def typed(seed: int) -> dict[str, Fit]:
    """Fit the type of acts; and where both sides do a share of them."""
    worlds = {
        "type": make_typed_world(MAIN, seed),
        "type, joint acts": make_typed_world(MAIN, seed, joint=MIRRORED),
    }
    return {name: fit_world(one, MAIN, "type", statistics=STATISTICS) for name, one in worlds.items()}


def drift(seed: int) -> dict[str, Fit]:
    """Let the number of acts grow fourfold; or the share of acts that is reported, from 30 to 100 %."""
    growing = make_world(MAIN, seed, counts=growing_counts(MAIN, seed))
    return {
        "more acts": fit_world(growing, MAIN, "rate:cooperation"),
        "more reported": fit_world(thinned(main_world(seed), seed), MAIN, "rate:cooperation"),
    }


def rows(seed: int) -> dict[str, Fit]:
    """Tell acts from both sides, or again: acts of both sides, and of one. Fit rows, and the acts formed."""
    history = main_world(seed)
    meetings = replace(make_world(MAIN, seed, joint=MIRRORED), act=None)
    turned, again = mirrored(history, seed), repeated(history, seed)
    told = {
        "both act, rows": meetings,
        "both act, acts formed": pair_mirrors(meetings),
        "one acts, rows": turned,
        "one acts, acts formed": share_joint_acts(
            pair_mirrors(turned),
            statistics=MAIN.statistics,
            half_life_days=MAIN.half_life_days,
            since=MAIN.since,
            risk_set="full",
        ),
        "repeats, rows": again,
        "repeats, acts formed": acts_of(again),
    }
    return {name: fit_world(one, MAIN, "rate:cooperation") for name, one in told.items()}


def shuffle(seed: int) -> dict[str, Fit]:
    """Break who acts on whom, and keep who acts and who is acted on."""
    history = shuffled(main_world(seed), seed)
    found = rates(history, MAIN)
    by_actor = rates(history, MAIN, clustered="actor")
    bare = rates(history, MAIN, ["cooperation"], statistics=WITHOUT_DEGREES)
    clustered = {f"{name}, by actor": one for name, one in by_actor.items()}
    return {**found, **clustered, "cooperation, no degrees": bare["cooperation"]}


KINDS: dict[str, Callable[[int], dict[str, Fit]]] = {
    "plain": plain,
    "sampled": sampled,
    "typed": typed,
    "drift": drift,
    "rows": rows,
    "shuffle": shuffle,
}


def true_of(kind: str, name: str, terms: Sequence[str]) -> np.ndarray:
    """Give the true coefficients of a fit's terms."""
    if kind == "shuffle":
        return np.zeros(len(terms))
    if kind == "typed":
        return np.array(TRUE_TYPE)
    return np.array(TRUE.get(name, TRUE["cooperation"]))


def run(kinds: Sequence[str], *, worlds: int, seed: int) -> tuple[dict[str, Series], dict[str, float]]:
    """Simulate and fit all worlds; give what was found by kind and name, and each kind's seconds."""
    fits: dict[tuple[str, str], list[Fit]] = {}
    taken = dict.fromkeys(kinds, 0.0)
    for number in range(1, worlds + 1):
        for kind in kinds:
            begun = time.process_time()
            for name, one in KINDS[kind](10_000 * seed + number).items():
                fits.setdefault((kind, name), []).append(one)
            taken[kind] += time.process_time() - begun
        print(f"\rworld {number} of {worlds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return {f"{kind}: {name}": _series(kind, name, found) for (kind, name), found in fits.items()}, taken


def _series(kind: str, name: str, fits: Sequence[Fit]) -> Series:
    terms = [one.term for one in fits[0].coefficients]
    estimates = np.array([[one.estimate for one in each.coefficients] for each in fits])
    errors = np.array([[one.widest for one in each.coefficients] for each in fits])
    return Series(f"{kind}: {name}", terms, true_of(kind, name, terms), estimates, errors)


def tables(series: dict[str, Series]) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Give each table's name, header and lines, for the kinds that were run."""
    figures = ["true", "inside", "mean z", "sd of z"]
    for kind in ("plain", "sampled"):
        both = [series[f"{kind}: {name}"] for name in TRUE if f"{kind}: {name}" in series]
        if both:
            heads = [f"{name}: {figure}" for name in TRUE for figure in figures]
            lines = [[term, *(cell for one in both for cell in one.row(term))] for term in NAMES]
            yield f"recovery-{kind}", ["term", *heads], lines
    if "typed: type" in series:
        one, joint = series["typed: type"], series["typed: type, joint acts"]
        heads = [*figures, *(f"joint acts: {figure}" for figure in figures[1:])]
        lines = [[term, *one.row(term), *joint.row(term)[1:]] for term in one.terms]
        yield "recovery-type", ["term", *heads], lines
    for kind in ("drift", "rows"):
        told = [one for name, one in series.items() if name.startswith(f"{kind}:")]
        if told:
            heads = [f"{one.name.partition(': ')[2]}: {what}" for one in told for what in figures[1:3]]
            lines = [[term, *(cell for one in told for cell in one.row(term)[1:3])] for term in NAMES]
            yield f"recovery-{kind}", ["term", *heads], lines
    mixed = [name for name in series if name.startswith("shuffle")]
    if mixed:
        lines = []
        for term in NAMES:
            cells = []
            for name in mixed:
                one = series[name]
                known = term in one.terms
                cells += [str(len(one.z) - one.inside()[term]), one.row(term)[2]] if known else ["", ""]
            lines.append([term, *cells])
        heads = [f"{name.partition(': ')[2]}: {what}" for name in mixed for what in ("found", "mean z")]
        yield "recovery-shuffled", ["term", *heads], lines


def binomial_range(worlds: int, *, share: float = 0.95, level: float = 0.99) -> tuple[int, int]:
    """Give the numbers inside between which a right interval falls with at least `level` probability."""
    chance = [math.comb(worlds, k) * share**k * (1 - share) ** (worlds - k) for k in range(worlds + 1)]
    tail = (1 - level) / 2
    low = next(k for k in range(worlds + 1) if sum(chance[: k + 1]) > tail)
    high = next(k for k in range(worlds, -1, -1) if sum(chance[k:]) > tail)
    return low, high


def main() -> None:
    """Run, print, and write if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("-o", "--output", type=Path)
    arguments = parser.parse_args()
    series, taken = run(arguments.only, worlds=arguments.worlds, seed=arguments.seed)
    found = list(tables(series))
    found.append(("recovery-run", *run_table(arguments, taken)))
    for name, header, lines in found:
        print(f"\n{name}")
        for line in [header, *lines]:
            print("  ".join(f"{cell:>12}" for cell in line))
        if arguments.output:
            with (arguments.output / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *lines])


def run_table(arguments: argparse.Namespace, taken: dict[str, float]) -> tuple[list[str], list[list[str]]]:
    """Say how each kind was run; kinds that FOLDER has from an earlier run stay."""
    header = ["kind", "comity", "seed", "worlds", "99 % of right intervals", "processor time"]
    low, high = binomial_range(arguments.worlds)
    lines = {}
    before = arguments.output / "recovery-run.csv" if arguments.output else None
    if before and before.exists():
        with before.open(encoding="utf-8", newline="") as file:
            lines = {line[0]: line for line in list(csv.reader(file))[1:]}
    for kind, seconds in taken.items():
        same = [comity.__version__, str(arguments.seed), str(arguments.worlds), f"{low} to {high} inside"]
        lines[kind] = [kind, *same, f"{seconds:.0f} s"]
    return header, [lines[kind] for kind in KINDS if kind in lines]


if __name__ == "__main__":
    main()
