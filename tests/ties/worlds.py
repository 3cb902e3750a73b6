"""Small worlds for the tests of this room: acts written out, and an `Events` that hands them over."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np

from comity.actors import CASE_COLUMNS, Registry, load_registry
from comity.events import Acts, Events
from comity.provenance import TableRow

AT = date(2019, 1, 31)
EPOCH = date(1970, 1, 1)


def make_act(
    ago: int = 1,
    weight: float = 4.0,
    *,
    sender: str = "JPN",
    receiver: str = "RUS",
    kind: str = "talk",
    sign: int | None = None,
    days: int = 1,
    share: float = 1.0,
    rows: int = 1,
    id: str = "",
    key: str = "",
    basis: str = "data",
    at: date = AT,
) -> tuple[Any, ...]:
    """Write one act whose first day lies `ago` days before `at`."""
    first = (at - timedelta(days=ago) - EPOCH).days
    sign = int(np.sign(weight)) if sign is None else sign
    id = id or f"{sender}-{receiver}-{first}-{kind}-{weight:g}-{days}-{share:g}"
    return (
        sender, receiver, first, days, weight, share, kind, "CONSULT", sign, rows, id, key or id, basis,
    )  # fmt: skip


class WrittenEvents(Events):
    """Events whose acts are written out in a test."""

    def __init__(self, acts: Iterable[tuple[Any, ...]], registry: Registry | None = None) -> None:
        super().__init__(())
        self.registry = registry or load_registry()
        self._written = Acts.of(list(acts))

    @property
    def has_data(self) -> bool:
        return bool((self._written.basis == "data").any())

    @property
    def data_span(self) -> tuple[date, date] | None:
        days = self._written.day[self._written.basis == "data"]
        if not len(days):
            return None
        return EPOCH + timedelta(int(days.min())), EPOCH + timedelta(int(days.max()))

    def acts(self, *, senders=None, receivers=None, since=None, before=None, **rest: Any) -> Acts:  # type: ignore[no-untyped-def, override]
        """Filter as `Events.acts` does."""
        acts = self._written
        keep = np.ones(len(acts), dtype=bool)
        if rest.get("basis"):
            keep &= acts.basis == rest["basis"]
        if senders is not None:
            keep &= np.isin(acts.sender.astype(str), list(senders))
        if receivers is not None:
            keep &= np.isin(acts.receiver.astype(str), list(receivers))
        if since:
            keep &= acts.day + acts.days > (since - EPOCH).days
        if before:
            keep &= acts.day < (before - EPOCH).days
        return acts.select(keep)


def clubs(**members: str) -> Registry:
    """Add groups to the package's registry: ``clubs(CLUB="CAN;DEU")``."""
    empty = dict.fromkeys(CASE_COLUMNS, "")
    rows = [{**empty, "id": id, "name": f"The {id}", "kind": "group"} for id in members]
    for club, listed in members.items():
        rows += [{**empty, "id": one, "member_of": club} for one in listed.split(";")]
    return load_registry().with_rows(
        TableRow("actors.csv", line, fields) for line, fields in enumerate(rows, 2)
    )


def busy(weight: float = 4.0, days: int = 10, **more: Any) -> list[tuple[Any, ...]]:
    """One act a day on the last `days` days: enough for a number."""
    return [make_act(ago, weight, **more) for ago in range(1, days + 1)]


def world(*acts: tuple[Any, ...]) -> WrittenEvents:
    """Make events of these acts."""
    return WrittenEvents(acts)
