"""Why a decision on a draft is not carried out."""

from collections.abc import Sequence

from comity.cases.problem import Problem
from comity.cases.reviewed import Reviewed
from comity.provenance import ComityError


class RefusedDraftError(ComityError):
    """A draft that breaks rules of the case format; `problems` holds them."""

    def __init__(self, draft: str, problems: Sequence[Problem], *, purpose: str = "accepted") -> None:
        self.draft, self.problems = draft, tuple(problems)
        why = "; ".join(f"{one.message} [{one.rule}]" for one in problems)
        super().__init__(
            f"draft {draft} cannot be {purpose}: {why}",
            remedy=f"Edit it: comity review --edit {draft} COLUMN=VALUE.",
        )


class DecidedMeanwhileError(ComityError):
    """A draft on which somebody else has decided since it was shown; `reviewed` is how it stands."""

    def __init__(self, reviewed: Reviewed) -> None:
        self.reviewed = reviewed
        super().__init__(f"{reviewed.by} has meanwhile decided on {reviewed.draft.id}: {reviewed.status}")
