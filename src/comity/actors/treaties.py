"""Treaty obligations: what the members of a treaty owe one another, and since when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final

from comity.actors.actor import within
from comity.actors.tables import package_rows
from comity.provenance import TableRow, parse_day

# ATOP's words, the most binding first.
OBLIGATIONS: Final = ("defense", "offense", "neutrality", "nonaggression", "consultation")
# The package has the treaties that bind two of these to each other on a day since 2 September 1945.
TREATY_STATES: Final = (
    *("AUS", "CHN", "DEU", "FRA", "GBR", "IND", "JPN", "KOR"),
    *("NZL", "POL", "PRK", "RUS", "TWN", "UKR", "USA"),
)


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a member owes the other members of a treaty, as one source has it."""

    member: str
    treaty: str
    owes: tuple[str, ...]  # of OBLIGATIONS; empty: a party that owes none of them
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    source: str = ""
    edition: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty with what its members owe: all that is known, or what was asked for."""

    id: str
    name: str
    atop_id: str = ""
    organisation: str = ""  # the actor whose treaty it is: NATO
    signed: date | None = None  # where that is not the first day
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    source: str = ""
    edition: str = ""
    checked: bool = False
    obligations: tuple[Obligation, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """The members, sorted."""
        return tuple(sorted({one.member for one in self.obligations}))

    def on(self, day: date) -> "Treaty":
        """Give the treaty with the obligations in force that day; none, if it was not in force."""
        known = self.obligations if within(day, self.valid_from, self.valid_to) else ()
        in_force = (one for one in known if within(day, one.valid_from, one.valid_to))
        return replace(self, obligations=tuple(in_force))

    def among(self, *members: str) -> "Treaty":
        """Give the treaty with the obligations of these members only."""
        theirs = (one for one in self.obligations if one.member in members)
        return replace(self, obligations=tuple(theirs))


class Treaties:
    """Treaties by their members and by the organisation whose treaties they are.

    Every actor goes under the id that `canonical` gives: the Soviet Union's treaties are Russia's.
    """

    def __init__(self, treaties: Iterable[Treaty], canonical: Callable[[str], str]) -> None:
        self._by: dict[str, list[Treaty]] = {}
        for treaty in sorted(treaties, key=lambda one: (one.valid_from or date.min, one.id)):
            owed = tuple(replace(one, member=canonical(one.member)) for one in treaty.obligations)
            organisation = canonical(treaty.organisation) if treaty.organisation else ""
            known = replace(treaty, organisation=organisation, obligations=owed)
            for side in {*known.members, organisation} - {""}:
                self._by.setdefault(side, []).append(known)

    def of(self, side: str, at: date) -> tuple[Treaty, ...]:
        """List the treaties that a member or organisation has on a day, the oldest first."""
        on_the_day = (one.on(at) for one in self._by.get(side, ()))
        return tuple(one for one in on_the_day if one.members and side in (*one.members, one.organisation))

    def between(self, a: str, b: str, at: date) -> tuple[Treaty, ...]:
        """List the treaties that bind `a` and `b` to each other on a day."""
        if a == b:
            return ()
        joint = [one for one in self.of(a, at) if b in (*one.members, one.organisation)]
        return tuple(one if one.organisation in (a, b) else one.among(a, b) for one in joint)


@cache
def package_treaties() -> tuple[Treaty, ...]:
    """Read the selection of treaties that the package ships, with the obligations of all members."""
    owed: dict[str, list[Obligation]] = {}
    for row in package_rows("obligations"):
        owed.setdefault(row["treaty"], []).append(_obligation(row))
    return tuple(_treaty(row, tuple(owed[row["id"]])) for row in package_rows("treaties"))


def _obligation(row: TableRow) -> Obligation:
    return Obligation(row["member"], row["treaty"], row.list("owes"), **_dated(row))


def _treaty(row: TableRow, obligations: tuple[Obligation, ...]) -> Treaty:
    return Treaty(
        row["id"],
        row["name"],
        row["atop_id"],
        row["organisation"],
        signed=parse_day(row["signed"], where=row.where),
        obligations=obligations,
        **_dated(row),
    )


def _dated(row: TableRow) -> dict[str, Any]:
    return {
        "valid_from": parse_day(row["valid_from"], where=row.where),
        "valid_to": parse_day(row["valid_to"], where=row.where),
        "note": row["note"],
        "source": row["source"],
        "edition": row["edition"],
        "checked": row["checked"] == "checked",
    }
