"""The brief: everything that a case knows of two actors, as plain data and in four formats."""

from comity.workbench.brief.build import build_brief
from comity.workbench.brief.factor import digest, read_answer
from comity.workbench.brief.html import to_html
from comity.workbench.brief.markdown import to_markdown
from comity.workbench.brief.model import Brief
from comity.workbench.brief.plain import to_json
from comity.workbench.brief.render import render
from comity.workbench.brief.word import to_docx

__all__ = [
    "Brief",
    "build_brief",
    "digest",
    "read_answer",
    "render",
    "to_docx",
    "to_html",
    "to_json",
    "to_markdown",
]
