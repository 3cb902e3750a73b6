"""A time axis: straight, or era by era where acts crowd in some eras and are rare in others."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from comity.figures.svg import text_width

_STEPS: Final = (1, 2, 5, 10, 20, 50)  # years between two labels
_LABEL_GAP: Final = 10.0


class Band(NamedTuple):
    """A named stretch of time behind the marks; an open end runs to the edge."""

    label: str
    start: date | None
    end: date | None  # inclusive


class Stretch(NamedTuple):
    """Days ``[first, last]`` drawn from `left` to `right`, all at one scale."""

    first: int  # proleptic ordinals
    last: int
    left: float
    right: float
    label: str = ""

    def place(self, day: int) -> float:
        """Find the place of a day; half-way through the day is half-way through its place."""
        length = self.last - self.first + 1
        return self.left + (self.right - self.left) * (day - self.first) / length


class Axis(NamedTuple):
    """Stretches side by side, without gap or overlap."""

    stretches: tuple[Stretch, ...]

    @property
    def left(self) -> float:
        """The left edge."""
        return self.stretches[0].left

    @property
    def right(self) -> float:
        """The right edge."""
        return self.stretches[-1].right

    def place(self, day: date, *, end: bool = False) -> float:
        """Find where a day starts (or ends); days outside lie on the edge."""
        ordinal = day.toordinal() + int(end)
        index = bisect_right([stretch.first for stretch in self.stretches], ordinal) - 1
        found = self.stretches[max(index, 0)]
        return min(max(found.place(ordinal), self.left), self.right)

    def ticks(self) -> list[tuple[float, str]]:
        """Choose years to label, as many as each stretch has room for."""
        marks: list[tuple[float, str]] = []
        room = text_width("2022", 11) + _LABEL_GAP
        for stretch in self.stretches:
            first, last = date.fromordinal(stretch.first), date.fromordinal(stretch.last)
            years = range(first.year + (first > date(first.year, 1, 1)), last.year + 1)
            per_year = (stretch.right - stretch.left) * 365.25 / (stretch.last - stretch.first + 1)
            step = next((one for one in _STEPS if one * per_year >= room), _STEPS[-1])
            for year in years:
                place = stretch.place(date(year, 1, 1).toordinal())
                far_enough = not marks or place - marks[-1][0] >= room
                inside = place + room / 2 <= self.right + room / 2
                if (year % step == 0 or place == stretch.left) and far_enough and inside:
                    marks.append((place, str(year)))
        return marks


def straight_axis(first: date, last: date, left: float, right: float) -> Axis:
    """Make an axis with one scale throughout."""
    return Axis((Stretch(first.toordinal(), last.toordinal(), left, right),))


def era_axis(
    first: date,
    last: date,
    left: float,
    right: float,
    bands: Sequence[Band],
    days: Sequence[date],
) -> Axis:
    """Make an axis whose eras are as wide as the acts in them need, with a part for their length.

    Parameters
    ----------
    bands : eras that do not overlap; days between them get a stretch without a label
    days : the first day of every act
    """
    pieces = _pieces(first.toordinal(), last.toordinal(), bands)
    total = last.toordinal() - first.toordinal() + 1
    starts = [min(max(day.toordinal(), first.toordinal()), last.toordinal()) for day in days]
    needs = []
    for start, end, _ in pieces:
        acts = sum(start <= day <= end for day in starts)
        # A fifth for standing there at all, a fifth for length, the rest for what happened.
        needs.append(0.2 / len(pieces) + 0.2 * (end - start + 1) / total + 0.6 * acts / max(len(starts), 1))
    stretches, here = [], left
    for (start, end, label), need in zip(pieces, needs, strict=True):
        there = here + (right - left) * need / sum(needs)
        stretches.append(Stretch(start, end, here, there, label))
        here = there
    return Axis(tuple(stretches))


def _pieces(first: int, last: int, bands: Sequence[Band]) -> list[tuple[int, int, str]]:
    pieces: list[tuple[int, int, str]] = []
    here = first
    for band in sorted(bands, key=lambda one: (one.start or date.min, one.end or date.max)):
        start = max(here, band.start.toordinal() if band.start else first)
        end = min(last, band.end.toordinal() if band.end else last)
        if start > end:
            continue
        if start > here:
            pieces.append((here, start - 1, ""))
        pieces.append((start, end, band.label))
        here = end + 1
    if here <= last:
        pieces.append((here, last, ""))
    return pieces
