"""The counts of one file while it is read: every row is accepted, set aside or refused."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from comity.events.readers import NONSTATE, REPEAT, UNKNOWN_ACTOR, Refused
from comity.events.report import FileReport, by_frequency

EXAMPLES: Final = 3  # per reason and file
UNMAPPED_COUNTED: Final = 100_000  # different names per file
UNMAPPED_PER_FILE: Final = 20  # names kept with a file; the listing of refused rows has them all
HOPELESS_ROWS: Final = 10_000


@dataclass
class FileCounts:
    """The counts of one file while it is read."""

    rows: int = 0
    accepted: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[int, str]] = field(default_factory=list)
    unmapped: Counter[str] = field(default_factory=Counter)
    first_day: int | None = None
    last_day: int | None = None

    def count(self, side: str, day: int, last_day: int) -> None:
        """Count a row that is kept."""
        if side == "state":
            self.accepted += 1
        else:
            self.set_aside[NONSTATE] += 1
        self.first_day = day if self.first_day is None else min(self.first_day, day)
        self.last_day = last_day if self.last_day is None else max(self.last_day, last_day)

    def count_all(self, rows: int, side: str, first_day: int, last_day: int) -> None:
        """Count many rows of one side that are kept; days are those of the first and last of them."""
        self.count(side, first_day, last_day)
        if side == "state":
            self.accepted += rows - 1
        else:
            self.set_aside[NONSTATE] += rows - 1

    def refuse(self, row: Refused) -> None:
        """Count a row that is refused, and keep the first of each reason."""
        if self.refused[row.reason] < EXAMPLES:
            self.examples.append((row.line, f"{row.reason}: {row.detail}" if row.detail else row.reason))
        self.refused[row.reason] += 1
        for name in row.unknown:
            if name in self.unmapped or len(self.unmapped) < UNMAPPED_COUNTED:
                self.unmapped[name] += 1

    @property
    def hopeless(self) -> bool:
        """Whether so many rows are malformed that this is hardly the format."""
        malformed = self.refused.total() - self.refused[UNKNOWN_ACTOR]
        return malformed >= HOPELESS_ROWS and 2 * malformed > self.rows

    def refuse_repeat(self, line: int, side: str) -> None:
        """Move a row from kept to refused."""
        if side == "state":
            self.accepted -= 1
        else:
            self.set_aside[NONSTATE] -= 1
        self.refuse(Refused(line, REPEAT, ""))

    @property
    def kept(self) -> int:
        """Rows that the store holds."""
        return self.accepted + self.set_aside[NONSTATE]

    def report(self, name: str, sha256: str, status: str) -> FileReport:
        """Give the counts, in a fixed order."""
        return FileReport(
            name=name,
            sha256=sha256,
            status=status,
            rows=self.rows,
            accepted=self.accepted,
            set_aside={reason: n for reason, n in sorted(self.set_aside.items()) if n},
            refused={reason: n for reason, n in sorted(self.refused.items()) if n},
            examples=tuple(self.examples),
            unmapped=by_frequency(self.unmapped)[:UNMAPPED_PER_FILE],
        )
