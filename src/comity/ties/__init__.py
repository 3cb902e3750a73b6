"""How actors stand towards each other: signed, directed, decaying ties read off acts; eras.

The names of series through time open when they are asked for: a brief on coded events does without.
"""

import importlib

from comity.ties.by_era import EraTie, by_era
from comity.ties.gap import Gap, GapChange, GapPeriod, SideTie, ThirdParty
from comity.ties.gap_asking import measure_gap
from comity.ties.measure import Ties, measure
from comity.ties.reading import Reading
from comity.ties.tie import MemberTie, Tie

TYPE_CHECKING = False  # as typing has it, without loading typing
if TYPE_CHECKING:
    from comity.ties.eras import Break, Proposal, propose_eras
    from comity.ties.monthly import MonthlyTies, monthly_ties
    from comity.ties.series import TiePoint, TieSeries, days_between, trace_tie

_LATER = {
    "Break": "eras",
    "MonthlyTies": "monthly",
    "Proposal": "eras",
    "TiePoint": "series",
    "TieSeries": "series",
    "days_between": "series",
    "monthly_ties": "monthly",
    "propose_eras": "eras",
    "trace_tie": "series",
}

__all__ = [
    "Break",
    "EraTie",
    "Gap",
    "GapChange",
    "GapPeriod",
    "MemberTie",
    "MonthlyTies",
    "Proposal",
    "Reading",
    "SideTie",
    "ThirdParty",
    "Tie",
    "TiePoint",
    "TieSeries",
    "Ties",
    "by_era",
    "days_between",
    "measure",
    "measure_gap",
    "monthly_ties",
    "propose_eras",
    "trace_tie",
]


def __getattr__(name: str) -> object:
    """Open the file that has the name."""
    if name in _LATER:
        return getattr(importlib.import_module(f"comity.ties.{_LATER[name]}"), name)
    raise AttributeError(f"module 'comity.ties' has no attribute {name!r}")
