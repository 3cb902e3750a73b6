"""Coefficients estimated on a larger data set, as a small table that comes with the package."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np

from comity.factors.coefficients import Coefficients
from comity.provenance import NothingFoundError

TABLE: Final = "coefficients.csv"
COLUMNS: Final = (
    "outcome", "kind", "term", "estimate", "std_error", "covariances", "half_life_days", "transform",
    "n_events", "n_actors", "date_start", "date_end", "data_set", "edition", "licence",
)  # fmt: skip
ALL_KINDS: Final = "all"


def rows_of(coefficients: Coefficients, *, kind: str | None, **facts: object) -> list[dict[str, str]]:
    """Lay coefficients out as rows of the table; `facts` fill the other columns.

    `covariances` of a row are those with the terms up to its own, which comes last.
    """
    rows = []
    for j, term in enumerate(coefficients.terms):
        line = coefficients.covariance[j, : j + 1]
        rows.append(
            {
                "outcome": coefficients.outcome,
                "kind": kind or ALL_KINDS,
                "term": term,
                "estimate": f"{coefficients.estimates[0, j]:.9g}",
                "std_error": f"{np.sqrt(line[-1]):.9g}",
                "covariances": " ".join(f"{one:.9g}" for one in line),
                "half_life_days": f"{coefficients.half_life_days:g}",
                "transform": coefficients.transform,
                "n_events": str(coefficients.n_events),
                "date_start": str(coefficients.date_start),
                "date_end": str(coefficients.date_end),
                **{name: str(value) for name, value in facts.items()},
            }
        )
    return rows


def of_rows(rows: Sequence[dict[str, str]], *, because: str = "") -> Coefficients:
    """Read the rows of one outcome and kind."""
    size, first = len(rows), rows[0]
    covariance = np.zeros((size, size))
    for j, row in enumerate(rows):
        covariance[j, : j + 1] = [float(one) for one in row["covariances"].split()]
    covariance += np.tril(covariance, -1).T
    kind = "" if first["kind"] == ALL_KINDS else f" of {first['kind']}"
    source = (
        f"{first['data_set']}, {first['edition']}: {int(first['n_events']):,} acts{kind},"
        f" {first['date_start']} to {first['date_end']}, {first['n_actors']} actors"
    )
    return Coefficients(
        outcome=first["outcome"],
        terms=tuple(row["term"] for row in rows),
        estimates=np.array([[float(row["estimate"]) for row in rows]]),
        covariance=covariance,
        half_life_days=float(first["half_life_days"]),
        transform=first["transform"],
        source=source + (f", because {because}" if because else ""),
        n_events=int(first["n_events"]),
        date_start=date.fromisoformat(first["date_start"]),
        date_end=date.fromisoformat(first["date_end"]),
    )


def shipped_coefficients(outcome: str, *, kind: str | None = None, because: str = "") -> Coefficients:
    """Give the coefficients of the table that comes with the package.

    Raises
    ------
    NothingFoundError : the table has none of this outcome and kind

    Examples
    --------
    >>> shipped_coefficients("rate:cooperation").half_life_days
    30.0
    """
    wanted = kind or ALL_KINDS
    rows = [row for row in _table() if row["outcome"] == outcome and row["kind"] == wanted]
    if not rows:
        known = sorted({f"{row['outcome']} of {row['kind']}" for row in _table()})
        raise NothingFoundError(
            f"no coefficients for {outcome} of {wanted} acts come with the package",
            allowed=f"There are those of {', '.join(known)}.",
            remedy="Give a model file of your own.",
        )
    return of_rows(rows, because=because)


@cache
def _table() -> tuple[dict[str, str], ...]:
    text = files("comity.factors").joinpath("data", TABLE).read_text("utf-8")
    return tuple(_rows(text.splitlines()))


def _rows(lines: Iterable[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))
