"""From two parties and a coding to what becomes of a row."""

from datetime import date

from comity.actors import RollUp
from comity.events.acts import day_number
from comity.events.readers.cameo_actors import CodedActor, Party, aside_of, unknown_names
from comity.events.readers.fields import SHOWN, Coding, Refusal
from comity.events.readers.reader import DOMESTIC, SELF, UNKNOWN_ACTOR, Aside, Desk, Kept, Outcome

ACTING = frozenset({"state", "organisation"})


def coded_pair(
    desk: Desk,
    number: int,
    identity: int,
    day: date,
    sides: tuple[tuple[CodedActor, Party], tuple[CodedActor, Party]],
    coding: Coding,
) -> Outcome:
    """Decide on a row whose actors are CAMEO codes."""
    (source, sender), (target, receiver) = sides
    empty = aside_of(source, target)
    if empty:
        return Aside(number, empty)
    _refuse_unknown(unknown_names(sides))
    for party in (sender, receiver):
        if party.side == "aside":
            return Aside(number, party.reason)
    return _kept(desk, number, identity, day, (sender, receiver), (source.printed, target.printed), coding)


def named_pair(
    desk: Desk,
    number: int,
    identity: int,
    day: date,
    names: tuple[str, str],
    sides: tuple[RollUp, RollUp],
    coding: Coding,
) -> Outcome:
    """Decide on a row whose actors are names, already rolled up."""
    _refuse_unknown(tuple(name for name, side in zip(names, sides, strict=True) if side.side == "unknown"))
    if names[0] == names[1]:
        return Aside(number, SELF)
    parties = (Party(sides[0].actor, sides[0].side), Party(sides[1].actor, sides[1].side))
    return _kept(desk, number, identity, day, parties, names, coding)


def _refuse_unknown(names: tuple[str, ...]) -> None:
    if names:
        raise Refusal(UNKNOWN_ACTOR, "; ".join(names)[:SHOWN], tuple(name[:SHOWN] for name in names))


def _kept(
    desk: Desk,
    number: int,
    identity: int,
    day: date,
    parties: tuple[Party, Party],
    names: tuple[str, str],
    coding: Coding,
) -> Outcome:
    sender, receiver = parties
    if sender.actor and receiver.actor and desk.same_actor(sender.actor, receiver.actor):
        return Aside(number, DOMESTIC)
    side = "state" if {sender.side, receiver.side} <= ACTING else "nonstate"
    return Kept(
        number, identity, day_number(day), 1, sender.actor, receiver.actor, names[0][:SHOWN],
        names[1][:SHOWN], side, coding.cameo_code, coding.event_type, coding.mode, coding.sign,
        coding.kind, coding.joint, coding.weight, 1.0, "",
    )  # fmt: skip
