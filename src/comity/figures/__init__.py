"""Figures: an answer in, a standalone SVG out, with a link on every mark."""

from comity.figures.axis import Band
from comity.figures.counts import EraCount, counts
from comity.figures.ledger import LedgerLine, ledger
from comity.figures.network import Link, angle_of, network
from comity.figures.svg import anchor
from comity.figures.tie_chart import Tick, TiePoint, tie_chart
from comity.figures.timeline import TimelineAct, timeline

__all__ = [
    "Band",
    "EraCount",
    "LedgerLine",
    "Link",
    "Tick",
    "TiePoint",
    "TimelineAct",
    "anchor",
    "angle_of",
    "counts",
    "ledger",
    "network",
    "tie_chart",
    "timeline",
]
