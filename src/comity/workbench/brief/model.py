"""What a brief says, as plain data: every renderer shows this and nothing else.

Named tuples, as these many classes would take a dataclass a tenth of the time that a page may cost.
"""

from datetime import date
from typing import Final, NamedTuple

from comity.workbench.brief.gap_parts import GapSection
from comity.workbench.brief.span import Count, Line

FORMAT: Final = "comity.brief/1"


class Act(NamedTuple):
    """One deed in the world, with all the records that tell it."""

    number: int  # its place in the chronology, from 1
    id: str
    when: str  # the date in words
    start: date | None
    end: date | None
    precision: str
    basis: str  # in words
    who: str
    summary: str
    event_kind: str
    event_type: str
    sign: int
    aux: str  # "", negation, hypothetical, future
    reach: str  # "pair", "side" (one of the two), "around" (third parties)
    era: str  # its era in the record, as `events.tally` places it; empty if none
    rows: tuple[str, ...]  # ids of the records, the one that dates it first
    refs: Line
    other_dates: tuple[str, ...] = ()  # what other records say
    draft: bool = False  # no record that tells it was reviewed


class Cell(NamedTuple):
    """Acts between the two of one kind in one era."""

    era: str
    kind: str
    friendly: int
    hostile: int
    neither: int
    row: str


class EraLine(NamedTuple):
    """One era of the record."""

    id: str
    label: str
    span: str
    start: date | None
    end: date | None
    cells: tuple[Cell, ...]
    longer: int  # acts that also have days in another era


class First(NamedTuple):
    """A claim that something was the first of its kind, held against the record."""

    claim: Line
    verdict: str
    earlier: Line


class RecordSection(NamedTuple):
    """The record through eras, as told."""

    told_by: str
    eras: tuple[EraLine, ...]
    outside: Line  # acts that no era takes, in words; empty if none
    talk_and_deeds: tuple[Line, ...]
    firsts: tuple[First, ...]


class ReadingLine(NamedTuple):
    """One kind of acts in one tie."""

    kind: str
    in_words: str
    friendly: float
    hostile: float
    net: float | None
    low: float | None
    high: float | None
    acts: int
    rows: int
    refused: str
    row: str  # the list of acts that it stands on


class TieLine(NamedTuple):
    """One directed tie under one memory and view."""

    sender: str
    receiver: str
    sender_name: str
    receiver_name: str
    at: date
    half_life_days: float
    memory: str  # "news cycle", "relationship"
    view: str
    without: tuple[str, ...]
    readings: tuple[ReadingLine, ...]
    notes: tuple[str, ...]


class ChartPoint(NamedTuple):
    """A tie on one day of a chart."""

    at: date
    friendly: float
    hostile: float
    net: float | None
    low: float | None
    high: float | None


class ChartTick(NamedTuple):
    """A month's or a day's heaviest act below a chart."""

    day: date
    row: str
    label: str
    sign: int


class Chart(NamedTuple):
    """One directed tie through time."""

    title: str
    points: tuple[ChartPoint, ...]
    ticks: tuple[ChartTick, ...]


class TieSection(NamedTuple):
    """Ties measured on imported event data, or what to import."""

    finding: Line
    ties: tuple[TieLine, ...]
    charts: tuple[Chart, ...]
    how_to_import: str  # empty where ties are measured
    commands: tuple[str, ...]


class Neighbour(NamedTuple):
    """What one of the two and another actor did, both ways."""

    a: str
    b: str
    friendly: int
    hostile: int
    row: str


class AroundSection(NamedTuple):
    """The two actors and the third parties around them."""

    names: tuple[tuple[str, str], ...]  # actor id, printed name
    links: tuple[Neighbour, ...]
    left_out: str
    treaties: tuple[str, ...] = ()  # that bind one of the two to the other or to a third party drawn
    treaties_note: str = ""


class Month(NamedTuple):
    """Imported acts of one month, counted."""

    month: str
    friendly: int
    hostile: int
    neither: int
    rows: int
    top: Line


class Chronology(NamedTuple):
    """What happened, in order; what did not, or not yet, apart."""

    acts: tuple[Act, ...]
    apart: tuple[Act, ...]
    months: tuple[Month, ...]
    left_out: str


