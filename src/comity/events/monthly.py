"""Decayed sums per dyad and month: plain aggregates, written once in SQL that other engines know too.

Four tables go in: `kept`, the rows that count (day, sender, receiver, event_type, sign, kind, joint,
weight, share), `calendar` (day, month, fade: what is left of an act of that day when its month is over),
`name_codes` (name of an actor, code: the place of its last name in time) and `word_codes` (name of an
event type or kind, code from 1). Sums are taken in whole 10⁻¹², so that they are the same in any order and
on any engine; a pair is ``code of one * number of actors + code of the other``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.events.acts import EPOCH, Acts, day_number
from comity.events.engine import connect
from comity.events.query import RowSource, Selection, form_acts
from comity.provenance import UsageError

if TYPE_CHECKING:
    import duckdb

Columns = Mapping[str, NDArray[Any]]

UNIT: Final = 10**12  # one in the sums below, which are taken in whole 10⁻¹²
SUMS: Final[Mapping[str, type]] = {
    "friendly": np.float64, "hostile": np.float64, "mass": np.float64, "acts": np.int64, "rows": np.int64,
}  # fmt: skip
MOST_TABLED: Final = 2_000  # names: a table of all their pairs takes 36 MB
MOST_AT_ONCE: Final = 4  # questions, which share the memory
MONTHS_AT_ONCE: Final = 24  # acts of a day stand together, so a span of days is a whole
AS_WRITTEN: Final = "join_order,build_side_probe_side,join_filter_pushdown"  # the rows stream by the names

# Joins are cheap, and one act is told from another by whole numbers only: texts cost twice the time.
# Where a sum is of this sign or that direction, it is multiplied by 1 or 0, and so computed once.
MONTHLY_ACTS_SQL: Final = """
WITH numbered AS (
    SELECT
        CASE WHEN s.code < t.code THEN s.code * {actors} + t.code ELSE t.code * {actors} + s.code END AS pair,
        (COALESCE(e.code, 0) * {words} + COALESCE(k.code, 0)) * 3
            + CASE WHEN r.joint = 1 THEN 0 WHEN s.code < t.code THEN 1 ELSE 2 END AS what,
        CASE WHEN s.code < t.code THEN 1 END AS there,
        ROUND(r.weight * 1000000) AS millionths,
        r.day, r.sign, r.share
    FROM ({kept}) AS r
    JOIN {name_codes} AS s ON r.sender = s.name
    JOIN {name_codes} AS t ON r.receiver = t.name
    LEFT JOIN {word_codes} AS e ON r.event_type = e.name
    LEFT JOIN {word_codes} AS k ON r.kind = k.name
    WHERE s.code <> t.code
), merged AS (
    SELECT pair, day, what, sign, share,
        SUM(millionths) AS millionths, COUNT(*) AS total, COUNT(there) AS forward
    FROM numbered GROUP BY pair, day, what, sign, share
), worth AS (
    SELECT m.pair, c.month, m.total, m.forward,
        CASE WHEN m.forward > 0 THEN 1 ELSE 0 END AS there,
        CASE WHEN m.total > m.forward THEN 1 ELSE 0 END AS back,
        CASE WHEN m.sign > 0 THEN 1 ELSE 0 END AS friendly,
        CASE WHEN m.sign < 0 THEN 1 ELSE 0 END AS hostile,
        CAST(ROUND(m.share * c.fade * 1e12) AS BIGINT) AS mass,
        CAST(ROUND(ABS(m.millionths) / (1e6 * m.total) * m.share * c.fade * 1e12) AS BIGINT) AS points
    FROM merged AS m JOIN {calendar} AS c ON m.day = c.day
)
SELECT pair, month,
    SUM(points * friendly * there) AS friendly_there, SUM(points * friendly * back) AS friendly_back,
    SUM(points * hostile * there) AS hostile_there, SUM(points * hostile * back) AS hostile_back,
    SUM(mass * there) AS mass_there, SUM(mass * back) AS mass_back,
    SUM(there) AS acts_there, SUM(back) AS acts_back,
    SUM(forward) AS rows_there, SUM(total - forward) AS rows_back
