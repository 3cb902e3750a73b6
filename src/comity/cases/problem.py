"""A broken rule of the case format, with the place where it is broken."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from comity.cases.rules import RULES
from comity.provenance import ComityError, TableRow

_LINE: Final = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule: file, line (0: the file as a whole), rule code, message."""

    file: str
    line: int
    rule: str
    message: str

    @property
    def severity(self) -> str:
        """``error``: the row is refused, or the file cannot be used; ``warning``: it is used as it stands."""
        return RULES[self.rule].severity

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.message} [{self.rule}]"


class BrokenCaseError(ComityError):
    """A case that cannot be used as it stands; `problems` holds what is wrong."""

    def __init__(self, problems: Iterable[Problem], *, where: str) -> None:
        self.problems = tuple(problems)
        first, more = self.problems[0], len(self.problems) - 1
        super().__init__(
            f"{first.message} [{first.rule}]",
            where=f"{where}, line {first.line}" if first.line else where,
            allowed=f"And {more} more." if more else "",
            remedy="'comity check CASE' lists every broken rule.",
        )


def in_row(row: TableRow, rule: str, message: str) -> Problem:
    """Make a problem of one row of a table."""
    return Problem(row.file, row.line, rule, message)


def of_error(error: ComityError, file: str, rule: str) -> Problem:
    """Make a problem of an error that names its line, if it has one."""
    found = _LINE.search(error.where)
    what = " ".join(part for part in (f"{error.what}.", error.allowed, error.remedy) if part)
    return Problem(file, int(found[1]) if found else 0, rule, what)
