"""Decisions under way: written down before they are carried out, and finished if they were cut off."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from comity.cases.layout import DRAFTS_FOLDER, TABLES
from comity.cases.review_log import Decision, append_to_log, decision_of, read_log
from comity.cases.table_edit import add_rows, remove_rows
from comity.cases.writing import write_whole
from comity.provenance import UnreadableFileError

PENDING: Final = f"{DRAFTS_FOLDER}/.pending.json"


@dataclass(frozen=True)
class Pending:
    """Decisions, and what they do to the tables."""

    decisions: tuple[Decision, ...]
    add: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # rows, by table
    remove: dict[str, list[str]] = field(default_factory=dict)  # ids, by table


def carry_out(folder: Path, pending: Pending) -> None:
    """Write decisions to the log and to the tables; cut off anywhere, it can be finished.

    The caller holds the case's lock.

    Raises
    ------
    UnreadableFileError, ComityError : a table cannot be read, or something cannot be written
    """
    content = {
        "decisions": [one.to_dict() for one in pending.decisions],
        "add": pending.add,
        "remove": pending.remove,
    }
    write_whole(folder, folder / PENDING, json.dumps(content, ensure_ascii=False).encode("utf-8"))
    _finish(folder, pending)


def finish_pending(folder: Path) -> tuple[Decision, ...]:
    """Finish what was cut off, if anything was; gives the decisions that it holds.

    Raises
    ------
    UnreadableFileError : what was under way cannot be read
    """
    path = folder / PENDING
    if not path.exists():
        return ()
    try:
        values: Any = json.loads(path.read_bytes())
        decisions = tuple(decision_of(one) for one in values["decisions"])
        pending = Pending(tuple(one for one in decisions if one), values["add"], values["remove"])
        sound = all(decisions) and {*pending.add, *pending.remove} <= set(TABLES)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise UnreadableFileError(
            f"{PENDING} cannot be read",
            where=str(folder),
            remedy="Delete it; then compare the last lines of review.jsonl with the tables.",
        )
    _finish(folder, pending)
    return pending.decisions


def _finish(folder: Path, pending: Pending) -> None:
    last = len(read_log(folder).decisions)
    _log(folder, [one for one in pending.decisions if one.number > last])
    for name, rows in pending.add.items():
        add_rows(folder, name, rows)
    for name, ids in pending.remove.items():
        remove_rows(folder, name, set(ids))
    (folder / PENDING).unlink(missing_ok=True)


def _log(folder: Path, decisions: Sequence[Decision]) -> None:
    if decisions:
        append_to_log(folder, decisions)
