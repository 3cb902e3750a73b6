"""Who is who, under which names, member and office-holder of what, bound by which treaties, when."""

from comity.actors.actor import Actor, Alias, Membership, Office, Role
from comity.actors.case_rows import CASE_COLUMNS
from comity.actors.errors import AmbiguousActorError, UnknownActorError
from comity.actors.names import normalise
from comity.actors.registry import Registry, load_registry
from comity.actors.rollup import RollUp
from comity.actors.treaties import OBLIGATIONS, TREATY_STATES, Obligation, Treaty

__all__ = [
    "CASE_COLUMNS",
    "OBLIGATIONS",
    "TREATY_STATES",
    "Actor",
    "Alias",
    "AmbiguousActorError",
    "Membership",
    "Obligation",
    "Office",
    "Registry",
    "Role",
    "RollUp",
    "Treaty",
    "UnknownActorError",
    "load_registry",
    "normalise",
]