FROM worth GROUP BY pair, month
"""

MONTHLY_ROWS_SQL: Final = """
WITH worth AS (
    SELECT s.code * {actors} + t.code AS pair, c.month, r.sign,
        CAST(ROUND(r.share * c.fade * 1e12) AS BIGINT) AS mass,
        CAST(ROUND(ABS(r.weight) * r.share * c.fade * 1e12) AS BIGINT) AS points
    FROM ({kept}) AS r
    JOIN {name_codes} AS s ON r.sender = s.name
    JOIN {name_codes} AS t ON r.receiver = t.name
    JOIN {calendar} AS c ON r.day = c.day
    WHERE s.code <> t.code
)
SELECT pair, month,
    SUM(CASE WHEN sign > 0 THEN points ELSE 0 END) AS friendly_there,
    SUM(CASE WHEN sign < 0 THEN points ELSE 0 END) AS hostile_there,
    SUM(mass) AS mass_there, COUNT(*) AS acts_there, COUNT(*) AS rows_there
FROM worth GROUP BY pair, month
"""


WORDS_SQL: Final = "SELECT event_type AS word FROM ({kept}) AS types UNION SELECT kind FROM ({kept}) AS kinds"


@dataclass(frozen=True, slots=True, eq=False)
class Months:
    """What came in, per ordered pair and month, decayed to the end of that month; sorted.

    Parameters
    ----------
    month : years since 0 times 12, plus months since January
    friendly, hostile, mass : decayed points, >= 0, and acts
    acts, rows : how many began in the month
    """

    sender: NDArray[np.object_]
    receiver: NDArray[np.object_]
    month: NDArray[np.int64]
    friendly: NDArray[np.float64]
    hostile: NDArray[np.float64]
    mass: NDArray[np.float64]
    acts: NDArray[np.int64]
    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.month)


def month_of(day: date) -> int:
    """Number the month of a day.

    Examples
    --------
    >>> month_of(date(1, 1, 31)), month_of(date(2022, 2, 24))
    (12, 24265)
    """
    return 12 * day.year + day.month - 1


def month_end(month: int) -> int:
    """Give the first day after a month, as days since 1970-01-01.

    Examples
    --------
    >>> month_end(month_of(date(1969, 12, 24)))
    0
    """
    year, after = divmod(month + 1, 12)
    return day_number(date(year, after + 1, 1))


def calendar(first_day: int, last_day: int, half_life_days: float) -> Columns:
    """Make the table of days: each with its month, and what is left of an act when the month is over."""
    day = np.arange(first_day, last_day + 1)
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 12 * EPOCH.year
    ends = np.array([month_end(one) for one in np.unique(month).tolist()], dtype=np.int64)
    end = ends[month - month.min()] if len(day) else day
    fade = 2.0 ** (-(end - day) / half_life_days)
    return {"day": day.astype(np.int32), "month": month.astype(np.int32), "fade": fade}


def monthly_sums(
    source: RowSource,
    canonical: Callable[[str], str],
    *,
    half_life_days: float,
    count: str = "acts",
    nonstate: bool = False,
) -> Months:
    """Sum acts (or rows) of all dyads by month; those of several days too, day by day."""
    span = source.span
    if not source.has_rows or span is None:
        return summed_up([], [])
    names, name_codes = coded_names(source.actors, canonical)
    with connect() as engine:
        engine.execute(f"SET disabled_optimizers = '{AS_WRITTEN}'")
        rows = f"SELECT * FROM {source.relation(engine, nonstate=nonstate)} AS stored"
        words = engine.execute(WORDS_SQL.format(kept=rows)).fetchall()
        longer = engine.execute(f"SELECT COUNT(*) FROM ({rows}) AS kept WHERE days > 1").fetchall()[0][0]
        tables = {
            "calendar": calendar(*span, half_life_days),
            "name_codes": name_codes,
            "word_codes": coded_words(word for (word,) in words),
        }
        for table, columns in tables.items():
            _write_table(engine, table, columns)
        called = {name: name for name in tables}
        one_day = f"{rows} WHERE days = 1"
        questions = [
            monthly_question(
                count, f"{one_day} AND day >= {first} AND day < {after}", len(names), len(words), called
            )
            for first, after in _spans(*span)
        ]

        def answer(question: str) -> list[Columns]:
            with closing(engine.cursor()) as cursor:
                source.relation(cursor, nonstate=nonstate)  # a frame is known to one connection only
                return directed(cursor.execute(question).fetchnumpy(), len(names))

        parts = _side_by_side(engine, answer, questions)
    if longer:
        acts = form_acts(source, Selection(), canonical, count=count, nonstate=nonstate)
        acts = acts.select(acts.days > 1)
        parts += [_pieces(acts, names, half_life_days)] if len(acts) else []
    return summed_up(names, parts)


def _side_by_side(
    engine: "duckdb.DuckDBPyConnection", answer: Callable[[str], list[Columns]], questions: Sequence[str]
) -> list[Columns]:
    """Answer each question in a thread of its own: quicker than one after the other in all threads."""
    threads = engine.execute("SELECT current_setting('threads')").fetchall()[0][0]
    engine.execute("SET threads = 1")
    engine.execute("SET parquet_metadata_cache = true")
    with ThreadPoolExecutor(min(threads, MOST_AT_ONCE)) as pool:
        return [part for parts in pool.map(answer, questions) for part in parts]


def coded_names(actors: Iterable[str], canonical: Callable[[str], str]) -> tuple[list[str], Columns]:
    """Give the last names in time, sorted, and the table `name_codes`."""
    last = {actor: canonical(actor) for actor in sorted(actors)}
    names = sorted(set(last.values()))
    places = {name: place for place, name in enumerate(names)}
    codes = np.array([places[name] for name in last.values()], dtype=np.int64)
    return names, {"name": np.array([*last], dtype=object), "code": codes}


def coded_words(words: Iterable[str | None]) -> Columns:
    """Give the table `word_codes`: a missing word has no entry and counts as 0."""
    known = sorted(word for word in set(words) if word is not None)
    return {"name": np.array(known, dtype=object), "code": np.arange(1, len(known) + 1, dtype=np.int64)}


def monthly_question(count: str, kept: str, actors: int, words: int, tables: Mapping[str, str]) -> str:
    """Write the question for sums by pair and month in SQL.

    Parameters
    ----------
    kept : the rows to count, in SQL
    actors, words : how many last names and different words there are
    tables : what the tables `calendar`, `name_codes` and `word_codes` are called
    """
    template = MONTHLY_ACTS_SQL if count == "acts" else MONTHLY_ROWS_SQL
    return template.format(kept=kept, actors=actors, words=words + 1, **tables)


def directed(found: Mapping[str, Any], actors: int) -> list[Columns]:
    """Take the answer apart into one part for each direction: sums with `sender` and `receiver` as codes."""
    low, high = np.divmod(np.asarray(found["pair"], dtype=np.int64), max(actors, 1))
    parts: list[Columns] = []
    for way, sender, receiver in (("there", low, high), ("back", high, low)):
        if f"acts_{way}" in found:
            began = np.asarray(found[f"acts_{way}"]) > 0
            part = {name: np.asarray(found[f"{name}_{way}"])[began] for name in SUMS}
            month = np.asarray(found["month"])[began]
            parts.append({**part, "sender": sender[began], "receiver": receiver[began], "month": month})
    return parts


def _spans(first_day: int, last_day: int) -> list[tuple[int, int]]:
    first, last = (month_of(EPOCH + timedelta(day)) for day in (first_day, last_day))
    return list(
        pairwise([*(month_end(month - 1) for month in range(first, last + 1, MONTHS_AT_ONCE)), last_day + 1])
    )


def _write_table(engine: "duckdb.DuckDBPyConnection", name: str, columns: Columns) -> None:
    engine.register("given", dict(columns))
    engine.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    engine.unregister("given")


def _pieces(acts: Acts, names: Sequence[str], half_life_days: float) -> Columns:
    """Cut acts of several days into days; each act and its rows are counted in its first month."""
    act = np.repeat(np.arange(len(acts)), acts.days)
    place = np.arange(len(act)) - (np.cumsum(acts.days) - acts.days)[act]
    day = acts.day[act] + place
    table = calendar(int(day.min()), int(day.max()), half_life_days)
    fade = table["fade"][day - int(day.min())].astype(np.float64)
    mass = (acts.share / acts.days)[act] * fade
    points = np.abs(acts.weight)[act] * mass
    return {
        "sender": np.searchsorted(names, acts.sender.astype(str))[act],
        "receiver": np.searchsorted(names, acts.receiver.astype(str))[act],
        "month": table["month"][day - int(day.min())],
        "friendly": np.where(acts.sign[act] > 0, points, 0.0) * UNIT,
        "hostile": np.where(acts.sign[act] < 0, points, 0.0) * UNIT,
        "mass": mass * UNIT,
        "acts": (place == 0).astype(np.int64),
        "rows": np.where(place == 0, acts.rows[act], 0),
    }


def summed_up(names: Sequence[str], parts: Sequence[Columns]) -> Months:
    """Put parts together: one entry per pair and month, in their order.

    Parameters
    ----------
    names : sorted
    parts : columns of sums, `sender` and `receiver` as places in `names`
    """
    size = sum(len(part["month"]) for part in parts)
    many = max(len(names), 1)
    narrow = np.int32 if many <= MOST_TABLED else np.int64
    sender, receiver, month = (
        _join(parts, name, np.empty(size, dtype=narrow)) for name in ("sender", "receiver", "month")
    )
    low, high = (int(month.min()), int(month.max())) if size else (0, 0)
    spread = high - low + 1
    sender *= narrow(many)
    sender += receiver
    pairs, cell = _numbered(sender, many)
    cell *= spread  # a place for each pair and month: quicker than a sort
    cell += month
    cell -= low
    taken = np.zeros(len(pairs) * spread, dtype=bool)
    taken[cell] = True
    cells, entry = np.flatnonzero(taken), np.cumsum(taken, dtype=np.int32)[cell]
    entry -= 1
    joined: dict[type, NDArray[Any]] = {kind: np.empty(size, dtype=kind) for kind in SUMS.values()}
    total: dict[str, NDArray[Any]] = {name: np.zeros(len(cells), dtype=kind) for name, kind in SUMS.items()}
    for name, kind in SUMS.items():
        _join(parts, name, joined[kind])  # fresh memory is dear: used again
        if len(cells) == size:
            total[name][entry] = joined[kind]
        else:
            np.add.at(total[name], entry, joined[kind])
    for name in ("friendly", "hostile", "mass"):
        total[name] /= UNIT
    pair, month = np.divmod(cells, spread)
    sender, receiver = np.divmod(pairs, many)
    objects = np.array([*names, ""], dtype=object)
    return Months(objects[sender][pair], objects[receiver][pair], month + low, **total)


def _numbered(pair: NDArray[np.int64], many: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the different pairs, rising, and the place of each one given among them."""
    if many > MOST_TABLED:
        found, place = np.unique(pair, return_inverse=True)
        return found, np.asarray(place.ravel(), dtype=np.int64)
    there = np.zeros(many * many, dtype=bool)
    there[pair] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[pair]


def _join(parts: Sequence[Columns], name: str, whole: NDArray[Any]) -> NDArray[Any]:
    if parts:
        np.concatenate([part[name] for part in parts], out=whole, casting="unsafe")
    return whole


def check_half_life(half_life_days: float) -> None:
    """Refuse a half-life that is no positive number of days.

    Raises
    ------
    UsageError : it is none
    """
    if not half_life_days > 0:
        raise UsageError(f"a half-life of {half_life_days} days", allowed="A number of days above 0.")
