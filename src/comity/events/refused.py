"""The list of an import's refused rows: a CSV file that grows while files are read."""

import csv
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.events.readers import Refused


def inert(text: str) -> str:
    """Keep a spreadsheet from taking a text of unknown origin for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class RefusedList:
    """Columns: file, line, reason, detail."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._append([("file", "line", "reason", "detail")], mode="w")

    def add(self, name: str, rows: Iterable[Refused]) -> None:
        """Append rows of one file, as they come."""
        self._append((name, row.line, row.reason, inert(row.detail)) for row in rows)

    def sync(self) -> None:
        """Make sure that the list outlasts a power cut."""
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())

    def _append(
        self, rows: Iterable[tuple[object, ...]] | Iterator[tuple[object, ...]], mode: str = "a"
    ) -> None:
        with self.path.open(mode, encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
