"""The statistics of a candidate act: what earlier events say about who acts on whom next.

Each is a small value with one method, `parts`: one number per row, or one per row and third party (or
partner), of which the value is the sum.
"""

from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Final

import numpy as np

from comity.events import KINDS
from comity.model.errors import UnknownStatisticError
from comity.model.joint_work import JointWork
from comity.model.memory import Memory
from comity.model.of_kind import OfKind
from comity.model.state import Floats, Integers
from comity.model.statistic import Statistic as Statistic
from comity.provenance import BadValueError

GROUP: Final = "comity.statistics"
SIGNS: Final = ("coop", "conf")
TONES: Final = ("pos", "neg")
PARTIES: Final = ("friend", "enemy")


@dataclass(frozen=True, slots=True)
class Repetition:
    """What the sender did to the receiver before."""

    sign: int

    @property
    def name(self) -> str:
        """As in the table of results."""
        return f"{SIGNS[self.sign]}.repetition"

    @property
    def code(self) -> int:
        """The number of the fast path."""
        return 2 * self.sign

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row."""
        return memory.pair(self.sign)[senders, receivers]


@dataclass(frozen=True, slots=True)
class Reciprocation:
    """What the receiver did to the sender before."""

    sign: int

    @property
    def name(self) -> str:
        """As in the table of results."""
        return f"{SIGNS[self.sign]}.reciprocation"

    @property
    def code(self) -> int:
        """The number of the fast path."""
        return 2 * self.sign + 1

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row."""
        return memory.pair(self.sign)[receivers, senders]


@dataclass(frozen=True, slots=True)
class Degree:
    """How much an end of the dyad sent or received before, with everybody; its parts are by partner."""

    sign: int
    outgoing: bool
    of_sender: bool

    @property
    def name(self) -> str:
        """As in the table of results."""
        way, end = "out" if self.outgoing else "in", "source" if self.of_sender else "target"
        return f"{TONES[self.sign]}.{way}.{end}"

    @property
    def code(self) -> int:
        """The number of the fast path."""
        return (4 if self.of_sender else 8) + 2 * self.sign + (not self.outgoing)

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row and partner."""
        table = memory.sent(self.sign) if self.outgoing else memory.received(self.sign)
        return table[senders if self.of_sender else receivers]


@dataclass(frozen=True, slots=True)
class Triad:
    """Third parties tied to both ends: the weaker of the two ties, added up.

    `mine` and `theirs` are the signs of the third party's ties with the sender and with the receiver:
    ``Triad(1, 0)`` is *friend of enemy*, whose third party is the sender's enemy and the receiver's friend.
    """

    mine: int
    theirs: int

    @property
    def name(self) -> str:
        """As in the table of results: the receiver is a friend or enemy of the sender's friend or enemy."""
        return f"{PARTIES[self.theirs]}.of.{PARTIES[self.mine]}"

    @property
    def code(self) -> int:
        """The number of the fast path."""
        return 12 + self.mine + 2 * self.theirs

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row and third party."""
        return np.minimum(memory.tie(self.mine)[senders], memory.tie(self.theirs)[receivers])

    def through(self, third: int, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row: the part of one third party."""
        place = np.full(len(senders), third)
        mine, theirs = memory.tie(self.mine)[senders, place], memory.tie(self.theirs)[receivers, place]
        return np.asarray(np.minimum(mine, theirs), dtype=np.float64)


STATISTICS: Final[tuple[Statistic, ...]] = (
    Repetition(0),
    Reciprocation(0),
    Repetition(1),
    Reciprocation(1),
    *(
        Degree(sign, way, end)
        for end in (True, False)
        for sign, way in ((0, True), (0, False), (1, True), (1, False))
    ),
    Triad(0, 0),
    Triad(1, 0),
    Triad(0, 1),
    Triad(1, 1),
)

REGISTERED: Final[tuple[Statistic, ...]] = (
    *STATISTICS,
    JointWork(),
    *(OfKind(kind, one) for kind in KINDS for one in (*STATISTICS, JointWork())),
)


def known_statistics() -> dict[str, Statistic]:
    """List ours and those that installed packages offer under the entry point group `comity.statistics`.

    Those that need a table of their own (covariates, memberships, theatres) are not among them.

    Raises
    ------
    BadValueError : an entry point does not give a statistic, or gives a name that is taken
    """
    known: dict[str, Statistic] = {one.name: one for one in REGISTERED}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        offered = entry.load()
        if not isinstance(offered, Statistic) or offered.name in known:
            raise BadValueError(
                f"entry point {entry.name!r} gives no statistic with a name of its own",
                where=f"group {GROUP}, {entry.value}",
                allowed="A value with `name` and `parts(memory, senders, receivers)`.",
            )
        known[offered.name] = offered
    return known


def find_statistics(names: tuple[str, ...]) -> tuple[Statistic, ...]:
    """Find statistics by name.

    Raises
    ------
    UnknownStatisticError : none of this name
    """
    known = known_statistics()
    for name in names:
        if name not in known:
            raise UnknownStatisticError(
                f"no statistic {name!r}", allowed=f"Known: {', '.join(known)}.", remedy="Choose among them."
            )
    return tuple(known[name] for name in names)
