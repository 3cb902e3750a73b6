"""Who speaks: persons and bodies stand for their actor, past states for the one that continues them."""

from datetime import date

from comity.actors import Registry


def acting_for(registry: Registry | None, id: str, at: date | None = None) -> str:
    """Name the actor for which a person or body acts; the id itself, where nobody is known."""
    if registry is None or id not in registry:
        return id
    return registry.stands_for(id, at) or registry.stands_for(id, None) or id


def last_successor(registry: Registry | None, id: str) -> str:
    """Name the actor that continues this one today."""
    return id if registry is None or id not in registry else registry.canonical(id)


def same_actor(registry: Registry | None, id: str) -> str:
    """Name the actor under which acts, ties and claims of this one are put together."""
    return last_successor(registry, acting_for(registry, id))
