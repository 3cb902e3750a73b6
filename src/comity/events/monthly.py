"""Decayed sums per dyad and month: plain aggregates, written once in SQL that other engines know too.

Two tables go in: `kept`, the rows that count (day, sender, receiver, event_type, sign, kind, joint,
weight, share), and `calendar` (day, month, fade: what is left of an act of that day when its month is
over). Sums are taken in whole 10⁻¹², so that they are the same in any order and on any engine.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.events.acts import EPOCH, Acts, day_number
from comity.events.engine import connect
from comity.events.query import RowSource, Selection, form_acts, stored_rows
from comity.provenance import UsageError

if TYPE_CHECKING:
    import duckdb

Columns = Mapping[str, NDArray[Any]]

UNIT: Final = 10**12  # one in the sums below, which are taken in whole 10⁻¹²
DAYS_AT_ONCE: Final = 1461  # four years: acts of a day stand together, so a span of days is a whole

MONTHLY_ACTS_SQL: Final = """
WITH merged AS (
    SELECT
        CASE WHEN sender < receiver THEN sender ELSE receiver END AS a,
        CASE WHEN sender < receiver THEN receiver ELSE sender END AS b,
        day, share, kind, event_type, sign,
        CASE WHEN joint = 1 THEN 0 WHEN sender < receiver THEN 1 ELSE 2 END AS way,
        SUM(CAST(ROUND(weight * 1000000) AS BIGINT)) AS millionths,
        COUNT(*) AS total,
        SUM(CASE WHEN sender < receiver THEN 1 ELSE 0 END) AS forward
    FROM ({kept}) AS kept
    GROUP BY
        CASE WHEN sender < receiver THEN sender ELSE receiver END,
        CASE WHEN sender < receiver THEN receiver ELSE sender END,
        day, share, kind, event_type, sign,
        CASE WHEN joint = 1 THEN 0 WHEN sender < receiver THEN 1 ELSE 2 END
), worth AS (
    SELECT m.a, m.b, c.month, m.sign, m.total, m.forward,
        CAST(ROUND(m.share * c.fade * 1000000000000) AS BIGINT) AS mass,
        CAST(ROUND(ABS(m.millionths) / (1000000.0 * m.total) * m.share * c.fade * 1000000000000) AS BIGINT)
            AS points
    FROM merged AS m JOIN {calendar} AS c ON m.day = c.day
), both_ways AS (
    SELECT a, b, month,
        SUM(CASE WHEN forward > 0 AND sign > 0 THEN points ELSE 0 END) AS friendly_there,
        SUM(CASE WHEN forward > 0 AND sign < 0 THEN points ELSE 0 END) AS hostile_there,
        SUM(CASE WHEN forward > 0 THEN mass ELSE 0 END) AS mass_there,
        SUM(CASE WHEN forward > 0 THEN 1 ELSE 0 END) AS acts_there,
        SUM(forward) AS rows_there,
        SUM(CASE WHEN total > forward AND sign > 0 THEN points ELSE 0 END) AS friendly_back,
        SUM(CASE WHEN total > forward AND sign < 0 THEN points ELSE 0 END) AS hostile_back,
        SUM(CASE WHEN total > forward THEN mass ELSE 0 END) AS mass_back,
        SUM(CASE WHEN total > forward THEN 1 ELSE 0 END) AS acts_back,
        SUM(total - forward) AS rows_back
    FROM worth GROUP BY a, b, month
)
SELECT a AS sender, b AS receiver, month, friendly_there AS friendly, hostile_there AS hostile,
    mass_there AS mass, acts_there AS acts, rows_there AS row_count
FROM both_ways WHERE acts_there > 0
UNION ALL
SELECT b AS sender, a AS receiver, month, friendly_back AS friendly, hostile_back AS hostile,
    mass_back AS mass, acts_back AS acts, rows_back AS row_count
FROM both_ways WHERE acts_back > 0
"""

MONTHLY_ROWS_SQL: Final = """
WITH worth AS (
    SELECT r.sender, r.receiver, c.month, r.sign,
        CAST(ROUND(r.share * c.fade * 1000000000000) AS BIGINT) AS mass,
        CAST(ROUND(ABS(r.weight) * r.share * c.fade * 1000000000000) AS BIGINT) AS points
    FROM ({kept}) AS r JOIN {calendar} AS c ON r.day = c.day
)
SELECT sender, receiver, month,
    SUM(CASE WHEN sign > 0 THEN points ELSE 0 END) AS friendly,
    SUM(CASE WHEN sign < 0 THEN points ELSE 0 END) AS hostile,
    SUM(mass) AS mass, COUNT(*) AS acts, COUNT(*) AS row_count
