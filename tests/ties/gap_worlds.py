"""Small worlds of monthly scores, written out pair by pair."""

from collections.abc import Mapping, Sequence

from comity.actors import CASE_COLUMNS, Registry, load_registry
from comity.events import MonthlyScores, MonthScore
from comity.provenance import TableRow

Tones = Sequence[float | None]


def make_scores(
    tones: Mapping[str, Tones], *, first: str = "2020-01", size: float = 10.0, missing: int = 0
) -> MonthlyScores:
    """Write scores of pairs ("JPN RUS") whose tone is given month by month; None is a month without."""
    year, month = (int(part) for part in first.split("-"))
    rows = []
    for pair, values in tones.items():
        a, b = sorted(pair.split())
        for place, tone in enumerate(values):
            if tone is None:
                continue
            name = f"{year + (month - 1 + place) // 12}-{(month - 1 + place) % 12 + 1:02d}"
            rows.append(MonthScore(a, b, name, tone * size, size, 10, 6, 4, missing))
    return MonthlyScores.of_rows(rows, editions={"made up": "0" * 64})


def always(*members: str) -> Registry:
    """Give a registry with an alliance CLUB that has had these members throughout."""
    empty = dict.fromkeys(CASE_COLUMNS, "")
    rows = [{"id": "CLUB", "name": "The Club", "kind": "organisation"}]
    rows += [{"id": one, "member_of": "CLUB"} for one in members]
    written = [TableRow("actors.csv", line, {**empty, **row}) for line, row in enumerate(rows, 2)]
    return load_registry().with_rows(written)
