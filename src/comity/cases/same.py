"""Which drafts tell what a row of the case, or a draft of another document, tells already."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from comity.cases.case import Case
from comity.cases.draft import KEY_OF, TABLE_OF, DraftRow
from comity.cases.table_edit import table_rows
from comity.documents import Telling, naming_words, told_together
from comity.provenance import BadValueError, Dating, TableRow

_UNDATED: Final = Dating(None, None, "unknown", "none")
_LETTERS: Final = re.compile(r"[^\W_]+")


def joined(
    case: Case, rows: Sequence[DraftRow], others: Sequence[DraftRow], *, fixed: Collection[str]
) -> list[DraftRow]:
    """Give the drafts of one document the keys of what they tell again.

    Parameters
    ----------
    rows : of one document
    others : the drafts of the other documents
    fixed : ids of drafts that stay as they are, because somebody has decided on them
    """
    keys: dict[str, str] = {}
    for kind in TABLE_OF:
        keys |= _keys(case, kind, rows, others)
    return [
        one if one.id in fixed or one.id not in keys else one.with_fields(**{KEY_OF[one.kind]: keys[one.id]})
        for one in rows
    ]


def _keys(case: Case, kind: str, rows: Sequence[DraftRow], others: Sequence[DraftRow]) -> dict[str, str]:
    """Find the key of every draft that tells the same as something else."""
    own = [one.row() for one in rows if one.kind == kind]
    if not own:
        return {}
    drafted = [one.row() for one in others if one.kind == kind]
    coders = {one.id: one.coder for one in (*rows, *others)}
    ids = {row["id"] for row in (*own, *drafted)}
    told = [row for row in table_rows(case.path, TABLE_OF[kind]) if row["id"] not in ids]
    known = [
        (row, telling) for row in (*told, *drafted, *own) for telling in _telling(case, kind, row, coders)
    ]
    # What has a key already, by a person or by the document itself, stays together.
    by_key: dict[str, list[str]] = {}
    for row, _ in known:
        by_key.setdefault(_key(kind, row), []).append(row["id"])
    groups = list(by_key.values())
    for places in told_together([telling for _, telling in known]):
        groups.append([known[i][0]["id"] for i in places])
    first = _united([row["id"] for row, _ in known], groups)  # the tables come first
    keys = {row["id"]: _key(kind, row) for row, _ in known}
    return {row["id"]: keys[first[row["id"]]] for row in own if first.get(row["id"], row["id"]) != row["id"]}


def _key(kind: str, row: TableRow) -> str:
    return row[KEY_OF[kind]] or row["id"]


def _united(ids: Sequence[str], groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Join the groups that share an id; give each id the first one that it hangs together with."""
    order = {id: place for place, id in enumerate(ids)}
    above = {id: id for id in ids}

    def top(id: str) -> str:
        while above[id] != id:
            above[id] = above[above[id]]
            id = above[id]
        return id

    for group in groups:
        for one, other in pairwise(group):
            first, second = sorted((top(one), top(other)), key=order.__getitem__)
            above[second] = first
    return {id: top(id) for id in ids}


def _telling(case: Case, kind: str, row: TableRow, coders: Mapping[str, str]) -> Iterator[Telling]:
    """What a row tells; a row that cannot be read tells nothing."""
    try:
        printed = _printed(case, row, "char_start", "char_end")
        if kind == "event":
            told = _event(case, row, printed)
        elif kind == "pledge":
            told = _pledge(case, row, printed)
        else:
            told = _quotation(case, row)
        passage = row.passage()
        place = (passage.char_start, passage.char_end) if passage else (0, 0)
        yield replace(told, place=place, coder=coders.get(row["id"], "the table"))
    except (BadValueError, ValueError):  # 'comity check' reports the row
        return


def _event(case: Case, row: TableRow, printed: str) -> Telling:
    senders, receivers = row.list("sender"), row.list("receiver")
    others = senders if row["reciprocal"] == "true" else receivers
    pairs = frozenset((a, b) for a in senders for b in others if a != b)
    return Telling(
        "event",
        row["document"],
        pairs or frozenset((a, "") for a in senders),
        (row["event_type"], int(row["sign"]), row["aux"]),
        row.dating("date_start", "date_end", "precision", "basis") or _UNDATED,
        naming_words(printed or row["summary"], _names(case, (*senders, *receivers))),
        printed=printed,
    )


def _pledge(case: Case, row: TableRow, printed: str) -> Telling:
    givers, takers = row.list("by"), row.list("to") or ("",)
    due = row.dating("deadline_start", "deadline_end", "deadline_precision", "deadline_basis")
    return Telling(
        "pledge",
        row["document"],
        frozenset((a, b) for a in givers for b in takers),
        (row["unit"], row["currency"], row["definition"] if row["unit"] == "items" else ""),
        due or _UNDATED,
        naming_words(printed or row["object"], _names(case, (*givers, *takers))),
        amount=float(row["quantity"]) if row["quantity"] else None,
        printed=printed,
    )


def _quotation(case: Case, row: TableRow) -> Telling:
    words = _printed(case, row, "said_start", "said_end")
    said = " ".join(_LETTERS.findall(words.casefold()))
    speakers = frozenset((one, "") for one in row.list("speaker"))
    return Telling("quote", row["document"], speakers, (row["mode"],), _UNDATED, said=said)


def _printed(case: Case, row: Mapping[str, str] | TableRow, start: str, end: str) -> str:
    text = case.text_of(row["document"]) if row["document"] in case.sources else None
    return text[int(row[start]) : int(row[end])] if text and row[start] and row[end] else ""


def _names(case: Case, actors: Iterable[str]) -> Iterator[str]:
    for id in actors:
        if id in case.registry:
            actor = case.registry.actor(id)
            yield from (actor.name, actor.adjective, actor.capital)
