"""Every directed tie on one day, computed when it is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from comity.actors import Registry
from comity.events import Acts, Events
from comity.provenance import Trace, UsageError
from comity.ties.dyads import ByDyad, Dyad
from comity.ties.evidence import ids_of, trace_of
from comity.ties.frame import library_of, tidy
from comity.ties.inquiry import Inquiry
from comity.ties.members import group_tie
from comity.ties.memory import Ints
from comity.ties.reading import Reading
from comity.ties.readings import readings
from comity.ties.settings import HALF_LIFE_DAYS, Settings
from comity.ties.tie import Tie

COLUMNS: Final[Mapping[str, type]] = {
    "sender": str,
    "receiver": str,
    "at": date,
    "half_life_days": float,
    "view": str,
    "count": str,
    "kind": str,
    "friendly": float,
    "hostile": float,
    "net": float,
    "low": float,
    "high": float,
    "volume": float,
    "acts": int,
    "rows": int,
    "mass": float,
    "refused": str,
}


class Ties(Mapping[Dyad, Tie]):
    """The ties of one day: ``ties["JPN", "RUS"]``; each is computed when it is asked for.

    Iteration runs over the dyads that have an act before the day. Any other pair of known actors
    may be asked for too; it is refused in words.
    """

    def __init__(self, inquiry: Inquiry, library: str | None = None) -> None:
        self._inquiry, self._library = inquiry, library
        self._measured: dict[Dyad, Tie] = {}

    def __getitem__(self, dyad: Dyad) -> Tie:
        if not (isinstance(dyad, tuple) and len(dyad) == 2):
            raise UsageError(f"{dyad!r} is not a dyad", allowed='Two actor ids: ties["JPN", "RUS"].')
        sender, receiver = self._inquiry.dyad(*dyad)
        if (sender, receiver) not in self._measured:
            self._measured[sender, receiver] = self._measure(sender, receiver)
        return self._measured[sender, receiver]

    def __iter__(self) -> Iterator[Dyad]:
        return iter(self._all.dyads)

    def __len__(self) -> int:
        return len(self._all.dyads)

    def __contains__(self, dyad: object) -> bool:
        return dyad in self._all.places

    def dyads(self) -> tuple[Dyad, ...]:
        """List the dyads with an act before the day, sorted."""
        return self._all.dyads

    def frame(self, native: str | None = None) -> Any:
        """Lay all ties out in a tidy frame: one row per dyad and kind.

        Parameters
        ----------
        native : "pandas", "polars" or "pyarrow"; by default what the events came in, else the first
            of these that is installed

        Returns
        -------
        a frame of that library; net, low and high are null where refused
        """
        inquiry = self._inquiry
        rows = [
            {
                "sender": dyad[0],
                "receiver": dyad[1],
                "at": inquiry.at,
                "half_life_days": inquiry.settings.half_life_days,
                "view": inquiry.settings.view,
                "count": inquiry.settings.count,
                "kind": kind,
                "volume": reading.volume,
                **reading.to_dict(),
            }
            for dyad, read in zip(self._all.dyads, self._all_readings, strict=True)
            for kind, reading in read.items()
        ]
        columns = {name: [row[name] for row in rows] for name in COLUMNS}
        return tidy(columns, COLUMNS, native or self._library)

    def trace(self) -> Trace:
        """Name the rows, passages and sources that all these ties stand on."""
        return trace_of(self._inquiry.events, ids_of(self._all.acts))

    def _repr_html_(self) -> str:
        inquiry = self._inquiry
        return (
            f"<p>Ties on {inquiry.at}, half-life {inquiry.settings.half_life_days:g} days, view "
            f"{inquiry.settings.view}: {len(self):,} dyads from {len(self._all.acts):,} acts.</p>"
        )

    @cached_property
    def _all(self) -> ByDyad:
        return ByDyad.of(self._inquiry.acts())

    @property
    def _at_hand(self) -> Inquiry:
        """The inquiry, with all acts once they are loaded."""
        return replace(self._inquiry, loaded=self._all) if "_all" in self.__dict__ else self._inquiry

    @cached_property
    def _all_readings(self) -> Sequence[Mapping[str, Reading]]:
        dyads = self._all.dyads
        read: list[Mapping[str, Reading]] = list(self._read(self._all.acts, self._all.place, dyads))
        if self._inquiry.settings.view == "own":
            return read
        groups = {end for end in {end for dyad in dyads for end in dyad} if self._inquiry.members(end)}
        for place, dyad in enumerate(dyads):
            if groups & set(dyad):
                read[place] = group_tie(self._at_hand, *dyad, look_again=False).readings
        return read

    def _read(self, acts: Acts, place: Ints, dyads: Sequence[Dyad]) -> list[dict[str, Reading]]:
        settings = self._inquiry.settings
        seeds = [(settings.seed, *dyad) for dyad in dyads]
        return readings(acts, place, seeds, at=self._inquiry.day, half_life_days=settings.half_life_days)

    def _measure(self, sender: str, receiver: str) -> Tie:
        inquiry = self._at_hand
        if inquiry.settings.view != "own":
            return group_tie(inquiry, sender, receiver)
        acts, place = inquiry.between([(sender, receiver)])
        (read,) = self._read(acts, place, [(sender, receiver)])
        return inquiry.tie(sender, receiver, read, acts)


def measure(
    events: Any,
    *,
    at: date,
    half_life_days: float = HALF_LIFE_DAYS,
    view: str = "own",
    without: Sequence[str] = (),
    count: str = "acts",
    basis: str | None = None,
    seed: int = 1,
    registry: Registry | None = None,
    nonstate: bool = False,
) -> Ties:
    """Measure directed ties on one day from the acts before it.

    An act of weight w and share s, a days old, counts ``|w| * s * 2 ** (-a / half_life_days)``;
    friendly and hostile sums are kept apart, so that silence does not look like balance.
    ``net = (F - H) / (F + H + 3)``; its interval comes from drawing days again. Below a decayed mass
    of 5 acts on 3 days net is refused.

    Parameters
    ----------
    events : `Events`, or a frame of pandas, polars or pyarrow with sender, receiver, date, weight
    at : the day; acts on that day or later are not used
    half_life_days : days, > 0; 730 for the relationship, 14 for the news cycle
    view : of an alliance or group: "own" (acts of the body), "members" (the mean of its members'
        ties) or "pooled" (partially pooled)
    without : members to leave out
    count : "acts", or "rows" with every repeat in the news
    basis : "data" or "coded"; by default data where there are any
    seed : of the intervals
    registry : who is a member of what; by default that of the events, else the package's
    nonstate : whether citizens, firms and rebels count for their state

    Returns
    -------
    Ties : ``ties["JPN", "RUS"]`` is one tie, ``ties.frame()`` all of them

    Raises
    ------
    UsageError : a setting outside what is allowed
    UnknownActorError : on asking for an actor that neither the events nor the registry know

    References
    ----------
    [BrandesLernerSnijders2009] (decayed sums, split by sign); [Goldstein1992] (weights); entries in
    docs/bibliography.md
    """
    settings = Settings(half_life_days, view, without, count, basis, seed, nonstate)
    library = None if isinstance(events, Events) else library_of(events)
    return Ties(Inquiry.of(events, at, settings, registry), library)
