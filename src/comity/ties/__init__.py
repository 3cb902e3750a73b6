"""How actors stand towards each other: signed, directed, decaying ties read off acts; eras."""

from comity.ties.by_era import EraTie, by_era
from comity.ties.eras import Break, Proposal, propose_eras
from comity.ties.gap import Gap, GapChange, GapPeriod, SideTie, ThirdParty
from comity.ties.gap_asking import measure_gap
from comity.ties.measure import Ties, measure
from comity.ties.monthly import MonthlyTies, monthly_ties
from comity.ties.reading import Reading
from comity.ties.series import TiePoint, TieSeries, days_between, trace_tie
from comity.ties.tie import MemberTie, Tie

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
