"""What a number stands on: sources, passages, dates, traces, runs, and the errors that name them."""

from comity.provenance.dating import BASES, PRECISIONS, Dating, parse_day
from comity.provenance.errors import (
    BadValueError,
    ComityError,
    NothingFoundError,
    UnreadableFileError,
    UsageError,
)
from comity.provenance.markup import html_table
from comity.provenance.passage import Passage, PassageMismatchError, text_hash
from comity.provenance.run import Run
from comity.provenance.source import Source
from comity.provenance.table import TableRow, read_records, read_table, read_text
from comity.provenance.trace import Trace

__all__ = [
    "BASES",
    "PRECISIONS",
    "BadValueError",
    "ComityError",
    "Dating",
    "NothingFoundError",
    "Passage",
    "PassageMismatchError",
    "Run",
    "Source",
    "TableRow",
    "Trace",
    "UnreadableFileError",
    "UsageError",
    "html_table",
    "parse_day",
    "read_records",
    "read_table",
    "read_text",
    "text_hash",
]
