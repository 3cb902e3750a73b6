"""Whether a programme is due for review, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity.pledges.known import Word
from comity.pledges.spans import day_in_words, span_in_words
from comity.pledges.versions import Version


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a review is due on a day: since or until when, who calls for one, and why."""

    due: bool
    on: date | None
    called_for: tuple[str, ...]  # statements
    in_words: str

    def to_dict(self) -> dict[str, object]:
        """Give the review as plain values."""
        return {
            "due": self.due,
            "on": str(self.on) if self.on else None,
            "called_for": list(self.called_for),
            "in_words": self.in_words,
        }


def review_of(
    name: str, words: Sequence[Word], versions: Sequence[Version], successors: Sequence[str], *, as_of: date
) -> Review:
    """Judge by the programme's last day, by calls for a review, and by whether one was held.

    A programme that another one replaced is no longer due.
    """
    calls = [word.statement for word in words if word.statement.role == "review"]
    open_calls = [one for one in calls if one.stage != "delivered"]
    ids = tuple(one.id for one in open_calls)
    ends: list[date] = [version.period.end for version in versions if version.period and version.period.end]
    ends += [
        word.statement.deadline.end
        for word in words
        if word.statement.role == "version" and word.statement.deadline and word.statement.deadline.end
    ]
    end = max(ends, default=None)
    if successors:
        return Review(False, end, ids, f"not due: {name} was replaced by {', '.join(successors)}")
    parts = []
    due = False
    if end and end < as_of:
        due = True
        parts.append(f"due: its time ended on {day_in_words(end)}")
    elif end:
        parts.append(f"its time ends on {day_in_words(end)}")
    for call in open_calls:
        until = call.deadline.end if call.deadline else None
        due = due or (until is not None and until < as_of)
        asked = f"by {span_in_words(call.deadline)}" if call.deadline else "with no date set"
        parts.append(f"called for {asked} (document {call.source}, {call.id})")
        end = until or end
    held = [one for one in calls if one.stage == "delivered"]
    parts.extend(f"held {span_in_words(one.made or one.period)} (document {one.source})" for one in held)
    return Review(due, end, ids, "; ".join(parts) or "these sources name no end and call for no review")
