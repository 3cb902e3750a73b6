"""The events of a case or a notebook: those coded by hand, and rows of event data."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from comity.actors import Registry, load_registry
from comity.events.acts import EPOCH, Acts
from comity.events.coded import coded_acts
from comity.events.frame import FrameRows
from comity.events.lines import Line, event_lines
from comity.events.monthly import Months, check_half_life, monthly_sums
from comity.events.ontology import load_ontology
from comity.events.query import RowSource, Selection, form_acts
from comity.events.record import Event
from comity.events.store import EventStore
from comity.provenance import UsageError

BASES: Final = ("data", "coded")
COUNTS: Final = ("acts", "rows")


class Events:
    """Coded events and event data together, as one source of acts.

    Examples
    --------
    >>> Events.of().acts(basis="coded").day
    array([], dtype=int64)
    """

    def __init__(
        self, coded: tuple[Event, ...], rows: RowSource | None = None, registry: Registry | None = None
    ) -> None:
        self._coded, self._rows, self._registry = coded, rows, registry

    @classmethod
    def of(
        cls,
        coded: Iterable[Event] = (),
        *,
        store: EventStore | None = None,
        registry: Registry | None = None,
    ) -> "Events":
        """Put coded events and a store together; without a registry, the package's own is used."""
        return cls(tuple(coded), store, registry)

    @classmethod
    def from_frame(cls, frame: Any, *, registry: Registry | None = None) -> "Events":
        """Take rows from a pandas, polars or other frame: see `FrameRows.of` for the columns."""
        return cls((), FrameRows.of(frame), registry)

    @property
    def coded(self) -> tuple[Event, ...]:
        """The events coded by hand, as they stand in the table."""
        return self._coded

    @cached_property
    def registry(self) -> Registry:
        """Who is who."""
        return self._registry or load_registry()

    @property
    def has_data(self) -> bool:
        """Whether there are rows of event data."""
        return self._rows is not None and self._rows.has_rows

    @property
    def data_span(self) -> tuple[date, date] | None:
        """First and last day of the event data."""
        span = self._rows.span if self._rows else None
        return (EPOCH + timedelta(span[0]), EPOCH + timedelta(span[1])) if span else None

    @cached_property
    def editions(self) -> dict[str, str]:
        """What answers rest on: name to hash, in a fixed order."""
        editions = {"ontology": load_ontology().edition}
        if self._coded:
            editions["coded events"] = hashlib.sha256(repr(self._coded).encode()).hexdigest()
        if self._rows is not None:
            editions |= self._rows.editions
        return dict(sorted(editions.items()))

    def canonical(self, actor: str) -> str:
        """Follow successors: SUN gives RUS; an actor that the registry does not know stays."""
        return self.registry.canonical(actor) if actor in self.registry else actor

    def acts(
        self,
        *,
        senders: Iterable[str] | None = None,
        receivers: Iterable[str] | None = None,
        since: date | None = None,
        before: date | None = None,
        basis: str | None = None,
        count: str = "acts",
        nonstate: bool = False,
    ) -> Acts:
        """Form acts between distinct actors, their ids made canonical, in the order of their days.

        Parameters
        ----------
        senders, receivers : keep acts of these only
        since, before : keep acts whose last day is `since` or later, and first day earlier than `before`
        basis : "data" or "coded"; by default data where there are any
        count : "acts", or "rows" to keep mirror rows and repeats
        nonstate : also let citizens, firms, rebels and media of a state count for it

        Raises
        ------
        UsageError : another basis or count
        """
        basis = basis or ("data" if self.has_data else "coded")
        for name, value, allowed in (("basis", basis, BASES), ("count", count, COUNTS)):
            if value not in allowed:
                raise UsageError(f"{name} {value!r}", allowed=f"One of {', '.join(allowed)}.")
        selection = Selection(self._canonical(senders), self._canonical(receivers), since, before)
        if basis == "coded":
            return selection.keep(coded_acts(self._coded, self.canonical, count=count))
        if self._rows is None:
            return Acts.of([])
        return form_acts(self._rows, selection, self.canonical, count=count, nonstate=nonstate)

    def months(self, *, half_life_days: float, count: str = "acts", nonstate: bool = False) -> Months:
        """Sum the event data of all dyads by month, decayed to the end of each; nothing is carried over.

        Parameters
        ----------
        half_life_days : > 0
        count, nonstate : as in `acts`

        Raises
        ------
        UsageError : another count, or a half-life of 0 or less
        """
        if count not in COUNTS:
            raise UsageError(f"count {count!r}", allowed=f"One of {', '.join(COUNTS)}.")
        check_half_life(half_life_days)
        source = self._rows if self._rows is not None else FrameRows.none()
        return monthly_sums(
            source, self.canonical, half_life_days=half_life_days, count=count, nonstate=nonstate
        )

    def lines(self, actors: Iterable[str] | None = None) -> Iterator[Line]:
        """Give one dictionary per ordered pair and row, coded events first.

        Parameters
        ----------
        actors : one actor: the lines it is a party of; several: the lines between two of them
        """
        wanted = self._canonical(actors)
        for event in self._coded:
            for line in event_lines(event):
                if self._between(line["sender"], line["receiver"], wanted):
                    yield line
        if self._rows is not None:
            for line in self._rows.lines():
                if self._between(line["sender"], line["receiver"], wanted):
                    yield line

    def find(self, ids: Iterable[str]) -> list[Line]:
        """Give the lines of these ids, in the order asked; an unknown id gives none."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, list[Line]] = {id: [] for id in wanted}
        for event in self._coded:
            if event.id in found:
                found[event.id] += event_lines(event)
        if self._rows is not None:
            for line in self._rows.find([id for id in wanted if not found[id]]):
                found[line["id"]].append(line)
        return [line for id in wanted for line in found[id]]

    def _between(self, sender: str, receiver: str | None, wanted: frozenset[str] | None) -> bool:
        if wanted is None:
            return True
        parties = {self.canonical(sender)} | ({self.canonical(receiver)} if receiver else set())
        return bool(parties & wanted) if len(wanted) == 1 else len(parties) == 2 and parties <= wanted

    def _canonical(self, actors: Iterable[str] | None) -> frozenset[str] | None:
        return None if actors is None else frozenset(self.canonical(actor) for actor in actors)
