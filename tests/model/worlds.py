"""Small worlds for the tests of the model."""

import csv
import gzip
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from comity.model import History

FIRST = date(2020, 1, 1)


def day(number: int) -> date:
    """Day 0 is 2020-01-01."""
    return FIRST + timedelta(days=number)


def make_history(*events: tuple[str, str, int, float], actors: tuple[str, ...] | None = None) -> History:
    """Build from (sender, receiver, day, signed weight)."""
    senders, receivers, days, weights = zip(*events, strict=True) if events else ((), (), (), ())
    return History.of(senders, receivers, [day(one) for one in days], weights, actors=actors)


def random_history(*, seed: int, actors: int = 6, events: int = 200, days: int = 60) -> History:
    """Draw events without any pattern."""
    rng = np.random.default_rng(seed)
    names = [f"a{i}" for i in range(actors)]
    sender = rng.integers(actors, size=events)
    receiver = (sender + rng.integers(1, actors, size=events)) % actors
    return History.of(
        [names[i] for i in sender],
        [names[i] for i in receiver],
        [day(int(i)) for i in np.sort(rng.integers(days, size=events))],
        (rng.choice([-1.0, 1.0], size=events, p=[0.3, 0.7]) * rng.integers(1, 10, size=events)).tolist(),
        actors=names,
    )


def event_lists(actors: int = 5) -> st.SearchStrategy[list[tuple[str, str, int, float]]]:
    """Lists of a few events among few actors, some far apart in time."""
    names = [f"a{i}" for i in range(actors)]
    pair = st.permutations(names).map(lambda shuffled: (shuffled[0], shuffled[1]))
    weight = st.sampled_from([-10.0, -4.0, -0.1, 0.5, 2.8, 8.0])
    one = st.tuples(pair, st.integers(0, 400), weight).map(lambda e: (*e[0], e[1], e[2]))
    return st.lists(one, min_size=1, max_size=25)


def read(path: Path) -> list[dict[str, str]]:
    """Read a CSV table, compressed or not."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        return list(csv.DictReader(file))


def reference_history(folder: Path) -> History:
    """Read the events of a reference case."""
    rows = read(folder / "events.csv.gz")
    return History.of(
        [row["source"] for row in rows],
        [row["target"] for row in rows],
        [date.fromisoformat(row["date"]) for row in rows],
        [float(row["weight"]) for row in rows],
        types=[row["type"] for row in rows],
        actors=[row["actor"] for row in read(folder / "actors.csv")],
    )
