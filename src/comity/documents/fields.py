"""One row's fields as they come from outside: each read as what it should be, or refused."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from comity.provenance import BadValueError, Dating, parse_day

LONGEST_NAME: Final = 200  # characters
MOST_NAMES: Final = 60  # in one field: a list of allies is long, a list of everybody is a mistake
_YES: Final = ("true", "yes", "1")
_NO: Final = ("false", "no", "0", "")

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """Fields by name; each is read as what it should be, or refused."""

    fields: Fields

    def text(self, name: str, *, required: bool = False) -> str:
        """Read a text without control characters."""
        value = self.fields.get(name)
        if value is None:
            value = ""
        if not isinstance(value, str):
            raise BadValueError(f"{name} is {type(value).__name__}, not a text")
        value = value.strip()
        _plain(name, value)
        if required and not value:
            raise BadValueError(f"no {name}")
        return value

    def one_of(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """Read one of several words; empty is the default, where there is one."""
        value = self.text(name, required=default is None)
        if not value and default is not None:
            return default
        if value not in allowed:
            listed = ", ".join(one for one in allowed if one)
            raise BadValueError(f"unknown {name} {value!r}", allowed=f"One of {listed}.")
        return value

    def pattern(self, name: str, pattern: re.Pattern[str]) -> str:
        """Read a text of a certain form, or an empty one."""
        value = self.text(name)
        if value and not pattern.fullmatch(value):
            raise BadValueError(f"{name} {value!r}", allowed="As in money, percent_of_gdp, USD.")
        return value

    def names(self, name: str) -> tuple[str, ...]:
        """Read a list of names, or names with semicolons between them."""
        value = self.fields.get(name)
        if value is None:
            return ()
        parts = value.split(";") if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(one, str) for one in parts):
            raise BadValueError(f"{name} is not a list of names")
        if len(parts) > MOST_NAMES:
            raise BadValueError(f"{len(parts)} names in {name}", allowed=f"At most {MOST_NAMES}.")
        found = tuple(dict.fromkeys(one.strip() for one in parts if one.strip()))
        for one in found:
            _plain(name, one)
        return found

    def flag(self, name: str) -> bool:
        """Read yes or no."""
        value = self.fields.get(name)
        if isinstance(value, bool) or value is None:
            return bool(value)
        if not isinstance(value, str) or value.strip().lower() not in (*_YES, *_NO):
            raise BadValueError(f"{name} {value!r}", allowed="yes or no.")
        return value.strip().lower() in _YES

    def number(self, name: str) -> float | None:
        """Read a finite number."""
        value = self.fields.get(name)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                raise ValueError
            found = float(value)
        except (ValueError, OverflowError):
            raise BadValueError(f"{name} is not a number") from None
        if not math.isfinite(found):
            raise BadValueError(f"{name} is not a finite number")
        return found

    def sign(self, usual: int) -> int:
        """Read -1, 0 or 1; empty is the usual one."""
        value = self.number("sign")
        if value is None:
            return usual
        if value not in (-1, 0, 1):
            raise BadValueError(f"sign {value:g}", allowed="-1, 0 or 1.")
        return int(value)

    def day(self, name: str) -> date | None:
        """Read a day of the calendar."""
        return parse_day(self.text(name))

    def dating(self, start: str, end: str, *, plain: bool = False) -> Dating | None:
        """Read an interval; where its grain is not given (or `plain`), that which its length shows."""
        first, last = self.day(start), self.day(end)
        if first is None and last is None:
            return None
        shown = _grain(first, last)
        if plain:
            return Dating(first, last, shown, "stated")
        return Dating(first, last, self.text("precision") or shown, self.text("basis") or "stated")


def _plain(name: str, value: str) -> None:
    if len(value) > LONGEST_NAME:
        raise BadValueError(
            f"{name} has {len(value):,} characters", allowed=f"At most {LONGEST_NAME} characters."
        )
    if not value.isprintable():
        raise BadValueError(f"{name} holds a control character")


def _grain(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "unknown"
    days = (last - first).days + 1
    return "day" if days <= 2 else "month" if days <= 31 else "year" if days <= 366 else "era"
