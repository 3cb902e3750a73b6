"""The same questions on an engine that holds the rows already, reached through Ibis.

Nothing here imports Ibis: a connection that `ibis.polars.connect()`, `ibis.pyspark.connect()` or
another of its back ends gives is passed in, and gets the SQL that DuckDB gets, translated by Ibis.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.events.acts import ACTS_SQL, ROWS_SQL, Acts
from comity.events.monthly import (
    WORDS_SQL,
    Months,
    calendar,
    check_half_life,
    coded_names,
    coded_words,
    directed,
    monthly_question,
    summed_up,
)
from comity.provenance import UsageError

DIALECT: Final = "duckdb"  # of our SQL
PREFIX: Final = "comity_"  # of tables that are written
ACTORS_SQL: Final = (
    "SELECT sender AS name FROM ({kept}) AS sent UNION SELECT receiver FROM ({kept}) AS received"
)
COLUMNS: Final = (
    "id", "day", "days", "sender", "receiver", "event_type", "sign", "kind", "joint", "weight", "share",
)  # fmt: skip


@dataclass(frozen=True)
class OtherEngine:
    """A connection of Ibis and the name of a table with the columns of stored rows.

    Parameters
    ----------
    backend : what ``ibis.….connect()`` gave
    table : has `COLUMNS`; each actor by its last name in time; only rows that are to count
    """

    backend: Any
    table: str

    def acts(self, *, count: str = "acts") -> Acts:
        """Form acts from the rows, or keep the rows."""
        template = {"acts": ACTS_SQL, "rows": ROWS_SQL}[_checked(count)]
        return Acts.of_columns(self._asked(template.format(rows=self._rows)))

    def months(self, *, half_life_days: float, count: str = "acts") -> Months:
        """Sum all dyads by month, decayed to the end of each; see `Events.months`.

        A table of days is written to the connection, under the name comity_calendar.

        Raises
        ------
        UsageError : rows of several days, or a setting outside what is allowed
        """
        check_half_life(half_life_days)
        _checked(count)
        span = self._asked(f"SELECT MIN(day) AS a, MAX(day) AS b, MAX(days) AS c FROM ({self._rows}) AS kept")
        if not len(span["a"]) or span["a"][0] is None or span["a"][0] != span["a"][0]:
            return summed_up([], [])
        if int(span["c"][0]) > 1:
            raise UsageError("rows of several days", allowed="Rows of one day each, on another engine.")
        actors = self._asked(ACTORS_SQL.format(kept=self._rows))["name"]
        words = self._asked(WORDS_SQL.format(kept=self._rows))["word"].tolist()
        names, name_codes = coded_names(actors.tolist(), str)
        tables = {
            "calendar": calendar(int(span["a"][0]), int(span["b"][0]), half_life_days),
            "name_codes": name_codes,
            "word_codes": coded_words(word for word in words if isinstance(word, str)),
        }
        for name, columns in tables.items():
            self.backend.create_table(PREFIX + name, _frame(columns), overwrite=True)
        called = {name: PREFIX + name for name in tables}
        found = self._asked(monthly_question(count, self._rows, len(names), len(words), called))
        return summed_up(names, directed(found, len(names)))

    @property
    def _rows(self) -> str:
        return f"SELECT {', '.join(COLUMNS)} FROM {self.table} WHERE sender <> receiver"

    def _asked(self, question: str) -> dict[str, NDArray[Any]]:
        found = self.backend.sql(question, dialect=DIALECT).to_pandas()
        return {name: np.asarray(found[name]) for name in found.columns}


def _checked(count: str) -> str:
    if count not in ("acts", "rows"):
        raise UsageError(f"count {count!r}", allowed="One of acts, rows.")
    return count


def _frame(columns: Mapping[str, NDArray[Any]]) -> Any:
    import narwhals  # Ibis takes frames; which library is the user's choice

    return narwhals.from_dict(dict(columns), backend="pandas").to_native()
