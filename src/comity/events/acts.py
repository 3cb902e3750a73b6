"""Acts: what is left of rows when mirror rows and repeats are merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.provenance import BadValueError

if TYPE_CHECKING:  # it takes as long to load as numpy itself
    from numpy.typing import NDArray

EPOCH: Final = date(1970, 1, 1)

# A weight is summed in whole millionths: an exact sum does not depend on the order of the rows.
ACTS_SQL: Final = """
WITH merged AS (
    SELECT
        LEAST(sender, receiver) AS a,
        GREATEST(sender, receiver) AS b,
        day, days, share, kind, event_type, sign,
        CASE WHEN joint = 1 THEN 0 WHEN sender < receiver THEN 1 ELSE 2 END AS way,
        SUM(CAST(ROUND(weight * 1000000) AS BIGINT)) AS millionths,
        COUNT(*) AS total,
        SUM(CASE WHEN sender < receiver THEN 1 ELSE 0 END) AS forward,
        MIN(CASE WHEN sender < receiver THEN id END) AS forward_id,
        MIN(CASE WHEN sender > receiver THEN id END) AS backward_id
    FROM ({rows}) AS kept
    WHERE sender <> receiver
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
), directed AS (
    SELECT a AS sender, b AS receiver, forward AS n, forward_id AS id,
        COALESCE(LEAST(forward_id, backward_id), forward_id, backward_id) AS act, *
    FROM merged WHERE forward > 0
    UNION ALL
    SELECT b AS sender, a AS receiver, total - forward AS n, backward_id AS id,
        COALESCE(LEAST(forward_id, backward_id), forward_id, backward_id) AS act, *
    FROM merged WHERE total > forward
)
SELECT sender, receiver, CAST(day AS BIGINT) AS day, CAST(days AS BIGINT) AS days,
    CAST(millionths AS DOUBLE) / (1000000.0 * total) AS weight, share, kind, event_type,
    CAST(sign AS TINYINT) AS sign, CAST(n AS BIGINT) AS row_count, id, act
FROM directed
ORDER BY day, act, sender, receiver
"""

ROWS_SQL: Final = """
SELECT sender, receiver, CAST(day AS BIGINT) AS day, CAST(days AS BIGINT) AS days,
    CAST(weight AS DOUBLE) AS weight, share, kind, event_type,
    CAST(sign AS TINYINT) AS sign, CAST(1 AS BIGINT) AS row_count, id, id AS act
FROM ({rows}) AS kept
WHERE sender <> receiver
ORDER BY day, id, sender, receiver
"""


def day_number(day: date) -> int:
    """Count the days since 1970-01-01."""
    return (day - EPOCH).days


@dataclass(frozen=True, slots=True, eq=False)
class Acts:
    """One entry per ordered pair of an act, all columns of the same length; a reciprocal act gives two.

    Parameters
    ----------
    day, days : days since 1970-01-01 of the first day, and the length (1 for data)
    weight : signed, in Goldstein points; both directions of a reciprocal act carry the same
    share : what the pair gets of the act, 1/(n-1) with n parties
    rows : the rows of this direction that were merged into it
    id, key : the smallest id of those rows; one value per act, both directions alike
    basis : "data" or "coded"
    """

    sender: NDArray[np.object_]
    receiver: NDArray[np.object_]
    day: NDArray[np.int64]
    days: NDArray[np.int64]
    weight: NDArray[np.float64]
    share: NDArray[np.float64]
    kind: NDArray[np.object_]
    event_type: NDArray[np.object_]
    sign: NDArray[np.int8]
    rows: NDArray[np.int64]
    id: NDArray[np.object_]
    key: NDArray[np.object_]
    basis: NDArray[np.object_]

    def __post_init__(self) -> None:
        lengths = {len(column) for column in self._columns()}
        if len(lengths) > 1:
            raise BadValueError(f"columns of {sorted(lengths)} entries", allowed="Columns of one length.")

    @classmethod
    def of(cls, entries: Sequence[tuple[Any, ...]]) -> Acts:
        """Build from one tuple per entry, in the order of the columns."""
        columns = list(zip(*entries, strict=True)) if entries else [()] * len(fields(cls))
        return cls(*(np.array(column, dtype=_DTYPES[i]) for i, column in enumerate(columns)))

    @classmethod
    def of_columns(cls, found: Mapping[str, Any]) -> Acts:
        """Build from the columns that `ACTS_SQL` gives; numbers as ids become 16 hexadecimal digits."""
        size = len(found["day"])
        return cls(
            sender=_objects(found["sender"]),
            receiver=_objects(found["receiver"]),
            day=np.asarray(found["day"], dtype=np.int64),
            days=np.asarray(found["days"], dtype=np.int64),
            weight=np.asarray(found["weight"], dtype=np.float64),
            share=np.asarray(found["share"], dtype=np.float64),
            kind=_objects(found["kind"]),
            event_type=_objects(found["event_type"]),
            sign=np.asarray(found["sign"], dtype=np.int8),
            rows=np.asarray(found["row_count"], dtype=np.int64),
            id=hex_ids(found["id"]),
            key=hex_ids(found["act"]),
            basis=np.full(size, "data", dtype=object),
        )

    def __len__(self) -> int:
        return len(self.day)

    def select(self, mask: NDArray[Any]) -> Acts:
        """Keep the entries where `mask` is true, or those at its positions."""
        return Acts(*(column[mask] for column in self._columns()))

    def _columns(self) -> list[NDArray[Any]]:
        return [getattr(self, field.name) for field in fields(self)]


_DTYPES: Final[tuple[Any, ...]] = (
    object, object, np.int64, np.int64, np.float64, np.float64, object, object,
    np.int8, np.int64, object, object, object,
)  # fmt: skip


def hex_id(number: int) -> str:
    """Write a 64-bit id as 16 hexadecimal digits."""
    return f"{number:016x}"


def hex_ids(ids: NDArray[Any]) -> NDArray[np.object_]:
    """Write numeric ids as 16 hexadecimal digits; leave texts as they are."""
    if ids.dtype.kind == "u":
        return np.array([hex_id(one) for one in ids.tolist()], dtype=object)
    return _objects(ids)


def _objects(column: NDArray[Any]) -> NDArray[np.object_]:
    return np.asarray(column, dtype=object)
