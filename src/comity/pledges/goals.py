"""What a programme says it has so many of, slot by slot: the named ones and the unnamed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.pledges.known import Word
from comity.pledges.record import Statement
from comity.pledges.versions import areas_in

_MOST_SLOTS = 1000  # a number that nobody lists one by one is not laid out in slots


@dataclass(frozen=True, slots=True)
class Slots:
    """So many goals or areas promised, and which of them these sources name."""

    unit: str  # "goals", "priority areas"
    promised: int | None  # None: names, but no number
    bound: str
    named: tuple[str, ...]
    version: str
    statements: tuple[str, ...]

    @property
    def unknown(self) -> int:
        """How many of those promised these sources do not name."""
        return max((self.promised or 0) - len(self.named), 0)

    @property
    def title(self) -> str:
        """The count, and how much of it is known."""
        if self.promised is None:
            return f"{self.unit}: {len(self.named)} named, the number is not given by these sources"
        more = {"at_least": "more than ", "at_most": "at most ", "about": "about "}.get(self.bound, "")
        version = f" in version {self.version}" if self.version else ""
        return f"{more}{self.promised} {self.unit}{version}: {len(self.named)} named by these sources"

    def in_words(self) -> list[str]:
        """Write every slot out, the unknown ones too."""
        singular = self.unit.removesuffix("s")
        of = f" of {self.promised}" if self.promised is not None else ""
        lines = [
            f"{singular} {number}{of if number <= (self.promised or number) else ''}: {name}"
            for number, name in enumerate(self.named, 1)
        ]
        first = len(self.named) + 1
        if self.unknown > _MOST_SLOTS:
            return [*lines, f"{self.unknown:,} more: not named by these sources"]
        unknown = range(first, first + self.unknown)
        return lines + [f"{singular} {number}{of}: not named by these sources" for number in unknown]

    def to_dict(self) -> dict[str, object]:
        """Give the slots as plain values; an unknown one has no name."""
        laid_out = min(self.unknown, _MOST_SLOTS)
        return {
            "unit": self.unit,
            "promised": self.promised,
            "bound": self.bound,
            "named": list(self.named),
            "unknown": self.unknown,
            "slots": [*self.named, *([None] * laid_out)],
            "title": self.title,
            "version": self.version,
            "statements": list(self.statements),
        }


def slots_of(words: Iterable[Word]) -> tuple[Slots, ...]:
    """Lay out every count that a version, area or goal row gives, and goals named without one."""
    rows = [word.statement for word in words if word.full]
    counts: dict[tuple[str, int, str, str], list[Statement]] = {}
    for one in rows:
        if one.role in ("version", "area", "goal") and _counts(one):
            key = (one.unit.replace("_", " "), int(one.quantity or 0), one.bound, one.version)
            counts.setdefault(key, []).append(one)
    found = [
        Slots(unit, number, bound, _named(unit, version, rows, counted), version, _ids(counted))
        for (unit, number, bound, version), counted in sorted(counts.items())
    ]
    if not any("goal" in slots.unit for slots in found):
        goals = [one for one in rows if one.role == "goal"]
        if goals:
            names = tuple(dict.fromkeys(name for one in goals for name in _names(one)))
            found.append(Slots("goals", None, "exact", names, "", _ids(goals)))
    return tuple(found)


def _counts(statement: Statement) -> bool:
    number = statement.quantity
    return number is not None and not statement.currency and number >= 0 and number == int(number)


def _named(
    unit: str, version: str, rows: Sequence[Statement], counted: Sequence[Statement]
) -> tuple[str, ...]:
    if "goal" in unit:
        goals = [one for one in rows if one.role == "goal" and one not in counted]
        goals = [one for one in goals if not version or one.version in ("", version)]
        listed = [name for one in counted if one.role == "goal" for name in one.items]
        return tuple(dict.fromkeys([*listed, *(name for one in goals for name in _names(one))]))
    areas = (one for one in rows if one.role == "area" and one.version == version)
    return tuple(sorted(areas_in(areas)))


def _names(statement: Statement) -> tuple[str, ...]:
    return statement.items or ((statement.object,) if statement.object else ())


def _ids(statements: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(sorted(one.id for one in statements))
