"""What an import did with every row."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

IMPORTED: Final = "imported"
NEW_EDITION: Final = "new edition"
ALREADY_HERE: Final = "already here"
REPEAT: Final = "repeat of a row already here"  # why a row is refused
NAMES_IN_WORDS: Final = 10


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: its rows are accepted, set aside or refused, and the three add up.

    Parameters
    ----------
    status : imported, new edition (of a file of the same name) or already here (nothing was done)
    examples : line and reason of the first refused rows, a few per reason
    unmapped : names that nobody knows, with the number of rows, the most frequent first
    """

    name: str
    sha256: str
    status: str
    rows: int
    accepted: int
    set_aside: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    examples: tuple[tuple[int, str], ...] = ()
    unmapped: tuple[tuple[str, int], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain values."""
        return {
            "file": self.name,
            "status": self.status,
            "rows": self.rows,
            "accepted": self.accepted,
            "set_aside": dict(self.set_aside),
            "refused": dict(self.refused),
            "sha256": self.sha256,
            "examples": [{"line": line, "reason": reason} for line, reason in self.examples],
            "unmapped": dict(self.unmapped),
        }


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One import: its files, and whether it had to wait for another one."""

    import_id: str | None  # nothing new: no import was made
    reader: str
    files: tuple[FileReport, ...]
    unmapped: tuple[tuple[str, int], ...] = ()  # names that nobody knows, the most frequent first
    waited: bool = False

    @property
    def new(self) -> tuple[FileReport, ...]:
        """The files that this import brought in."""
        return tuple(file for file in self.files if file.status != ALREADY_HERE)

    @property
    def rows(self) -> int:
        """Rows of the new files."""
        return sum(file.rows for file in self.new)

    @property
    def accepted(self) -> int:
        """Rows of the new files that acts can be formed from."""
        return sum(file.accepted for file in self.new)

    @property
    def set_aside(self) -> dict[str, int]:
        """Rows set aside, by reason."""
        return added(file.set_aside for file in self.new)

    @property
    def refused(self) -> dict[str, int]:
        """Rows refused, by reason."""
        return added(file.refused for file in self.new)

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain values."""
        return {
            "import": self.import_id,
            "reader": self.reader,
            "rows": self.rows,
            "accepted": self.accepted,
            "set_aside": self.set_aside,
            "refused": self.refused,
            "unmapped": dict(self.unmapped),
            "waited": self.waited,
            "files": [file.to_dict() for file in self.files],
        }

    def in_words(self) -> list[str]:
        """Say it in a few lines."""
        here = [file.name for file in self.files if file.status == ALREADY_HERE]
        lines = [f"{name} is already here: nothing changed for it" for name in here]
        lines += [
            f"{file.name} is a new edition: the older one is kept but no longer used"
            for file in self.new
            if file.status == NEW_EDITION
        ]
        if self.import_id:
            set_aside, refused = sum(self.set_aside.values()), sum(self.refused.values())
            lines.append(
                f"import {self.import_id}: {self.rows:,} rows = {self.accepted:,} accepted"
                f" + {set_aside:,} set aside{_reasons(self.set_aside)}"
                f" + {refused:,} refused{_reasons(self.refused)}"
            )
        if self.unmapped:
            names = ", ".join(f"{name} ({count:,})" for name, count in self.unmapped[:NAMES_IN_WORDS])
            lines.append(f"names that nobody knows, the most frequent first: {names}")
        return lines


def _reasons(counts: Mapping[str, int]) -> str:
    listed = ", ".join(f"{reason} {count:,}" for reason, count in counts.items())
    return f" ({listed})" if listed else ""


def added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Add counts up by key, in the order of the keys."""
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(sorted(total.items()))


def by_frequency(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Order names by frequency, then by name."""
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
