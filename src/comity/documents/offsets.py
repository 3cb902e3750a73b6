"""Places counted in other units: UTF-16 code units, as Java and browsers count, to characters."""

from bisect import bisect_left
from typing import Final

from comity.provenance import BadValueError

LAST_OF_ONE_UNIT: Final = 0xFFFF  # a character above it takes two UTF-16 code units


class CodeUnits:
    """Converts places in one text from UTF-16 code units to characters.

    >>> CodeUnits("I 😊 it").character(5)
    4
    """

    def __init__(self, text: str) -> None:
        wide = [i for i, sign in enumerate(text) if ord(sign) > LAST_OF_ONE_UNIT]
        self.length = len(text) + len(wide)
        # The unit at which the second half of each wide character stands.
        self._second_halves = [place + i + 1 for i, place in enumerate(wide)]

    def character(self, unit: int) -> int:
        """Give the character at a code unit; the place after the last is the length of the text.

        Raises
        ------
        BadValueError : outside the text, or in the middle of a character
        """
        if not 0 <= unit <= self.length:
            raise BadValueError(f"place {unit:,} lies outside a text of {self.length:,} code units")
        before = bisect_left(self._second_halves, unit)
        if before < len(self._second_halves) and self._second_halves[before] == unit:
            raise BadValueError(f"place {unit:,} lies in the middle of a character")
        return unit - before
