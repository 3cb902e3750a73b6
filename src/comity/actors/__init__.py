"""Who is who, under which names, member and office-holder of what, when."""

from comity.actors.actor import Actor, Alias, Membership, Office, Role
from comity.actors.case_rows import CASE_COLUMNS
from comity.actors.errors import AmbiguousActorError, UnknownActorError
from comity.actors.registry import Registry, load_registry
from comity.actors.rollup import RollUp

__all__ = [
    "CASE_COLUMNS",
    "Actor",
    "Alias",
    "AmbiguousActorError",
    "Membership",
    "Office",
    "Registry",
    "Role",
    "RollUp",
    "UnknownActorError",
    "load_registry",
]
