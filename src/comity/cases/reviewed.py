"""How drafts stand: what was edited, what was decided last, by whom and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.cases.draft import DraftRow, read_drafts
from comity.cases.review_log import Decision, Log, read_log

STATUSES: Final = ("open", "accepted", "rejected")
_STATUS_OF: Final = {"accept": "accepted", "reject": "rejected"}


@dataclass(frozen=True)
class Reviewed:
    """A draft as it stands: what was edited, what was decided last, by whom and when."""

    draft: DraftRow  # with the values of later edits
    status: str
    decisions: tuple[Decision, ...] = ()  # not taken back, the last one last

    @property
    def by(self) -> str:
        """Who decided last; empty if nobody has."""
        return self.decisions[-1].by if self.decisions else ""

    @property
    def when(self) -> str:
        """When that was."""
        return self.decisions[-1].when if self.decisions else ""

    @property
    def last(self) -> int:
        """The number of the last decision; 0 if there is none."""
        return self.decisions[-1].number if self.decisions else 0

    def to_dict(self) -> dict[str, object]:
        """Give the draft and how it stands as plain values."""
        return {
            "id": self.draft.id,
            "status": self.status,
            "by": self.by or None,
            "when": self.when or None,
            **{name: value for name, value in self.draft.to_dict().items() if name != "id"},
        }


def review_of(folder: Path, log: Log | None = None) -> dict[str, Reviewed]:
    """Give every draft of a case as it stands, by id, in the order of the documents and their texts.

    Raises
    ------
    UnreadableFileError : drafts or the log cannot be read
    """
    standing = (log or read_log(folder)).standing()
    found: dict[str, Reviewed] = {}
    for draft in read_drafts(folder):
        found.setdefault(draft.id, _stand(draft, standing.get(draft.id, ())))
    return found


def open_drafts(folder: Path) -> Iterator[DraftRow]:
    """Give the drafts on which nobody has decided, with later edits."""
    return (one.draft for one in review_of(folder).values() if one.status == "open")


def _stand(draft: DraftRow, decisions: tuple[Decision, ...]) -> Reviewed:
    status = "open"
    for one in decisions:
        if one.action == "edit":
            known = {name: value for name, value in one.fields.items() if name in draft.fields}
            draft = draft.with_fields(**known)
        else:
            status = _STATUS_OF[one.action]
    return Reviewed(draft, status, decisions)
