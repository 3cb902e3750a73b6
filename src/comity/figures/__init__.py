"""Figures: an answer in, a standalone SVG out, with a link on every mark."""

from comity.figures.axis import Band
from comity.figures.counts import EraCount, counts
from comity.figures.gap_chart import ClaimBar, GapPoint, gap_chart
from comity.figures.gap_panels import GapPanel, gap_panels
from comity.figures.ledger import LedgerLine, ledger
from comity.figures.network import Link, angle_of, network
from comity.figures.specification_strip import Specification, specification_strip
from comity.figures.svg import anchor
from comity.figures.tie_chart import Tick, TiePoint, tie_chart
from comity.figures.timeline import TimelineAct, timeline
from comity.figures.waterfall import Part, waterfall

__all__ = [
    "Band",
    "ClaimBar",
    "EraCount",
    "GapPanel",
    "GapPoint",
    "LedgerLine",
    "Link",
    "Part",
    "Specification",
    "Tick",
    "TiePoint",
    "TimelineAct",
    "anchor",
    "angle_of",
    "counts",
    "gap_chart",
    "gap_panels",
    "ledger",
    "network",
    "specification_strip",
    "tie_chart",
    "timeline",
    "waterfall",
]
