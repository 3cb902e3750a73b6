"""series.csv: monthly sums of scores of pairs, tens of thousands of rows, read in a moment."""

import hashlib
import re
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.cases.documents import leads_outside
from comity.cases.layout import SERIES_COLUMNS
from comity.cases.loading import Loaded, load
from comity.cases.row_rules import Surroundings
from comity.cases.series_cache import keep, recall
from comity.cases.table_rules import MONTH
from comity.events import MonthlyScores, MonthScore, month_of
from comity.provenance import BadValueError, TableRow, UnreadableFileError, read_text

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
NAME: Final = "series.csv"
PLAIN: Final = re.compile(r"[A-Za-z0-9._,+\-\n]*")  # nothing quoted, no blanks, nothing strange
COUNTS: Final = ("days", "friendly_days", "hostile_days", "missing_days")
LONGEST_MONTH: Final = 31
WORTH_KEEPING: Final = 100_000  # characters; less is parsed in a moment
ROUNDING: Final = 1e-6  # of a size: sums are written with a few digits


def check_series(folder: Path, around: Surroundings) -> Loaded[MonthScore]:
    """Find everything that is wrong with series.csv; a sound one is not read row by row."""
    try:
        if _read_sound(folder, around) is not None:
            return Loaded(NAME, (), (), ())
    except UnreadableFileError:
        pass  # the slow way says which line
    return _by_rows(folder, around)


def read_series(folder: Path, around: Surroundings) -> tuple[MonthlyScores, int]:
    """Read series.csv at once if it is sound, else row by row; give it with the number of rows refused.

    Raises
    ------
    UnreadableFileError : the table cannot be read to its end
    """
    scores = _read_sound(folder, around)
    if scores is not None:
        return scores, 0
    table = _by_rows(folder, around)
    return MonthlyScores.of_rows(table.sound(), editions=_editions(folder, around)), table.refused


def _read_sound(folder: Path, around: Surroundings) -> MonthlyScores | None:
    """Read series.csv column by column; nothing where any row breaks a rule, or may.

    Raises
    ------
    UnreadableFileError : see `read_text`
    """
    if leads_outside(folder, Path(NAME)):
        return None
    header, _, text = read_text(folder / NAME).partition("\n")
    editions = _editions(folder, around)
    kept = recall(editions[NAME], editions)
    if kept is not None:
        scores, sources = kept
        return scores if _are_known(scores.actors, sources, around) else None
    if header != ",".join(SERIES_COLUMNS) or not PLAIN.fullmatch(text):
        return None
    columns = _columns(text)
    if columns is None:
        return None
    if not columns[0]:
        return MonthlyScores.of_rows((), editions=editions)
    a, b, month, *numbers, source = columns
    if not (_are_known({*a, *b}, set(source), around) and all(map(MONTH.fullmatch, set(month)))):
        return None
    try:
        total, size = (np.array(column, dtype=np.float64) for column in numbers[:2])
        counts = np.array(numbers[2:], dtype=np.int64)
    except ValueError:
        return None
    number = {written: month_of(date.fromisoformat(f"{written}-01")) for written in set(month)}
    months = [number[written] for written in month]
    scores = MonthlyScores.of_columns((a, b, months, total, size, *counts), editions=editions)
    if not _sound(scores, total, size, counts):
        return None
    if len(text) > WORTH_KEEPING:
        keep(editions[NAME], scores, frozenset(source))
    return scores


def _are_known(actors: Collection[str], sources: Collection[str], around: Surroundings) -> bool:
    datasets = {one.id for one in around.sources.by_id.values() if one.kind == "dataset"}
    return {actor.id for actor in around.registry}.issuperset(actors) and datasets.issuperset(sources)


def _columns(text: str) -> list[list[str]] | None:
    """Part a plain text into columns; nothing where a line has more or fewer fields than it should."""
    lines = text.strip("\n")
    if not lines:
        return [[] for _ in SERIES_COLUMNS]
    fields = f"{lines}\n".replace("\n", ",\n,").split(",")  # a field of its own marks each end of a line
    wide = len(SERIES_COLUMNS) + 1
    ends = fields[wide - 1 :: wide]
    if len(fields) % wide != 1 or set(ends) != {"\n"} or text.count("\n", 0, len(lines)) + 1 != len(ends):
        return None
    return [fields[place:-1:wide] for place in range(len(SERIES_COLUMNS))]


def month_score_of(row: TableRow) -> MonthScore:
    """Make a record of a row that keeps the rules.

    Raises
    ------
    BadValueError : its numbers do not go together
    """
    total, size = float(row["total"]), float(row["size"])
    days, friendly, hostile, missing = (int(row[column]) for column in COUNTS)
    if not abs(total) <= size * (1 + ROUNDING):
        raise BadValueError(f"a total of {total:g} of sizes that add up to {size:g}", where=row.where)
    if friendly + hostile > days or days + missing > LONGEST_MONTH:
        raise BadValueError(
            f"{days} days with a score, {friendly} friendly, {hostile} hostile, {missing} missing",
            where=row.where,
            allowed="Friendly and hostile days are days with a score; a month has 31 days at most.",
        )
    a, b = sorted((row["a"], row["b"]))
    return MonthScore(a, b, row["month"], total, size, days, friendly, hostile, missing)


def _by_rows(folder: Path, around: Surroundings) -> Loaded[MonthScore]:
    return load(folder, NAME, month_score_of, around)


def _sound(scores: MonthlyScores, total: Floats, size: Floats, counts: Counts) -> bool:
    """Tell whether every row is as `month_score_of` wants it, of two actors, and there once."""
    days, friendly, hostile, missing = counts
    again = (np.diff(scores.pair) == 0) & (np.diff(scores.month) == 0)
    sound = np.isfinite(total) & np.isfinite(size) & (np.abs(total) <= size * (1 + ROUNDING))
    sound &= (counts.min(axis=0) >= 0) & (friendly + hostile <= days)
    sound &= days + missing <= LONGEST_MONTH
    return bool(sound.all()) and not again.any() and all(a != b for a, b in scores.pairs)


def _editions(folder: Path, around: Surroundings) -> dict[str, str]:
    """Give the hash of the table, and those of the data sets that the case lists."""
    own = {NAME: hashlib.sha256((folder / NAME).read_bytes()).hexdigest()}
    return own | {id: one.sha256 for id, one in around.sources.by_id.items() if one.kind == "dataset"}
