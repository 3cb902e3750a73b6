"""How actors stand towards each other: signed, directed, decaying ties read off acts."""

from comity.ties.measure import Ties, measure
from comity.ties.reading import Reading
from comity.ties.series import TiePoint, TieSeries, days_between, trace_tie
from comity.ties.tie import MemberTie, Tie

__all__ = [
    "MemberTie",
    "Reading",
    "Tie",
    "TiePoint",
    "TieSeries",
    "Ties",
    "days_between",
    "measure",
    "trace_tie",
]
