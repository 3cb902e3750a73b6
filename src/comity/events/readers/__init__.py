"""The formats of event data that can be imported; a new one is a file and a line in formats.py."""

from comity.events.readers.accounting import outcomes_of
from comity.events.readers.cameo_actors import NO_RECEIVER, NO_SENDER
from comity.events.readers.choosing import choose_reader
from comity.events.readers.column_map import ColumnMap, read_column_map
from comity.events.readers.comity import Comity
from comity.events.readers.fields import Coding
from comity.events.readers.formats import (
    READERS,
    BrokenReaderError,
    advice,
    all_readers,
    find_reader,
    recognise,
)
from comity.events.readers.gdelt import Gdelt
from comity.events.readers.icews import Icews
from comity.events.readers.keds import Keds
from comity.events.readers.mapped import Mapped
from comity.events.readers.phoenix import HistoricalPhoenix, Phoenix
from comity.events.readers.polecat import Polecat
from comity.events.readers.reader import (
    NONSTATE,
    UNKNOWN_ACTOR,
    Aside,
    Desk,
    Kept,
    Lines,
    NoRow,
    Outcome,
    Reader,
    Refused,
    RowOutcome,
    Several,
    row_hash,
)
from comity.events.readers.stream import LineStream
from comity.events.readers.tkg import Tkg
from comity.events.report import REPEAT

__all__ = [
    "NONSTATE",
    "NO_RECEIVER",
    "NO_SENDER",
    "READERS",
    "REPEAT",
    "UNKNOWN_ACTOR",
    "Aside",
    "BrokenReaderError",
    "Coding",
    "ColumnMap",
    "Comity",
    "Desk",
    "Gdelt",
    "HistoricalPhoenix",
    "Icews",
    "Keds",
    "Kept",
    "LineStream",
    "Lines",
    "Mapped",
    "NoRow",
    "Outcome",
    "Phoenix",
    "Polecat",
    "Reader",
    "Refused",
    "RowOutcome",
    "Several",
    "Tkg",
    "advice",
    "all_readers",
    "choose_reader",
    "find_reader",
    "outcomes_of",
    "read_column_map",
    "recognise",
    "row_hash",
]