class DataPart(NamedTuple):
    """All that rests on event data: ties, months, and the rows that they point at."""

    section: TieSection
    months: tuple[Month, ...]
    counts: tuple[Count, ...]
    rows: tuple[str, ...]
    left_out: str = ""


class PledgeLine(NamedTuple):
    """One pledge on the day of the brief."""

    key: str
    row: str
    parties: str
    object: str
    status: str
    status_in_words: str
    made: tuple[date | None, date | None]
    due: tuple[date | None, date | None]
    due_in_words: str
    overdue: bool
    delivered: bool
    figures: tuple[Line, ...]  # side by side, never added
    refs: Line


class ProgrammeLine(NamedTuple):
    """One programme: its versions, areas, goals and activities."""

    name: str
    neighbours: str  # what it follows, what replaced it
    steps: tuple[Line, ...]
    versions: tuple[Line, ...]
    areas: tuple[str, ...]
    goals: tuple[Line, ...]
    activities: tuple[Line, ...]
    review: str


class PledgeSection(NamedTuple):
    """What was promised, programmed, delivered and is due."""

    as_of: date
    summary: Line
    pledges: tuple[PledgeLine, ...]
    programmes: tuple[ProgrammeLine, ...]


class View(NamedTuple):
    """What one holder says of a cause, a sign and an era."""

    holder: str
    cause: str
    sign: str  # in words
    era: str
    claims: Line


class Side(NamedTuple):
    """One side of a disagreement."""

    holders: str
    says: str
    claims: tuple[Line, ...]


class Conflict(NamedTuple):
    """Holders who contradict each other, side by side."""

    about: str
    note: str
    sides: tuple[Side, ...]


class Variants(NamedTuple):
    """One thing that documents tell differently: a line's wordings, an event's dates."""

    about: str
    versions: tuple[Line, ...]


class ViewSection(NamedTuple):
    """Who says what, and where they disagree."""

    claims: tuple[str, ...]  # ids of the claims on the tie between the two
    views: tuple[View, ...]
    conflicts: tuple[Conflict, ...]
    agreements: tuple[Conflict, ...]
    lines: tuple[Variants, ...]
    dates: tuple[Variants, ...]
    predictions: tuple[Line, ...]
    advice: tuple[Line, ...]


class Words(NamedTuple):
    """The passage of a row in its paragraph, where the document is attached."""

    before: str
    passage: str
    after: str


class Evidence(NamedTuple):
    """One row of the record, with the place where it stands."""

    row: str
    what: str  # act, pledge, claim, quotation, data row
    says: str
    source: str
    citation: str
    place: str  # paragraph and characters in words
    details: str = ""
    words: Words | None = None
    act: int = 0  # its number in the chronology
    draft: bool = False  # proposed by a coder, and not reviewed
    short: str = ""  # surnames and year, where the sources have the full citation


class SourceLine(NamedTuple):
    """A document or data set, and how to cite it."""

    id: str
    kind: str
    citation: str
    edition: str
    licence: str
    written: str
    attached: bool


class Fact(NamedTuple):
    """A number that the top of the brief shows."""

    label: str
    value: Line
    note: str


class Brief(NamedTuple):
    """Everything that a brief on two actors shows."""

    format: str
    case: str
    case_title: str
    a: str
    b: str
    a_name: str
    b_name: str
    today: date
    start: date | None
    end: date | None
    run: str
    version: str
    standing: tuple[Line, ...]  # the first line, and what qualifies it
    facts: tuple[Fact, ...]
    missing: tuple[str, ...]  # what to add, where there is nothing on the two
    record: RecordSection
    ties: TieSection
    around: AroundSection
    gap: GapSection
    chronology: Chronology
    pledges: PledgeSection
    views: ViewSection
    unknown: tuple[Line, ...]
    sources: tuple[SourceLine, ...]
    short_names: tuple[tuple[str, str], ...]
    how_to_cite: str
    counts: tuple[Count, ...]
    evidence: tuple[Evidence, ...]

    @property
    def title(self) -> str:
        """The two actors, by the names of the case."""
        return f"{self.a_name} and {self.b_name}"
