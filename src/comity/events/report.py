"""What an import did with every row."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

IMPORTED = "imported"
NEW_EDITION = "new edition"
ALREADY_HERE = "already here"


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


def added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Add counts up by key, in the order of the keys."""
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(sorted(total.items()))


def by_frequency(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Order names by frequency, then by name."""
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
