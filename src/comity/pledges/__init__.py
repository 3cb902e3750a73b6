"""What was promised, by when, and what arrived; programmes and their versions."""

from comity.pledges.record import BOUNDS, OUTCOMES, PLEDGE_KINDS, ROLES, STAGES, Statement
from comity.pledges.table import PLEDGE_COLUMNS, read_pledges_csv, statement_of

__all__ = [
    "BOUNDS",
    "OUTCOMES",
    "PLEDGE_COLUMNS",
    "PLEDGE_KINDS",
    "ROLES",
    "STAGES",
    "Statement",
    "read_pledges_csv",
    "statement_of",
]
