"""Who did what to whom, when: ontologies, records, rows and acts, the store of imported data."""

from comity.events.acts import Acts
from comity.events.era import Era
from comity.events.events import Events
from comity.events.ontology import CameoCode, EventType, Ontology, load_ontology
from comity.events.precedents import Precedents, precedents
from comity.events.record import AUX, CONFIDENCES, KINDS, Event
from comity.events.store import EventStore
from comity.events.table import EVENT_COLUMNS, event_of, read_events_csv, write_events_csv
from comity.events.tally import tally

__all__ = [
    "AUX",
    "CONFIDENCES",
    "EVENT_COLUMNS",
    "KINDS",
    "Acts",
    "CameoCode",
    "Era",
    "Event",
    "EventStore",
    "EventType",
    "Events",
    "Ontology",
    "Precedents",
    "event_of",
    "load_ontology",
    "precedents",
    "read_events_csv",
    "tally",
    "write_events_csv",
]
