"""Options that several commands share, and how their values are read."""

import argparse
from datetime import date
from typing import Final

from comity.provenance import BadValueError, UsageError, parse_day

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
