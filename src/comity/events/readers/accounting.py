"""Holding a reader to what it owes: every line of a file is a row, or said to be none."""

from collections import deque
from collections.abc import Iterator
from typing import Final

from comity.events.readers.formats import BrokenReaderError
from comity.events.readers.reader import Desk, Lines, NoRow, Outcome, Reader, RowOutcome
from comity.provenance import ComityError

LONGEST_TOLD: Final = 300  # characters


class _PassedOverError(Exception):
    """A line that is not blank has no outcome."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Account:
    """What a reader was given, and what it said of it.

    Parameters
    ----------
    header : whether the first line is none of the rows
    """

    def __init__(self, lines: Lines, *, header: bool) -> None:
        self.last = int(header)  # line that something was said of
        self._given = 0
        self._open: deque[int] = deque()  # lines that are not blank, and of which nothing was said
        self.lines = self._noted(lines)

    def _noted(self, lines: Lines) -> Lines:
        for number, line in lines:
            self._given = number
            if number > self.last and line and not line.isspace():
                self._open.append(number)
            yield number, line

    def take(self, outcome: Outcome) -> None:
        """Note what was said of a line.

        Raises
        ------
        TypeError : no outcome, a line twice, or one that was not given
        _PassedOverError : nothing was said of a line before
        """
        if not isinstance(outcome, Outcome) or not self.last < outcome.line <= self._given:
            raise TypeError(f"after line {self.last} it gives {outcome!r}"[:LONGEST_TOLD])
        if self._open and self._open[0] <= outcome.line:
            first = self._open.popleft()
            if first < outcome.line:
                raise _PassedOverError(first)
        self.last = outcome.line

    def close(self) -> None:
        """Read on to the end.

        Raises
        ------
        _PassedOverError : nothing was said of a line
        """
        for _ in self.lines:
            if self._open:
                break
        if self._open:
            raise _PassedOverError(self._open[0])


def outcomes_of(reader: Reader, lines: Lines, desk: Desk, series: str, *, name: str) -> Iterator[RowOutcome]:
    """Say of every row what becomes of it; a line that the reader passes over stops the import.

    Parameters
    ----------
    name : of the file

    Raises
    ------
    ComityError : see the reader's own
    BrokenReaderError : a line passed over, given twice or not there; what is no outcome; or a failure
        of a reader of another package
    """
    account = Account(lines, header=reader.header)
    try:
        for outcome in reader.outcomes(account.lines, desk, series):
            account.take(outcome)
            if not isinstance(outcome, NoRow):
                yield outcome
        account.close()
    except ComityError:
        raise
    except _PassedOverError as error:
        raise BrokenReaderError(
            f"the reader {reader.id!r} passed over a line of {name}",
            where=f"line {error.line}",
            allowed="One outcome a row; NoRow for a comment, or a line that goes on with the row before.",
            remedy="Nothing was imported. Tell those who made the reader.",
        ) from None
    except Exception as error:
        if type(reader).__module__.startswith("comity."):
            raise
        raise BrokenReaderError(
            f"the reader {reader.id!r} failed on {name}: {error!r}",
            where=f"after line {account.last}",
            allowed="One outcome a row, in the order of lines.",
            remedy="Nothing was imported. Tell those who made the reader.",
        ) from error
