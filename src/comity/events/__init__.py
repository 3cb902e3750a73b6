"""Who did what to whom, when: ontologies, records, rows and acts, the store of imported data.

The names of the import side open when they are asked for: an answer from coded events does without.
"""

import importlib

from comity.events.acts import Acts
from comity.events.coded import best_first
from comity.events.era import Era
from comity.events.errors import StoreError
from comity.events.events import Events
from comity.events.manifest import Import
from comity.events.monthly import Months, month_end, month_of
from comity.events.ontology import CameoCode, EventType, Ontology, load_ontology
from comity.events.precedents import Precedents, precedents
from comity.events.record import AUX, CONFIDENCES, KINDS, Event
from comity.events.report import FileReport, ImportReport
from comity.events.scores import MonthlyScores, MonthScore, Scores, Tone, month_name
from comity.events.scores_store import ScoreStore
from comity.events.store import EventStore, Removal
from comity.events.table import EVENT_COLUMNS, event_of, read_events_csv, write_events_csv
from comity.events.tally import tally

TYPE_CHECKING = False  # as typing has it, without loading typing
if TYPE_CHECKING:
    from comity.events.busiest import BusyPair, busiest_pairs
    from comity.events.conversion import PloverCoding, PloverReading
    from comity.events.datasets import (
        Dataset,
        RemoteFile,
        files_of_dataverse,
        find_dataset,
        load_datasets,
        with_checksums,
    )
    from comity.events.difference import Difference, differences
    from comity.events.elsewhere import OtherEngine
    from comity.events.names import UnmappedName, unmapped_names
    from comity.events.readers import READERS, BrokenReaderError, Reader, choose_reader, find_reader
    from comity.events.rolled_up import RolledUp
    from comity.events.scores_import import import_scores
    from comity.events.scores_reading import is_scores, read_scores, scores_from_frame

_LATER = {
    "BrokenReaderError": "readers",
    "BusyPair": "busiest",
    "Dataset": "datasets",
    "Difference": "difference",
    "OtherEngine": "elsewhere",
    "PloverCoding": "conversion",
    "PloverReading": "conversion",
    "READERS": "readers",
    "Reader": "readers",
    "RemoteFile": "datasets",
    "RolledUp": "rolled_up",
    "UnmappedName": "names",
    "busiest_pairs": "busiest",
    "choose_reader": "readers",
    "differences": "difference",
    "files_of_dataverse": "datasets",
    "find_dataset": "datasets",
    "find_reader": "readers",
    "import_scores": "scores_import",
    "is_scores": "scores_reading",
    "load_datasets": "datasets",
    "read_scores": "scores_reading",
    "scores_from_frame": "scores_reading",
    "unmapped_names": "names",
    "with_checksums": "datasets",
}

__all__ = [
    "AUX",
    "CONFIDENCES",
    "EVENT_COLUMNS",
    "KINDS",
    "READERS",
    "Acts",
    "BrokenReaderError",
    "BusyPair",
    "CameoCode",
    "Dataset",
    "Difference",
    "Era",
    "Event",
    "EventStore",
    "EventType",
    "Events",
    "FileReport",
    "Import",
    "ImportReport",
    "MonthScore",
    "MonthlyScores",
    "Months",
    "Ontology",
    "OtherEngine",
    "PloverCoding",
    "PloverReading",
    "Precedents",
    "Reader",
    "RemoteFile",
    "Removal",
    "RolledUp",
    "ScoreStore",
    "Scores",
    "StoreError",
    "Tone",
    "UnmappedName",
    "best_first",
    "busiest_pairs",
    "choose_reader",
    "differences",
    "event_of",
    "files_of_dataverse",
    "find_dataset",
    "find_reader",
    "import_scores",
    "is_scores",
    "load_datasets",
    "load_ontology",
    "month_end",
    "month_name",
    "month_of",
    "precedents",
    "read_events_csv",
    "read_scores",
    "scores_from_frame",
    "tally",
    "unmapped_names",
    "with_checksums",
    "write_events_csv",
]


def __getattr__(name: str) -> object:
    """Open the file that has the name."""
    if name in _LATER:
        return getattr(importlib.import_module(f"comity.events.{_LATER[name]}"), name)
    raise AttributeError(f"module 'comity.events' has no attribute {name!r}")
