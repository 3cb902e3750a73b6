"""A brief in the format that is asked for."""

from collections.abc import Callable
from typing import Final

from comity.provenance import UsageError
from comity.workbench.brief.html import to_html
from comity.workbench.brief.markdown import to_markdown
from comity.workbench.brief.model import Brief
from comity.workbench.brief.plain import to_json
from comity.workbench.brief.word import to_docx

RENDERERS: Final[dict[str, Callable[[Brief], str | bytes]]] = {
    "html": to_html,
    "md": to_markdown,
    "json": to_json,
    "docx": to_docx,
}


def render(brief: Brief, form: str) -> bytes:
    """Write the brief as html, md, json or docx, in UTF-8 where it is text.

    Raises
    ------
    UsageError : another format
    """
    if form not in RENDERERS:
        raise UsageError(f"unknown format {form!r}", allowed=f"One of {', '.join(RENDERERS)}.")
    content = RENDERERS[form](brief)
    return content.encode("utf-8", "replace") if isinstance(content, str) else content
