"""The log of a review: who decided what on which draft, and when. Lines are added, never rewritten."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from comity.cases.documents import leads_outside
from comity.cases.layout import LOG_FILE
from comity.provenance import ComityError, UnreadableFileError

MAX_BYTES: Final = 64 * 1024 * 1024
ACTIONS: Final = ("accept", "reject", "edit", "undo")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log.

    `fields` of an ``edit`` are the new values; of an ``accept``, the row as it entered its table; of
    the ``undo`` of one, the row as it was taken out again.
    """

    number: int  # from 1, without gaps
    when: str  # a day, or a moment in UTC
    by: str
    action: str
    draft: str
    fields: dict[str, str] = field(default_factory=dict, hash=False)
    undoes: int = 0  # the number of the decision that an ``undo`` takes back
    how: str = ""  # "all of DOCUMENT": accepted with others, unseen

    def to_dict(self) -> dict[str, object]:
        """Give the decision as plain values."""
        values: dict[str, object] = {
            "n": self.number,
            "when": self.when,
            "by": self.by,
            "action": self.action,
            "draft": self.draft,
        }
        if self.fields:
            values["fields"] = dict(self.fields)
        if self.undoes:
            values["undoes"] = self.undoes
        if self.how:
            values["how"] = self.how
        return values


@dataclass(frozen=True)
class Log:
    """The decisions of a case in their order, and the lines that cannot be read."""

    decisions: tuple[Decision, ...] = ()
    damaged: tuple[int, ...] = ()  # lines

    @property
    def remarks(self) -> tuple[str, ...]:
        """Say what cannot be read; no decision is lost by it."""
        return tuple(
            f"{LOG_FILE}, line {line}: cut short when it was written; no decision is missing"
            for line in self.damaged
        )

    def standing(self) -> dict[str, tuple[Decision, ...]]:
        """Give each draft's decisions that nobody has taken back, the last one last."""
        undone = {one.undoes for one in self.decisions if one.action == "undo"}
        found: dict[str, list[Decision]] = {}
        for one in self.decisions:
            if one.action != "undo" and one.number not in undone:
                found.setdefault(one.draft, []).append(one)
        return {draft: tuple(decisions) for draft, decisions in found.items()}


def read_log(folder: Path) -> Log:
    """Read the log of a case; one that nobody has begun is empty.

    Raises
    ------
    UnreadableFileError : it is no text, or a decision is missing from it
    """
    path = folder / LOG_FILE
    if leads_outside(folder, path):
        raise UnreadableFileError(f"{LOG_FILE} leads out of the case folder", where=str(folder))
    if not path.exists():
        return Log()
    decisions: list[Decision] = []
    damaged: list[int] = []
    for line, content in enumerate(_content(path).split(b"\n"), 1):
        if not content.strip():
            continue
        decision = _decision(content)
        if decision is None:
            damaged.append(line)
        elif decision.number != len(decisions) + 1:
            raise UnreadableFileError(
                f"decision {len(decisions) + 1} is missing from {LOG_FILE}",
                where=f"{folder}, line {line}",
                remedy="The log was changed by hand or by a merge: put its lines back in order.",
            )
        else:
            decisions.append(decision)
    return Log(tuple(decisions), tuple(damaged))


def append_to_log(folder: Path, decisions: Sequence[Decision]) -> None:
    """Add decisions at the end; a line that was cut short stays, on a line of its own.

    Raises
    ------
    ComityError : the log cannot be written
    """
    path = folder / LOG_FILE
    lines = "".join(json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in decisions)
    try:
        with path.open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                lines = lines if file.read(1) == b"\n" else f"\n{lines}"
            file.write(lines.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ComityError(
            f"{LOG_FILE} cannot be written: {error.strerror or error}", where=str(folder)
        ) from None


def decision_of(values: Any) -> Decision | None:
    """Read one decision from plain values; nothing, if they are none."""
    try:
        made = Decision(
            values["n"], values["when"], values["by"], values["action"], values["draft"],
            dict(values.get("fields", {})), values.get("undoes", 0), values.get("how", ""),
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, ValueError):
        return None
    whole = type(made.number) is int and type(made.undoes) is int
    texts = (made.when, made.by, made.draft, made.how, *made.fields.values())
    sound = whole and made.action in ACTIONS and all(isinstance(one, str) for one in texts)
    return made if sound else None


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size <= MAX_BYTES:
            return path.read_bytes()
        reason = f"it has more than {MAX_BYTES:,} bytes"
    except OSError as error:
        reason = str(error.strerror)
    raise UnreadableFileError(f"{path.name} cannot be read: {reason}", where=str(path.parent))


def _decision(line: bytes) -> Decision | None:
    try:
        return decision_of(json.loads(line.decode("utf-8")))
    except (ValueError, RecursionError):
        return None
