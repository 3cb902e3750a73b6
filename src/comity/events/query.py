"""From rows to acts: one question to the engine, whichever table the rows stand in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

import numpy as np

from comity.events.acts import ACTS_SQL, ROWS_SQL, Acts, day_number
from comity.events.engine import connect, listed, literal
from comity.events.lines import Line

if TYPE_CHECKING:
    import duckdb


class RowSource(Protocol):
    """Something that holds event rows: a store of imported files, or a frame."""

    @property
    def has_rows(self) -> bool:
        """Whether any row can enter an act."""

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last day number."""

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors that rows name, sorted."""

    @property
    def editions(self) -> dict[str, str]:
        """Name to hash of what the rows came from."""

    def relation(self, engine: "duckdb.DuckDBPyConnection", *, nonstate: bool) -> str:
        """Give what to select rows from, in SQL.

        Columns: id, day, days, sender, receiver, event_type, sign, kind, joint, weight, share.
        """

    def lines(self) -> Iterable[Line]:
        """Give one dictionary per row."""

    def find(self, ids: Iterable[str]) -> Iterable[Line]:
        """Give the dictionaries of the rows with these ids."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which acts are asked for; actors by their last name in time, ``None`` for all."""

    senders: frozenset[str] | None = None
    receivers: frozenset[str] | None = None
    since: date | None = None
    before: date | None = None

    def keep(self, acts: Acts) -> Acts:
        """Drop the acts that were not asked for."""
        mask = np.ones(len(acts), dtype=bool)
        if self.senders is not None:
            mask &= np.isin(acts.sender.astype(str), sorted(self.senders))
        if self.receivers is not None:
            mask &= np.isin(acts.receiver.astype(str), sorted(self.receivers))
        if self.since:
            mask &= acts.day + acts.days > day_number(self.since)
        if self.before:
            mask &= acts.day < day_number(self.before)
        return acts.select(mask)

    @property
    def condition(self) -> str:
        """The rows that the acts are formed from: of a pair always both directions, for joint acts."""
        parts = ["sender <> receiver"]
        if self.since:
            parts.append(f"day + days > {day_number(self.since)}")
        if self.before:
            parts.append(f"day < {day_number(self.before)}")
        one_way = self._parties("sender", "receiver")
        if one_way:
            parts.append(f"(({one_way}) OR ({self._parties('receiver', 'sender')}))")
        return " AND ".join(parts)

    def _parties(self, senders: str, receivers: str) -> str:
        asked = ((senders, self.senders), (receivers, self.receivers))
        return " AND ".join(
            f"{column} IN {listed(sorted(actors))}" if actors else "FALSE"
            for column, actors in asked
            if actors is not None
        )


def form_acts(
    source: RowSource,
    selection: Selection,
    canonical: Callable[[str], str],
    *,
    count: str = "acts",
    nonstate: bool = False,
) -> Acts:
    """Form acts from rows by the rule of docs/background/rows-and-acts.md, or keep the rows."""
    if not source.has_rows:
        return Acts.of([])
    with connect() as engine:
        stored = stored_rows(engine, source, canonical, nonstate=nonstate)
        rows = f"SELECT * FROM ({stored}) AS named WHERE {selection.condition}"
        template = ACTS_SQL if count == "acts" else ROWS_SQL
        found = engine.execute(template.format(rows=rows)).fetchnumpy()
    return selection.keep(Acts.of_columns(found))


def stored_rows(
    engine: "duckdb.DuckDBPyConnection", source: RowSource, canonical: Callable[[str], str], *, nonstate: bool
) -> str:
    """Select the rows of a source in SQL, their actors by their last name in time."""
    renamed = {actor: canonical(actor) for actor in source.actors}
    parties = ", ".join(f"{_renaming(side, renamed)} AS {side}" for side in ("sender", "receiver"))
    return (
        f"SELECT id, day, days, {parties}, event_type, sign, kind, joint, weight, share "
        f"FROM {source.relation(engine, nonstate=nonstate)} AS stored"
    )


def _renaming(column: str, renamed: dict[str, str]) -> str:
    cases = [
        f"WHEN {literal(actor)} THEN {literal(name)}"
        for actor, name in sorted(renamed.items())
        if actor != name
    ]
    return f"CASE {column} {' '.join(cases)} ELSE {column} END" if cases else column
