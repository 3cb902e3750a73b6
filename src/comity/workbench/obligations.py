"""Treaty obligations as `comity` shows them: a line for people, a record for programs."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final

from comity.actors import OBLIGATIONS, TREATY_STATES, Obligation, Treaty

LINES: Final = 9  # treaties in a text answer; JSON has them all
LAST_YEAR: Final = 2018  # of ATOP 5.1
SELECTION: Final = (
    f"only treaties that bind two of {', '.join(TREATY_STATES)} to each other; others are left out"
)


def treaty_record(treaty: Treaty, side: str) -> dict[str, Any]:
    """Give a treaty of `side` with its partners and with what each member owes, by source."""
    return {
        "id": treaty.id,
        "name": treaty.name,
        "atop_id": treaty.atop_id,
        "organisation": treaty.organisation,
        "partners": _partners(treaty, side),
        "signed": str(treaty.signed or ""),
        **_dated(treaty),
        "obligations": [
            {"member": one.member, "owes": list(one.owes), **_dated(one)} for one in treaty.obligations
        ],
    }


def treaty_lines(treaties: Sequence[Treaty], side: str, at: date) -> list[str]:
    """Write the treaties of `side`, the most binding first, in at most twelve lines."""
    ranked = sorted(treaties, key=_rank)
    partners = {partner for treaty in ranked for partner in _partners(treaty, side)}
    count = f"{len(ranked)}, with partners: {len(partners)}" if ranked else "none"
    lines = [f"treaties in comity's selection on {at}: {count}"]
    lines += [f"  {_line(treaty, side)}" for treaty in ranked[:LINES]]
    lines.append(f"  the selection has {SELECTION}")
    notes = [f"{len(ranked) - LINES} more with --json"] if len(ranked) > LINES else []
    if at.year > LAST_YEAR:
        notes.append(f"ATOP ends in {LAST_YEAR}; of what came later only some is added, by hand")
    return lines + [f"  {'; '.join(notes)}"] * bool(notes)


def binding_lines(treaties: Sequence[Treaty], side: str, others: Collection[str]) -> list[str]:
    """Write the treaties that bind `side` to one of `others`, the most binding first."""
    bound = [one for one in sorted(treaties, key=_rank) if not set(_partners(one, side)).isdisjoint(others)]
    return [_line(one, side) for one in bound]


def _line(treaty: Treaty, side: str) -> str:
    """Name a treaty, its partners and who owes what, by source."""
    partners = _partners(treaty, side)
    who = partners[0] if len(partners) == 1 else f"{len(partners)} partners"
    own = [one for one in treaty.obligations if one.member == side] or treaty.obligations
    sources = dict.fromkeys(_source(one) for one in own)
    said = "; ".join(f"{_said(treaty, side, source)} [{source}]" for source in sources)
    return f"{treaty.name} ({who}): {said}"


def _said(treaty: Treaty, side: str, source: str) -> str:
    """Say what the side owes and, where it differs, what it is owed, as one source has it."""
    told = [one for one in treaty.obligations if _source(one) == source]
    theirs = [one for one in told if one.member != side]
    owes, owed = _words(one for one in told if one.member == side), _words(theirs)
    if len(theirs) in (0, len(told)) or owes == owed:  # nobody else, or the side is the organisation
        return _words(told)
    return f"owes {owes}, is owed {owed}"


def _words(obligations: Iterable[Obligation]) -> str:
    owed = {word for one in obligations for word in one.owes}
    return ", ".join(word for word in OBLIGATIONS if word in owed) or "nothing"


def _rank(treaty: Treaty) -> int:
    owed = {word for one in treaty.obligations for word in one.owes}
    return next((rank for rank, word in enumerate(OBLIGATIONS) if word in owed), len(OBLIGATIONS))


def _partners(treaty: Treaty, side: str) -> list[str]:
    return [member for member in treaty.members if member != side]


def _source(one: Treaty | Obligation) -> str:
    return f"{one.source}; {'checked' if one.checked else 'unchecked'}"


def _dated(one: Treaty | Obligation) -> dict[str, Any]:
    return {
        "from": str(one.valid_from or ""),
        "to": str(one.valid_to or ""),
        "note": one.note,
        "source": one.source,
        "edition": one.edition,
        "checked": one.checked,
    }
