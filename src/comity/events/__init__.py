"""Who did what to whom, when: ontologies, records, rows and acts, the store of imported data."""

from comity.events.acts import Acts
from comity.events.coded import best_first
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
from comity.events.era import Era
from comity.events.errors import StoreError
from comity.events.events import Events
from comity.events.manifest import Import
from comity.events.names import UnmappedName, unmapped_names
from comity.events.ontology import CameoCode, EventType, Ontology, load_ontology
from comity.events.precedents import Precedents, precedents
from comity.events.readers import READERS, BrokenReaderError, Reader, choose_reader, find_reader
from comity.events.record import AUX, CONFIDENCES, KINDS, Event
from comity.events.report import FileReport, ImportReport
from comity.events.scores import Scores, Tone, read_scores, scores_from_frame
from comity.events.store import EventStore, Removal
from comity.events.table import EVENT_COLUMNS, event_of, read_events_csv, write_events_csv
from comity.events.tally import tally

__all__ = [
    "AUX",
    "CONFIDENCES",
    "EVENT_COLUMNS",
    "KINDS",
    "READERS",
    "Acts",
    "BrokenReaderError",
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
    "Ontology",
    "PloverCoding",
    "PloverReading",
    "Precedents",
    "Reader",
    "RemoteFile",
    "Removal",
    "Scores",
    "StoreError",
    "Tone",
    "UnmappedName",
    "best_first",
    "choose_reader",
    "differences",
    "event_of",
    "files_of_dataverse",
    "find_dataset",
    "find_reader",
    "load_datasets",
    "load_ontology",
    "precedents",
    "read_events_csv",
    "read_scores",
    "scores_from_frame",
    "tally",
    "unmapped_names",
    "with_checksums",
    "write_events_csv",
]
