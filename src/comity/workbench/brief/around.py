"""The two actors and the third parties around them."""

from collections.abc import Collection, Sequence
from typing import Final

from comity.events import Event
from comity.workbench.brief.acts import pairs_of
from comity.workbench.brief.desk import Desk
from comity.workbench.brief.model import Act, AroundSection, Neighbour
from comity.workbench.brief.span import Count
from comity.workbench.brief.words import day, listed, many
from comity.workbench.obligations import SELECTION, binding_lines

MOST_NAMED: Final = 30
MOST_TREATIES: Final = 8  # of one actor
MOST_THIRD_PARTIES: Final = 14  # more than this, and numbers on lines cover each other


def around_section(desk: Desk, acts: Sequence[Act]) -> tuple[AroundSection, list[Count]]:
    """Sum up who did what with either of the two, both ways together, in the coded record."""
    events = {event.id: event for event in desk.case.events.coded}
    found: dict[tuple[str, str], list[Act]] = {}
    for act in acts:
        if act.aux or act.reach == "around":
            continue
        for pair in sorted(tuple(sorted(pair)) for pair in _pairs(desk, act, events) if pair & desk.pair):
            found.setdefault((pair[0], pair[1]), []).append(act)
    met: dict[str, int] = {}
    for ends, done in found.items():
        for end in set(ends) - desk.pair:
            met[end] = met.get(end, 0) + len(done)
    ranked = sorted(met, key=lambda actor: (-met[actor], actor))
    kept = desk.pair | set(ranked[:MOST_THIRD_PARTIES])
    links, counts = [], []
    for (a, b), done in sorted(found.items()):
        if a in kept and b in kept:
            row = f"between-{a}-{b}"
            friendly, hostile = (sum(act.sign == sign for act in done) for sign in (1, -1))
            links.append(Neighbour(a, b, friendly, hostile, row))
            counts.append(Count(row, f"{desk.name(a)} and {desk.name(b)}", tuple(act.id for act in done)))
    names = tuple(
        (actor, desk.name(actor)) for actor in sorted({end for one in links for end in (one.a, one.b)})
    )
    return AroundSection(
        names,
        tuple(links),
        _left_out(desk, ranked[MOST_THIRD_PARTIES:], met),
        _treaties(desk, kept),
        f"On {day(desk.today)}. This is a selection: {SELECTION}. A treaty says what is owed on paper.",
    ), counts


def _treaties(desk: Desk, kept: Collection[str]) -> tuple[str, ...]:
    registry = desk.case.registry
    lines = []
    for side in (desk.a, desk.b):
        treaties = registry.treaties_of(side, desk.today)
        bound = binding_lines(treaties, side, set(kept) - {side})
        lines += [f"{desk.name(side)}: {line}" for line in bound[:MOST_TREATIES]]
        if len(bound) > MOST_TREATIES:
            lines.append(f"{desk.name(side)}: {len(bound) - MOST_TREATIES} more, with 'comity actor {side}'")
    if not registry.treaties(desk.a, desk.b, desk.today):
        lines.insert(0, f"{desk.name(desk.a)} and {desk.name(desk.b)}: none in this selection binds the two.")
    return tuple(dict.fromkeys(lines))


def _pairs(desk: Desk, act: Act, events: dict[str, Event]) -> frozenset[frozenset[str]]:
    return frozenset().union(*(pairs_of(desk, events[row]) for row in act.rows if row in events))


def _left_out(desk: Desk, actors: Sequence[str], met: dict[str, int]) -> str:
    if not actors:
        return ""
    named = [f"{desk.name(actor)} ({met[actor]})" for actor in actors]
    shown = named if len(named) <= MOST_NAMED else [*named[: MOST_NAMED - 1], "others"]
    return f"Not drawn, with their acts: {listed(shown)}; {many(len(actors), 'actor')} in all."
