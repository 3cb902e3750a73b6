"""What several tellings of one thing disagree on: each value with its passages, nothing resolved."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from typing import Final

from comity.documents.candidate import Candidate, Conflict, Draft
from comity.provenance import Dating, Passage

OPEN_DAYS: Final = {"day": 1, "month": 31, "year": 366}  # the first days of what goes on


def distinct(one: Dating, other: Dating) -> bool:
    """Tell whether two dates exclude each other; a coarse and a fine one that share days do not.

    Of two courses that go on, the beginnings are compared.
    """
    if one.basis == "none" or other.basis == "none":
        return False
    if one.end is None and other.end is None:
        one, other = _beginning(one), _beginning(other)
    return not one.overlaps(other.start, other.end)


def conflicts_of(told: Sequence[Candidate]) -> tuple[Conflict, ...]:
    """List what the tellings disagree on: date, deadline, amount, parties, speaker, place."""
    return tuple(_conflicts(told))


def _conflicts(told: Sequence[Candidate]) -> Iterator[Conflict]:
    dated = [one for one in told if one.draft.dating.basis != "none"]
    if _exclude([one.draft.dating for one in dated]):
        yield _conflict("date", dated, lambda draft: str(draft.dating))
    due = [one for one in told if one.draft.deadline]
    if _exclude([one.draft.deadline for one in due if one.draft.deadline]):
        yield _conflict("deadline", due, lambda draft: str(draft.deadline))
    for name, value in _VALUES.items():
        giving = [one for one in told if value(one.draft)]
        if len({value(one.draft) for one in giving}) > 1:
            yield _conflict(name, giving, value)


def _exclude(datings: Sequence[Dating]) -> bool:
    return any(distinct(one, other) for one, other in combinations(dict.fromkeys(datings), 2))


def _conflict(field: str, told: Sequence[Candidate], value: Callable[[Draft], str]) -> Conflict:
    values: dict[str, list[Passage]] = {}
    for one in told:
        values.setdefault(value(one.draft), []).extend(one.passages)
    return Conflict(field, tuple((text, tuple(dict.fromkeys(where))) for text, where in values.items()))


def _beginning(dating: Dating) -> Dating:
    if dating.start is None or dating.precision not in OPEN_DAYS:
        return dating
    last = dating.start + timedelta(OPEN_DAYS[dating.precision] - 1)
    return Dating(dating.start, last, dating.precision, dating.basis)


def _amount(draft: Draft) -> str:
    if draft.quantity is None:
        return ""
    bound = "" if draft.bound == "exact" else f"{draft.bound.replace('_', ' ')} "
    return f"{bound}{draft.quantity:,.15g} {draft.currency or draft.unit}".strip()


def _sender(draft: Draft) -> str:
    return "" if draft.kind == "quote" else ";".join(sorted(draft.senders))


def _receiver(draft: Draft) -> str:
    return "" if draft.kind == "quote" or draft.reciprocal else ";".join(sorted(draft.receivers))


_VALUES: Final[dict[str, Callable[[Draft], str]]] = {
    "sender": _sender,
    "receiver": _receiver,
    "amount": _amount,
    "speaker": lambda draft: ";".join(sorted(draft.speakers)),
    "place": lambda draft: draft.venue,
}
