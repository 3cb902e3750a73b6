"""A brief as Markdown: every text escaped, every number a link to its row."""

import re
from typing import Final

from comity.figures import anchor
from comity.workbench.brief.model import Brief
from comity.workbench.brief.outline import Block, Bullets, Heading, Paragraph, Table, outline
from comity.workbench.brief.span import Line

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]|~$])")
_STARTS: Final = re.compile(r"^(\s*)([-+>=#]|\d+[.)])")
_FORMULA: Final = re.compile(r"^\s*[=@\t]|^\s*[-+](?![\s\d])")


def to_markdown(brief: Brief) -> str:
    """Write the brief as Markdown, with an anchor at every row of the evidence."""
    return "\n".join(_block(block) for block in outline(brief)) + "\n"


def safe(text: str) -> str:
    """Keep a spreadsheet from reading a pasted text as a formula.

    >>> safe('=HYPERLINK("x")'), safe("+57"), safe("a = b")
    ('\\'=HYPERLINK("x")', '+57', 'a = b')
    """
    return f"'{text}" if _FORMULA.search(text) else text


def escape(text: str) -> str:
    """Show a text as it is, whatever Markdown or HTML would make of it.

    >>> escape("<script> *now*")
    '&lt;script&gt; \\\\*now\\\\*'
    """
    flat = " ".join(text.replace("\x00", "").splitlines())
    plain = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", plain)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {escape(block.text)}\n"
    if isinstance(block, Paragraph):
        target = f'<a id="row-{anchor(block.row)}"></a>' if block.row else ""
        return f"{target}{_at_start(_line(block.line))}\n"
    if isinstance(block, Bullets):
        return "".join(f"- {_at_start(_line(line))}\n" for line in block.lines)
    return _table(block)


def _table(table: Table) -> str:
    head = f"| {' | '.join(escape(one) for one in table.head)} |"
    rule = f"|{' --- |' * len(table.head)}"
    rows = [f"| {' | '.join(_line(cell) for cell in row)} |" for row in table.rows]
    return "\n".join([head, rule, *rows]) + "\n"


def _line(line: Line) -> str:
    parts = []
    for index, span in enumerate(line):
        text = escape(safe(span.text) if index == 0 else span.text)
        parts.append(f"[{text}](#row-{anchor(span.row)})" if span.row else text)
    return "".join(parts)


def _at_start(text: str) -> str:
    return _STARTS.sub(r"\1\\\2", text)
