"""Options that several commands share, and how their values are read."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Final

from comity.provenance import BadValueError, UsageError, parse_day

if TYPE_CHECKING:
    from comity.cases import Case

DEFAULT_CASE: Final = "japan-nato"


def add_case(parser: argparse.ArgumentParser) -> None:
    """Add ``--case``."""
    parser.add_argument(
        "--case",
        default=DEFAULT_CASE,
        metavar="CASE",
        help=f"a case folder, or the name of an embedded case (default: {DEFAULT_CASE})",
    )


def add_drafts(parser: argparse.ArgumentParser) -> None:
    """Add ``--with-drafts``."""
    parser.add_argument(
        "--with-drafts",
        action="store_true",
        help="also what was read and nobody has decided on; marked as drafts",
    )


def add_format(parser: argparse.ArgumentParser, *, table: bool = True) -> None:
    """Add ``--json`` and, for a table, ``--csv``."""
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument(
        "--json", action="store_true", help="print JSON" + (", one object a line" if table else "")
    )
    if table:
        forms.add_argument("--csv", action="store_true", help="print CSV")


def add_view(parser: argparse.ArgumentParser, *, default: str | None = "own") -> None:
    """Add ``--view`` and ``--without``; without a default, the view follows what the data hold."""
    told = "own" if default else "own; members where there is nothing of its own"
    parser.add_argument(
        "--view",
        choices=("own", "members", "pooled"),
        default=default,
        help="an organisation by its own acts or scores, by its members with equal weights, or partially"
        f" pooled (default: {told})",
    )
    parser.add_argument(
        "--without", action="append", default=[], metavar="ACTOR", help="leave this member out"
    )


def add_scale(parser: argparse.ArgumentParser) -> None:
    """Add ``--scale``."""
    parser.add_argument(
        "--scale",
        choices=("scores", "acts"),
        help="daily scores of pairs, or acts (default: scores, if the case has any)",
    )


def add_seed(parser: argparse.ArgumentParser, what: str) -> None:
    """Add ``--seed``, of what is drawn."""
    parser.add_argument("--seed", type=int, help=f"seed of {what} (default: the case's)")


def seed_of(arguments: argparse.Namespace, case: "Case") -> int:
    """Give the seed asked for, or the case's."""
    return int(case.defaults["seed"]) if arguments.seed is None else int(arguments.seed)


def day(text: str, option: str) -> date:
    """Read the value of a date option.

    Raises
    ------
    UsageError : not a day of the calendar
    """
    try:
        found = parse_day(text)
    except BadValueError as error:
        raise UsageError(error.what, where=option, allowed=error.allowed) from None
    if found is None:
        raise UsageError("an empty date", where=option, allowed="A day is written YYYY-MM-DD.")
    return found


def optional_day(text: str | None, option: str) -> date | None:
    """Read the value of a date option that may be left out."""
    return None if text is None else day(text, option)


def today(text: str | None) -> date:
    """The day that the answer speaks on: ``--today``, or the clock's."""
    return date.today() if text is None else day(text, "--today")


def positive(text: str) -> float:
    """Read a number above zero, for argparse."""
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return number
