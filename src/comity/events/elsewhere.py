"""The same questions on an engine that holds the rows already, reached through Ibis.

Nothing here imports Ibis: a connection that `ibis.polars.connect()`, `ibis.pyspark.connect()` or
another of its back ends gives is passed in, and gets the SQL that DuckDB gets, translated by Ibis.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.actors import Registry
from comity.events.acts import ACTS_SQL, ROWS_SQL, Acts
from comity.events.monthly import (
    WORDS_SQL,
    Columns,
    Months,
    calendar,
    check_half_life,
    coded_names,
    coded_words,
    directed,
    monthly_question,
    summed_up,
)
from comity.events.rolled_up import RolledUp, RollingUp, lookups_for
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
            self._write(PREFIX + name, columns)
        called = {name: PREFIX + name for name in tables}
        found = self._asked(monthly_question(count, self._rows, len(names), len(words), called))
        return summed_up(names, directed(found, len(names)))

    def roll_up(
        self,
        registry: Registry,
        *,
        reader: str = "icews",
        into: str = "comity_rolled_up",
        columns: Mapping[str, str] | None = None,
    ) -> RolledUp:
        """Decide on every raw row of the table as an import does, and say what became of all of them.

        The different days, codes and names come here and are looked up; what they mean is sent there
        in the tables comity_days, comity_codings, comity_roll_ups and comity_faults. The rows are joined
        there and left in two tables: `into`, all of them, and `into` + ``_accepted``, on which `acts` and
        `months` can be asked. The id of a row is the publisher's.

        Parameters
        ----------
        registry : who is who, by name and day
        reader : the format whose columns the table has, as published
        into : the name of the tables that are written; older ones of this name are replaced
        columns : the name there of a column that is called differently, by its published name

        Raises
        ------
        UsageError : another reader, or no row with a day and a code that it knows
        """
        lookups = lookups_for(registry, reader)
        work = RollingUp(self.table, PREFIX, lookups, columns or {}, self._asked, self._write, self._keep)
        return work.run(into)

    def _write(self, name: str, columns: Columns) -> None:
        self.backend.create_table(name, _frame(columns), overwrite=True)

    def _keep(self, name: str, question: str) -> None:
        self.backend.create_table(name, self.backend.sql(question, dialect=DIALECT), overwrite=True)

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


def _frame(columns: Columns) -> Any:
    import narwhals  # Ibis takes frames; which library is the user's choice

    texts = {name: narwhals.String() for name, column in columns.items() if column.dtype == object}
    frame = narwhals.from_dict(dict(columns), backend="pandas")
    return frame.with_columns(*(narwhals.col(name).cast(kind) for name, kind in texts.items())).to_native()
