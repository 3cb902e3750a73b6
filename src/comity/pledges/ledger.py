"""The ledger: all statements on all pledges, and how the pledges stand on a day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise

from comity.actors import Registry
from comity.pledges.figure import Figure
from comity.pledges.parties import last_successor, named_in
from comity.pledges.pledge import Pledge, trace_of
from comity.pledges.programme import Programme
from comity.pledges.record import Statement
from comity.pledges.status import STATUSES
from comity.provenance import BadValueError, NothingFoundError, Source, Trace, html_table


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many pledges had a status on a day; pledges are counted, their figures are not added."""

    status: str
    as_of: date
    pledges: tuple[str, ...]  # keys
    sources_differ: tuple[str, ...]  # those of them on which the sources differ

    def to_dict(self) -> dict[str, object]:
        """Give the count as plain values."""
        return {
            "status": self.status,
            "as_of": str(self.as_of),
            "count": len(self.pledges),
            "sources_differ": len(self.sources_differ),
            "pledges": list(self.pledges),
        }


class Ledger:
    """Statements on pledges, in any order; ask it with a day.

    Figures given for different dates or definitions stand side by side. No method adds them.
    """

    def __init__(
        self,
        statements: Iterable[Statement] = (),
        sources: Mapping[str, Source] | None = None,
        *,
        registry: Registry | None = None,
    ) -> None:
        self.statements = tuple(sorted(statements, key=lambda one: one.id))
        self.sources = dict(sources or {})
        self.registry = registry
        ids = [one.id for one in self.statements]
        for first, second in pairwise(ids):
            if first == second:
                raise BadValueError(f"two statements have the id {first!r}", allowed="An id stands once.")

    def pledges(
        self, actor: str | None = None, *, as_of: date, registry: Registry | None = None
    ) -> list[Pledge]:
        """List the pledges known by a day, in order of their keys.

        Parameters
        ----------
        actor : keep those that this actor gives, passes on, receives or is concerned by; persons
            and bodies count for the actor they stand for, if there is a registry
        as_of : what was first said later is not known
        registry : used instead of the ledger's own
        """
        holders = registry or self.registry
        wanted = {actor, last_successor(holders, actor)} if actor else set()
        views = (self._view(key, as_of, holders) for key in self._by_key)
        return [
            view
            for view in views
            if view.statements and (not wanted or wanted & named_in(view.statements, holders))
        ]

    def pledge(self, key: str, *, as_of: date, registry: Registry | None = None) -> Pledge:
        """View one pledge on a day; before anybody spoke of it, its status is unknown.

        Raises
        ------
        NothingFoundError : no statement has that key
        """
        if key not in self._by_key:
            raise NothingFoundError(f"no pledge {key!r}", allowed=_nearest(key, self._by_key))
        return self._view(key, as_of, registry or self.registry)

    def counts(
        self, actor: str | None = None, *, as_of: date, registry: Registry | None = None
    ) -> list[StatusCount]:
        """Count the pledges known by a day by status."""
        views = self.pledges(actor, as_of=as_of, registry=registry)
        states = [(view.key, view.status) for view in views]
        counts = [
            StatusCount(
                code,
                as_of,
                tuple(key for key, status in states if status.code == code),
                tuple(key for key, status in states if status.code == code and status.sources_differ),
            )
            for code in STATUSES
        ]
        return [count for count in counts if count.pledges]

    def flows(
        self, actor: str | None = None, *, as_of: date, registry: Registry | None = None
    ) -> list[Pledge]:
        """List the pledges in which something goes from one party to another, each once.

        One that passes through a fund or a third state is credited to each on its way
        (see `Flow.part_of`), and stays one.
        """
        views = self.pledges(actor, as_of=as_of, registry=registry)
        return [view for view in views if view.path.givers and (view.path.receivers or view.path.through)]

    def programmes(self) -> tuple[str, ...]:
        """Name the programmes of which any statement speaks."""
        return tuple(sorted({one.programme for one in self.statements if one.programme}))

    def programme(self, name: str, *, as_of: date) -> Programme:
        """View a programme on a day.

        Raises
        ------
        NothingFoundError : no statement speaks of it, or none did by that day
        """
        names = {one.lower(): one for one in self.programmes()}
        known = names.get(name.strip().lower())
        if known is None:
            raise NothingFoundError(f"no programme {name!r}", allowed=_nearest(name, names.values()))
        view = Programme.at(known, self.statements, as_of=as_of)
        if not view.statements:
            raise NothingFoundError(
                f"no source had spoken of the programme {known} by {as_of}", remedy="Ask for a later day."
            )
        return view

    def trace(self) -> Trace:
        """Name every statement, passage and document."""
        return trace_of(self.statements)

    def to_dict(self) -> dict[str, object]:
        """Give the ledger as plain values: which statements speak of which pledge."""
        return {"pledges": {key: [one.id for one in rows] for key, rows in self._by_key.items()}}

    def __len__(self) -> int:
        return len(self.statements)

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    def __repr__(self) -> str:
        return f"Ledger of {len(self.statements)} statements on {len(self._by_key)} pledges"

    def _repr_html_(self) -> str:
        rows = [
            (
                one.pledge_key,
                one.object,
                figure.in_words if (figure := Figure.of(one)) else "",
                one.definition,
                one.stage,
                one.source,
            )
            for group in self._by_key.values()
            for one in group
        ]
        head = ("pledge", "object", "figure", "definition", "stage said", "document")
        return html_table(head, rows, caption=repr(self))

    @cached_property
    def _by_key(self) -> dict[str, list[Statement]]:
        groups: dict[str, list[Statement]] = {}
        for statement in sorted(self.statements, key=lambda one: (one.pledge_key, one.id)):
            groups.setdefault(statement.pledge_key, []).append(statement)
        return groups

    def _view(self, key: str, as_of: date, registry: Registry | None) -> Pledge:
        return Pledge.at(key, self._by_key[key], as_of=as_of, registry=registry, sources=self.sources)


def _nearest(name: str, names: Iterable[str]) -> str:
    known = list(names)
    near = get_close_matches(name, known, n=3) or known[:5]
    return f"Nearest: {', '.join(near)}." if near else "This ledger is empty."
