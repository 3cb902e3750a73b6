"""What goes wrong when a name is looked up."""

from collections.abc import Sequence

from comity.provenance import NothingFoundError

SHOWN_CHARACTERS = 60


def shown(name: str) -> str:
    """Quote a name for a message, cut where it is long."""
    return repr(name) if len(name) <= SHOWN_CHARACTERS else f"{name[:SHOWN_CHARACTERS]!r}…"


class UnknownActorError(NothingFoundError):
    """No actor goes by that name; `nearest` holds ``(id, name)`` of those that come close."""

    def __init__(self, name: str, nearest: Sequence[tuple[str, str]] = (), *, where: str = "") -> None:
        self.name, self.nearest = name, tuple(nearest)
        listed = ", ".join(f"{id!r} {known}" for id, known in self.nearest)
        super().__init__(
            f"no actor {shown(name)}",
            where=where,
            allowed=f"Nearest: {listed}." if listed else "",
            remedy="A case can add actors and names in its actors.csv.",
        )


class AmbiguousActorError(NothingFoundError):
    """Several actors go by that name on that day; `candidates` holds their ``(id, name)``."""

    def __init__(self, name: str, candidates: Sequence[tuple[str, str]], *, where: str = "") -> None:
        self.name, self.candidates = name, tuple(candidates)
        listed = ", ".join(f"{id!r} {known}" for id, known in self.candidates)
        super().__init__(
            f"{shown(name)} could be several actors",
            where=where,
            allowed=f"One of {listed}.",
            remedy="Give the id, or the day that is meant.",
        )
