"""How sure a fit is: weeks drawn again, eras, third parties with terms of their own, coding errors."""

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.provenance import UsageError
from comity.workbench.options import day
from comity.workbench.output import print_line, print_table
from comity.workbench.progress import showing_progress

if TYPE_CHECKING:
    from comity.model import Bootstrap, CodingError, EraSplit, Fit, History, PooledTerms, Statistic
    from comity.workbench.event_table import PlainTable

TRIADS: Final = ("friend.of.friend", "friend.of.enemy", "enemy.of.friend", "enemy.of.enemy")


def add_sureness(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    sureness = parser.add_argument_group("how sure it is")
    sureness.add_argument(
        "--clustered", action="store_true", help="give standard errors clustered by ordered pair, too"
    )
    sureness.add_argument(
        "--cluster-by",
        choices=("dyad", "pair", "actor"),
        help="cluster by ordered pair, by pair, or by actor in common",
    )
    sureness.add_argument(
        "--bootstrap", type=int, metavar="N", help="draw whole weeks again N times, for their standard errors"
    )
    sureness.add_argument(
        "--split",
        action="append",
        default=[],
        metavar="DATE",
        help="fit before and from this day apart, and test whether they differ; may be repeated",
    )
    sureness.add_argument(
        "--third",
        action="append",
        default=[],
        metavar="ACTOR",
        help="a third party with triad coefficients of its own, pulled towards those of all; three or more",
    )
    sureness.add_argument(
        "--pool",
        action="append",
        default=[],
        metavar="NAME",
        help="only these triads of --third (default: all)",
    )
    sureness.add_argument(
        "--error-rates",
        metavar="RATES.csv",
        help="columns what (cooperation, conflict, sender, receiver), rate and perhaps source: code acts"
        " wrongly at these rates and fit again",
    )
    sureness.add_argument("--refits", type=int, default=20, metavar="N", help="how often (default: 20)")


@dataclass(frozen=True, slots=True)
class Sureness:
    """What was asked for of all that."""

    bootstrap: "Bootstrap | None" = None
    split: "EraSplit | None" = None
    pooled: "PooledTerms | None" = None
    coding_error: "CodingError | None" = None

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values of what is there."""
        found: dict[str, Any] = {}
        if self.bootstrap:
            drawn = self.bootstrap
            intervals = [{"term": one, **_ends(drawn.interval(one))} for one in drawn.terms]
            found["bootstrap"] = {
                "blocks": drawn.blocks,
                "repeats": len(drawn.draws),
                "failed": drawn.failed,
                "intervals": intervals,
            }
        if self.split:
            whole = self.split.to_dict()
            tests = [
                {**one, "p_value": None if math.isnan(one["p_value"]) else one["p_value"]}
                for one in whole["tests"]
            ]
            found["split"] = {"eras": whole["eras"], "tests": tests, "trust": whole["trust"]}
        if self.pooled:
            found["pooled"] = self.pooled.to_dict()
        if self.coding_error:
            found["coding_error"] = self.coding_error.to_dict()
        return found


def asked_sureness(arguments: argparse.Namespace) -> dict[str, object]:
    """Give what was asked, for the record of the run; nothing, if nothing was."""
    asked = {
        name: getattr(arguments, name) for name in ("bootstrap", "split", "third", "pool", "error_rates")
    }
    if arguments.error_rates:
        asked["refits"] = arguments.refits
    return {name: value for name, value in asked.items() if value}


def check_sureness(arguments: argparse.Namespace) -> None:
    """Refuse early what cannot be had.

    Raises
    ------
    UsageError : rows of one's own together with what needs the whole risk set; a number below 2
    """
    if arguments.rows and asked_sureness(arguments):
        raise UsageError(
            "--rows with --bootstrap, --split, --third or --error-rates",
            allowed="These need the whole risk set: leave out --rows.",
        )
    if arguments.bootstrap is not None and arguments.bootstrap < 2:
        raise UsageError(f"--bootstrap {arguments.bootstrap}", allowed="2 or more; 200 are usual.")
    if arguments.pool and not arguments.third:
        raise UsageError("--pool without --third", allowed="Name three or more third parties with --third.")


def measure_sureness(
    arguments: argparse.Namespace,
    history: "History",
    found: "Fit",
    statistics: Sequence["Statistic"],
    question: dict[str, Any],
) -> tuple["Fit", Sureness, dict[str, "PlainTable"]]:
    """Work out what was asked for: the fit with its further standard errors, the answers, the tables read."""
    from comity.model import allow_for_coding_error, bootstrap, eras_at, pool_third_parties, split_by_era

    tables: dict[str, PlainTable] = {}
    shared = {name: value for name, value in question.items() if name != "clustered"}
    by = question["clustered"]
    drawn = split = pooled = errors = None
    with showing_progress() as told:
        if arguments.bootstrap:
            options: dict[str, Any] = {"repeats": arguments.bootstrap, "seed": arguments.seed}
            drawn = bootstrap(history, found, statistics=statistics, told=told, **options)
            found = drawn.onto(found)
        if arguments.split:
            eras = eras_at([day(text, "--split") for text in arguments.split])
            kept = {**shared, "seed": arguments.seed, "cluster_by": by if isinstance(by, str) else "dyad"}
            split = split_by_era(history, eras, statistics=statistics, told=told, **kept)
        if arguments.third:
            names = [one.name for one in statistics]
            terms = arguments.pool or [name for name in TRIADS if name in names]
            kept = {**shared, "seed": arguments.seed, "clustered": by, "terms": terms}
            pooled = pool_third_parties(history, arguments.third, statistics=statistics, told=told, **kept)
        if arguments.error_rates:
            rates, tables["error-rates"] = read_error_rates(Path(arguments.error_rates))
            options = {"refits": arguments.refits, "seed": arguments.seed}
            errors = allow_for_coding_error(
                history, found, rates, statistics=statistics, told=told, **options
            )
    return found, Sureness(drawn, split, pooled, errors), tables


def read_error_rates(path: Path) -> tuple[Any, "PlainTable"]:
    """Read a table of error rates.

    Raises
    ------
    UsageError : a rate that is none
    BadValueError : something named twice
    """
    from comity.model import ErrorRates
    from comity.provenance import BadValueError
    from comity.workbench.event_table import read_plain_table

    table = read_plain_table(path)
    what, rates = table.column(("what",)), table.numbers(("rate",))
    if len(set(what)) < len(what):
        raise BadValueError("an error rate is given twice", where=str(path))
    sources = table.column(("source",)) if table.place(("source",), needed=False) is not None else []
    source = "; ".join(dict.fromkeys(one for one in sources if one))
    return ErrorRates.of(dict(zip(what, rates, strict=True)), source=source), table


def show_sureness(sureness: Sureness) -> None:
    """Print what is there as tables."""
    if sureness.bootstrap:
        drawn = sureness.bootstrap
        failed = f"; {drawn.failed} without finite coefficients left out" if drawn.failed else ""
        print_line(f"weeks drawn again {len(drawn.draws)} times from {drawn.blocks}{failed}")
    if sureness.split:
        _show_split(sureness.split)
    if sureness.pooled:
        _show_pooled(sureness.pooled)
    if sureness.coding_error:
        _show_coding_error(sureness.coding_error)


def _show_split(split: "EraSplit") -> None:
    print_line()
    print_line("by era: " + "; ".join(f"{e.label}, {f.n_events:,} acts" for e, f in _eras(split)))
    by_test: dict[str, dict[str, str]] = {}
    for test in split.tests:
        chance = "too few clusters" if math.isnan(test.p_value) else f"{test.p_value:.2g}"
        by_test.setdefault(test.test, {})[test.term] = chance
    rows = []
    for one in split.pooled.coefficients:
        row = {"term": one.term}
        for era, fit in _eras(split):
            row[era.label] = f"{fit[one.term].estimate:.4f} ({fit[one.term].widest:.4f})"
        rows.append({**row, **{name: chances.get(one.term, "–") for name, chances in by_test.items()}})
    rows.append({"term": "all", **{name: chances["all"] for name, chances in by_test.items()}})
    print_table(rows, ("term", *(era.label for era in split.eras), *by_test))
    print_line("in brackets the largest standard error; the last columns: p that all eras are alike")
    from comity.model import TRUST

    print_line(TRUST)


def _ends(interval: tuple[float, float]) -> dict[str, float]:
    return {"low": interval[0], "high": interval[1]}


def _eras(split: "EraSplit") -> list[tuple[Any, "Fit"]]:
    return list(zip(split.eras, split.fits, strict=True))


def _show_pooled(pooled: "PooledTerms") -> None:
    print_line()
    print_line(
        f"third parties' own coefficients, spread τ {pooled.spread:.3f} ({pooled.spread_low:.3f} to"
        f" {pooled.spread_high:.3f})"
    )
    rows = [
        {"term": term, "third party": "all the same", "estimate": f"{value:.4f}", "std error": f"{error:.4f}"}
        for term, (value, error) in pooled.common.items()
    ]
    for one in pooled.parties:
        figures = {
            "low": f"{one.interval[0]:.4f}",
            "high": f"{one.interval[1]:.4f}",
            "alone": f"{one.alone:.4f}",
        }
        row = {"term": one.term, "third party": one.actor, "estimate": f"{one.estimate:.4f}", **figures}
        rows.append({**row, "std error": f"{one.std_error:.4f}"})
    print_table(rows, ("term", "third party", "estimate", "std error", "low", "high", "alone"))
    print_line("alone: the estimate with next to no pull towards the others")


def _show_coding_error(errors: "CodingError") -> None:
    print_line()
    rates = ", ".join(f"{name} {rate:g}" for name, rate in errors.rates.rates.items() if rate)
    said = f" (source: {errors.rates.source})" if errors.rates.source else ""
    print_line(f"coded wrongly again {errors.refits} times: {rates}{said}")
    rows = []
    for one in errors.terms:
        values = one.to_dict()
        row = {"term": one.term}
        for name in ("as_coded", "widened", "corrected"):
            part = values[name]
            row[name] = f"{part['estimate']:.4f} ({part['low']:.4f} to {part['high']:.4f})"
        rows.append(row)
    print_table(rows, ("term", "as_coded", "widened", "corrected"))
    print_line(
        "widened: with the scatter of the refits; corrected: led back as far as one more round of errors"
        " pulls"
    )
