"""Where the fields of a format stand, for formats whose rows can be decided on all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of the fields that decide on a row, counted from 0, in lines split at tabs.

    What a day or a code means is the reader's to say: it is asked once for each different value, by
    the line `probe`, which it must keep. A row whose id is no plain whole number, or that has another
    number of fields, goes to the reader as it is.
    """

    fields: int  # in a sound line
    row_id: int
    day: int
    coding: tuple[int, ...]
    sender: tuple[int, int, int]  # name, country, sectors
    receiver: tuple[int, int, int]
    probe: tuple[tuple[int, str], ...]  # place and value; the rest is empty

    @property
    def used(self) -> tuple[int, ...]:
        """The places that decide, in order; the reader must not look at any other."""
        return tuple(sorted({self.row_id, self.day, *self.coding, *self.sender, *self.receiver}))

    def line(self, values: Sequence[tuple[int, str]]) -> str:
        """Write a line that has these values at these places."""
        fields = [""] * self.fields
        for place, value in values:
            fields[place] = value
        return "\t".join(fields)

    def probing(self, places: Sequence[int], values: Sequence[str]) -> str:
        """Write a sound line with some values in place of its own."""
        return self.line([*self.probe, *zip(places, values, strict=True)])


LAYOUTS: Final = {
    "icews": Layout(
        fields=20,
        row_id=0,
        day=1,
        coding=(6, 7),
        sender=(2, 4, 3),
        receiver=(8, 10, 9),
        probe=((0, "1"), (1, "2001-01-01"), (2, "Japan"), (6, "042"), (7, "1.9"), (8, "Russia")),
    ),
}
