"""The formats of event data that can be imported; a new one is a file and a line in formats.py."""

from comity.events.readers.comity import Comity
from comity.events.readers.formats import READERS, find_reader
from comity.events.readers.icews import Icews
from comity.events.readers.reader import (
    NONSTATE,
    REPEAT,
    UNKNOWN_ACTOR,
    Aside,
    Desk,
    Kept,
    Outcome,
    Reader,
    Refused,
    Several,
)
from comity.events.readers.stream import LineStream

__all__ = [
    "NONSTATE",
    "READERS",
    "REPEAT",
    "UNKNOWN_ACTOR",
    "Aside",
    "Comity",
    "Desk",
    "Icews",
    "Kept",
    "LineStream",
    "Outcome",
    "Reader",
    "Refused",
    "Several",
    "find_reader",
]
