"""A case is a folder: opened, listed, made, checked, and shown with the texts that a reader has."""

from comity.cases.attach import Attached, UnknownTextError, attach
from comity.cases.case import Case, open_case
from comity.cases.check import check_case
from comity.cases.new import new_case
from comity.cases.problem import BrokenCaseError, Problem
from comity.cases.shelf import list_cases

__all__ = [
    "Attached",
    "BrokenCaseError",
    "Case",
    "Problem",
    "UnknownTextError",
    "attach",
    "check_case",
    "list_cases",
    "new_case",
    "open_case",
]
