"""What the part of a brief on third parties says, as plain data."""

from datetime import date
from typing import NamedTuple

from comity.workbench.brief.span import Line


class GapPeriod(NamedTuple):
    """How both stood with a third party in one period; None where there is too little to measure."""

    label: str
    start: date
    end: date
    tie_a: float | None
    tie_b: float | None
    gap: float | None
    low: float | None
    high: float | None
    alignment: float | None
    quadrant: str  # in words; empty where a tie is unknown
    months: int
    row: str  # the list of months behind it


class ClaimsInEra(NamedTuple):
    """Claims that give a third party one sign in one era, for a bar in the chart."""

    label: str
    sign: int
    start: date | None
    end: date | None
    row: str


class GapLine(NamedTuple):
    """One third party through time."""

    third: str
    name: str
    row: str
    periods: tuple[GapPeriod, ...]
    finding: Line
    claims: tuple[ClaimsInEra, ...] = ()


class SpecificationLine(NamedTuple):
    """One way to work a statement out."""

    choices: tuple[tuple[str, str], ...]
    value: float | None
    agrees: bool | None
    is_default: bool
    row: str


class Statement(NamedTuple):
    """What the default says, and how many specifications agree."""

    text: str
    agree: int
    of: int
    note: str  # the verdict
    specifications: tuple[SpecificationLine, ...]


class BesideLine(NamedTuple):
    """What authors claim of a third party in one era, and what the data show of that time."""

    third: str
    era: str
    span: str
    closer: Line
    apart: Line
    neither: Line
    data: Line


class FactorPart(NamedTuple):
    """One part of a change of the tie."""

    label: str
    value: float
    low: float | None
    high: float | None
    note: str
    row: str


class FactorLine(NamedTuple):
    """One change of a tie with its parts."""

    title: str
    unit: str
    total: float
    parts: tuple[FactorPart, ...]
    notes: tuple[str, ...]


class GapSection(NamedTuple):
    """Third parties: what authors say of them, what the data show, and what moved the tie."""

    why_not: str  # why there are no gaps; empty where there are
    view: str  # who stands on each side, and how a tie is worked out
    a_name: str
    b_name: str
    lines: tuple[GapLine, ...]  # the first is drawn large
    turn: tuple[Line, ...]  # the first of them before and across the start of the latest era
    placebo: tuple[Line, ...]
    statements: tuple[Statement, ...]  # the first is drawn
    beside: tuple[BesideLine, ...]
    beside_note: str
    factors: tuple[FactorLine, ...]
