"""What was promised, by when, and what arrived; programmes and their versions."""

from comity.pledges.figure import Comparison, Figure
from comity.pledges.ledger import Ledger, StatusCount
from comity.pledges.parties import Flow
from comity.pledges.pledge import Pledge
from comity.pledges.programme import Programme
from comity.pledges.record import BOUNDS, OUTCOMES, PLEDGE_KINDS, ROLES, STAGES, Statement
from comity.pledges.status import STATUSES, Deadline, Status
from comity.pledges.table import PLEDGE_COLUMNS, read_pledges_csv, statement_of

__all__ = [
    "BOUNDS",
    "OUTCOMES",
    "PLEDGE_COLUMNS",
    "PLEDGE_KINDS",
    "ROLES",
    "STAGES",
    "STATUSES",
    "Comparison",
    "Deadline",
    "Figure",
    "Flow",
    "Ledger",
    "Pledge",
    "Programme",
    "Statement",
    "Status",
    "StatusCount",
    "read_pledges_csv",
    "statement_of",
]