FROM worth GROUP BY sender, receiver, month
"""


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
    template = MONTHLY_ACTS_SQL if count == "acts" else MONTHLY_ROWS_SQL
    names = sorted({canonical(actor) for actor in source.actors})
    with connect() as engine:
        rows = stored_rows(engine, source, canonical, nonstate=nonstate)
        kept = f"SELECT * FROM ({rows}) AS named WHERE sender <> receiver"
        longer = engine.execute(f"SELECT COUNT(*) FROM ({rows}) AS named WHERE days > 1").fetchall()[0][0]
        _table(engine, "calendar", calendar(*span, half_life_days))
        _table(engine, "names", {"name": np.array(names, dtype=object), "code": np.arange(len(names))})
        parts = [
            _part(engine, template, f"{kept} AND days = 1 AND day >= {first} AND day < {after}")
            for first, after in _spans(*span)
        ]
    if longer:
        acts = form_acts(source, Selection(), canonical, count=count, nonstate=nonstate)
        acts = acts.select(acts.days > 1)
        parts += [coded(_pieces(acts, half_life_days), names)] if len(acts) else []
    return summed_up(names, parts)


def _spans(first_day: int, last_day: int) -> list[tuple[int, int]]:
    edges = [*range(first_day, last_day + 1, DAYS_AT_ONCE), last_day + 1]
    return list(pairwise(edges))


def _table(engine: "duckdb.DuckDBPyConnection", name: str, columns: Columns) -> None:
    engine.register("given", dict(columns))
    engine.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    engine.unregister("given")


def _part(engine: "duckdb.DuckDBPyConnection", template: str, kept: str) -> Columns:
    sums = template.format(kept=kept, calendar="calendar")
    found = engine.execute(
        f"SELECT sums.* REPLACE (s.code AS sender, t.code AS receiver) FROM ({sums}) AS sums "
        "JOIN names AS s ON sums.sender = s.name JOIN names AS t ON sums.receiver = t.name"
    ).fetchnumpy()
    return {name: np.asarray(column) for name, column in found.items()}


def coded(part: Columns, names: Sequence[str]) -> Columns:
    """Put the places of names in a sorted list instead of the names themselves."""
    ends = {end: np.searchsorted(names, part[end].astype(str)) for end in ("sender", "receiver")}
    return {**part, **ends}


def _pieces(acts: Acts, half_life_days: float) -> Columns:
    """Cut acts of several days into days; each act and its rows are counted in its first month."""
    act = np.repeat(np.arange(len(acts)), acts.days)
    place = np.arange(len(act)) - (np.cumsum(acts.days) - acts.days)[act]
    day = acts.day[act] + place
    table = calendar(int(day.min()), int(day.max()), half_life_days)
    fade = table["fade"][day - int(day.min())].astype(np.float64)
    mass = (acts.share / acts.days)[act] * fade
    points = np.abs(acts.weight)[act] * mass
    return {
        "sender": acts.sender[act],
        "receiver": acts.receiver[act],
        "month": table["month"][day - int(day.min())],
        "friendly": np.where(acts.sign[act] > 0, points, 0.0) * UNIT,
        "hostile": np.where(acts.sign[act] < 0, points, 0.0) * UNIT,
        "mass": mass * UNIT,
        "acts": (place == 0).astype(np.int64),
        "row_count": np.where(place == 0, acts.rows[act], 0),
    }


def summed_up(names: Sequence[str], parts: Sequence[Columns]) -> Months:
    """Put parts together: one entry per pair and month, in their order.

    Parameters
    ----------
    names : sorted
    parts : columns of sums, `sender` and `receiver` as places in `names`
    """
    sums = ("friendly", "hostile", "mass", "acts", "row_count")
    whole = {
        name: np.concatenate([np.asarray(part[name], dtype=np.float64) for part in parts] or [np.zeros(0)])
        for name in ("sender", "receiver", "month", *sums)
    }
    months = whole["month"].astype(np.int64)
    low, high = (int(months.min()), int(months.max())) if len(months) else (0, 0)
    spread = high - low + 1
    pair = whole["sender"].astype(np.int64) * len(names) + whole["receiver"].astype(np.int64)
    found, place = np.unique(pair * spread + months - low, return_inverse=True)
    total = {name: np.bincount(place, weights=whole[name], minlength=len(found)) for name in sums}
    pairs, objects = found // spread, np.array([*names, ""], dtype=object)
    return Months(
        sender=objects[pairs // max(len(names), 1)],
        receiver=objects[pairs % max(len(names), 1)],
        month=found % spread + low,
        friendly=np.asarray(total["friendly"] / UNIT),
        hostile=np.asarray(total["hostile"] / UNIT),
        mass=np.asarray(total["mass"] / UNIT),
        acts=total["acts"].astype(np.int64),
        rows=total["row_count"].astype(np.int64),
    )


def check_half_life(half_life_days: float) -> None:
    """Refuse a half-life that is no positive number of days.

    Raises
    ------
    UsageError : it is none
    """
    if not half_life_days > 0:
        raise UsageError(f"a half-life of {half_life_days} days", allowed="A number of days above 0.")
