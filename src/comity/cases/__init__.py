"""A case is a folder: opened, listed, made, checked, reviewed, and shown with the texts that a reader has.

What keeps and reviews drafts opens when it is asked for: an answer from the tables does without.
"""

import importlib

from comity.cases.attach import Attached, UnknownTextError, attach
from comity.cases.case import Case, open_case
from comity.cases.check import check_case
from comity.cases.draft import DraftRow
from comity.cases.new import new_case
from comity.cases.problem import BrokenCaseError, Problem
from comity.cases.review_log import Decision
from comity.cases.reviewed import Reviewed
from comity.cases.shelf import list_cases

TYPE_CHECKING = False  # as typing has it, without loading typing
if TYPE_CHECKING:
    from comity.cases.drafting import Kept, keep_drafts
    from comity.cases.refusals import DecidedMeanwhileError, RefusedDraftError
    from comity.cases.review import Review

_LATER = {
    "DecidedMeanwhileError": "refusals",
    "Kept": "drafting",
    "RefusedDraftError": "refusals",
    "Review": "review",
    "keep_drafts": "drafting",
}

__all__ = [
    "Attached",
    "BrokenCaseError",
    "Case",
    "DecidedMeanwhileError",
    "Decision",
    "DraftRow",
    "Kept",
    "Problem",
    "RefusedDraftError",
    "Review",
    "Reviewed",
    "UnknownTextError",
    "attach",
    "check_case",
    "keep_drafts",
    "list_cases",
    "new_case",
    "open_case",
]


def __getattr__(name: str) -> object:
    """Open the file that has the name."""
    if name in _LATER:
        return getattr(importlib.import_module(f"comity.cases.{_LATER[name]}"), name)
    raise AttributeError(f"module 'comity.cases' has no attribute {name!r}")
