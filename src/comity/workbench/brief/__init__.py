"""The brief: everything that a case knows of two actors, as plain data and in four formats."""

from comity.workbench.brief.build import build_brief, run_of
from comity.workbench.brief.html import to_html
from comity.workbench.brief.model import Brief

__all__ = ["Brief", "build_brief", "run_of", "to_html"]
