"""Security relations between states, with the row or passage behind every number.

>>> import comity
>>> case = comity.open("japan-nato")
>>> case.title
'Japan, NATO and the war in Ukraine'
"""

import importlib

TYPE_CHECKING = False  # as typing has it, without loading typing
if TYPE_CHECKING:
    from comity import (
        actors,
        cases,
        claims,
        documents,
        events,
        factors,
        figures,
        model,
        pledges,
        provenance,
        ties,
    )
    from comity.actors import Actor, Registry, load_registry
    from comity.cases import Case, attach, check_case, list_cases, new_case
    from comity.cases import open_case as open
    from comity.claims import Claim, ClaimBook, Quote
    from comity.events import Acts, Event, Events, EventStore
    from comity.pledges import Ledger, Statement
    from comity.provenance import ComityError, Passage, Source, Trace
    from comity.ties import Tie, Ties, measure

__version__ = "0.1.0"

_ROOMS = (
    "actors",
    "cases",
    "claims",
    "documents",
    "events",
    "factors",
    "figures",
    "model",
    "pledges",
    "provenance",
    "ties",
)
_NAMES = {
    "Actor": "actors",
    "Registry": "actors",
    "load_registry": "actors",
    "Case": "cases",
    "attach": "cases",
    "check_case": "cases",
    "list_cases": "cases",
    "new_case": "cases",
    "open": "cases",
    "Claim": "claims",
    "ClaimBook": "claims",
    "Quote": "claims",
    "Acts": "events",
    "Event": "events",
    "EventStore": "events",
    "Events": "events",
    "Ledger": "pledges",
    "Statement": "pledges",
    "ComityError": "provenance",
    "Passage": "provenance",
    "Source": "provenance",
    "Trace": "provenance",
    "Tie": "ties",
    "Ties": "ties",
    "measure": "ties",
}

__all__ = [
    "Actor",
    "Acts",
    "Case",
    "Claim",
    "ClaimBook",
    "ComityError",
    "Event",
    "EventStore",
    "Events",
    "Ledger",
    "Passage",
    "Quote",
    "Registry",
    "Source",
    "Statement",
    "Tie",
    "Ties",
    "Trace",
    "__version__",
    "actors",
    "attach",
    "cases",
    "check_case",
    "claims",
    "documents",
    "events",
    "factors",
    "figures",
    "list_cases",
    "load_registry",
    "measure",
    "model",
    "new_case",
    "open",
    "pledges",
    "provenance",
    "ties",
]


def __getattr__(name: str) -> object:
    """Open a room only when it is asked for, so that the command line stays quick."""
    if name in _ROOMS:
        return importlib.import_module(f"comity.{name}")
    if name in _NAMES:
        room = importlib.import_module(f"comity.{_NAMES[name]}")
        return getattr(room, "open_case" if name == "open" else name)
    raise AttributeError(f"module 'comity' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
