"""Daily scores of pairs, as the GDELT daily network has them: no events, and never counted as such."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.actors import Registry
from comity.events.acts import EPOCH, day_number
from comity.events.readers import LineStream
from comity.events.readers.csv_rows import csv_rows, header_of
from comity.events.readers.fields import NUMBER, Days, Refusal
from comity.provenance import BadValueError, NothingFoundError, UnreadableFileError

HEADERS: Final = (("date", "country_a", "country_b", "score"), ("date", "a", "b", "score"))
MAX_SCORE: Final = 1e9
EPOCH_MONTHS: Final = 1970 * 12


@dataclass(frozen=True, slots=True)
class Tone:
    """The tone of a pair in a month: sum of scores by sum of their sizes, -1 to 1, whatever the news volume.

    Parameters
    ----------
    days, missing : days of the month with a score of the pair, and days that the data lack altogether
    """

    a: str
    b: str
    month: str
    tone: float | None
    days: int
    missing: int


@dataclass(frozen=True)
class Scores:
    """Undirected scores, one a pair and day, in the order of pair and day.

    Parameters
    ----------
    a, b : actor ids, a before b in the alphabet; object, shape (n,)
    day : days since 1970-01-01; int64, shape (n,)
    score : float64, shape (n,)
    missing : the days between the first and the last on which no pair has a score: lost files, no silence
    refused : line and reason of every row that was not read
    """

    a: NDArray[np.object_]
    b: NDArray[np.object_]
    day: NDArray[np.int64]
    score: NDArray[np.float64]
    missing: tuple[date, ...]
    refused: tuple[tuple[int, str], ...] = ()

    def __len__(self) -> int:
        return len(self.day)

    def of(self, one: str, other: str) -> "Scores":
        """Give the scores of one pair; the order of the two does not matter."""
        a, b = sorted((one, other))
        mask = (self.a == a) & (self.b == b)
        return Scores(self.a[mask], self.b[mask], self.day[mask], self.score[mask], self.missing)

    def tone(self) -> list[Tone]:
        """Give the tone of every pair and month, by pair and month; see `Tone`.

        The sums of raw scores grow with the number of news; the tone does not.
        """
        since_1970 = self.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        months = (EPOCH_MONTHS + since_1970).tolist()
        sums: dict[tuple[str, str, int], list[float]] = defaultdict(list)
        for a, b, month, score in zip(self.a, self.b, months, self.score.tolist(), strict=True):
            sums[a, b, month].append(score)
        lost: dict[int, int] = defaultdict(int)
        for day in self.missing:
            lost[day.year * 12 + day.month - 1] += 1
        return [
            Tone(a, b, _month(month), _tone(scores), len(scores), lost[month])
            for (a, b, month), scores in sorted(sums.items())
        ]


def read_scores(paths: Sequence[Path], registry: Registry) -> Scores:
    """Read CSV files with the header ``date,country_a,country_b,score``, plain, gzipped or zipped.

    A row of a country that the registry does not know, of a pair with itself or with a day or score
    that is none is refused, with its line; so is a second score of a pair and day.

    Raises
    ------
    UnreadableFileError : see `LineStream`; or another header
    NothingFoundError : no row can be used
    """
    rows: dict[tuple[str, str, int], float] = {}
    refused: list[tuple[int, str]] = []
    for path in paths:
        lines = iter(LineStream(path))
        header = header_of(next(lines, (1, ""))[1].lower())
        if tuple(header) not in HEADERS:
            raise UnreadableFileError(
                f"{path.name} has no scores of pairs: its header is {','.join(header)[:80]!r}",
                where=str(path.parent),
                allowed=f"Expected: {','.join(HEADERS[0])}.",
            )
        _take(csv_rows(lines, after=1), registry, rows, refused)
    if not rows:
        raise NothingFoundError("no score can be used", allowed=refused[0][1] if refused else "")
    return _scores(rows, refused)


def scores_from_frame(frame: Any, registry: Registry) -> Scores:
    """Read a frame of narwhals' kinds with the columns date, a (or country_a), b (country_b) and score.

    Raises
    ------
    BadValueError : a column is missing
    NothingFoundError : no row can be used
    """
    import narwhals  # only a notebook hands us frames

    table = narwhals.from_native(frame, eager_only=True)
    columns = next((names for names in HEADERS if set(names) <= set(table.columns)), None)
    if columns is None:
        raise BadValueError("columns are missing", allowed=f"Columns: {', '.join(HEADERS[0])}.")
    rows: dict[tuple[str, str, int], float] = {}
    refused: list[tuple[int, str]] = []
    cells = zip(*(table[name].to_list() for name in columns), strict=True)
    printed = (
        (number, [str(day)[:10], str(a), str(b), str(score)])
        for number, (day, a, b, score) in enumerate(cells, 1)
    )
    _take(printed, registry, rows, refused)
    if not rows:
        raise NothingFoundError("no score can be used", allowed=refused[0][1] if refused else "")
    return _scores(rows, refused)


def _take(
    printed: Iterator[tuple[int, list[str]]],
    registry: Registry,
    rows: dict[tuple[str, str, int], float],
    refused: list[tuple[int, str]],
) -> None:
    days, known = Days(), dict[str, str]()
    for number, fields in printed:
        try:
            if len(fields) != len(HEADERS[0]):
                raise Refusal("wrong number of fields", str(len(fields)))
            day = days.read(fields[0])
            pair = sorted(known.get(name) or _actor(name, day, registry, known) for name in fields[1:3])
            if pair[0] == pair[1]:
                raise Refusal("a pair with itself", pair[0])
            key = (pair[0], pair[1], day_number(day))
            if key in rows:
                raise Refusal("a second score of a pair and day", f"{pair[0]} {pair[1]} {day}")
            rows[key] = _score(fields[3])
        except Refusal as refusal:
            refused.append((number, f"{refusal.reason}: {refusal.detail}"))


def _actor(name: str, day: date, registry: Registry, known: dict[str, str]) -> str:
    try:
        known[name] = registry.canonical(registry.resolve(name, at=day).id)
    except NothingFoundError:
        raise Refusal("unknown actor", name[:80]) from None
    return known[name]


def _score(written: str) -> float:
    if not NUMBER.fullmatch(written) or abs(float(written)) > MAX_SCORE:
        raise Refusal("score is not a number", written[:40])
    return float(written)


def _scores(rows: dict[tuple[str, str, int], float], refused: list[tuple[int, str]]) -> Scores:
    keys = sorted(rows)
    a, b = (np.array([key[side] for key in keys], dtype=object) for side in (0, 1))
    day = np.array([key[2] for key in keys], dtype=np.int64)
    score = np.array([rows[key] for key in keys], dtype=np.float64)
    span = np.arange(day.min(), day.max() + 1)
    missing = tuple(EPOCH + timedelta(int(one)) for one in np.setdiff1d(span, day))
    return Scores(a, b, day, score, missing, tuple(refused))


def _tone(scores: list[float]) -> float | None:
    size = sum(abs(score) for score in scores)
    return sum(scores) / size if size else None


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
