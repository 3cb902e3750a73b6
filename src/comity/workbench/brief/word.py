"""A brief as a Word document: same bytes for the same brief."""

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from comity.figures import anchor
from comity.workbench.brief.markdown import safe
from comity.workbench.brief.model import Brief
from comity.workbench.brief.outline import Block, Bullets, Heading, Paragraph, Table, outline
from comity.workbench.brief.span import Line

if TYPE_CHECKING:
    from docx.document import Document

_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can hold
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_BOOKMARK: Final = 40  # Word cuts longer names
_LINK_COLOUR: Final = "1A5494"


def to_docx(brief: Brief) -> bytes:
    """Write the brief as a .docx file with real headings, tables and links to the evidence."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2))
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10)
    marks = _Bookmarks()
    for block in outline(brief):
        _add(document, block, marks)
    _fix_properties(document, brief)
    written = io.BytesIO()
    document.save(written)
    return _same_every_time(written.getvalue())


class _Bookmarks:
    """Names for the rows that links lead to, short enough for Word, each its own."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def name(self, row: str) -> str:
        if row not in self.names:
            plain = re.sub(r"[^A-Za-z0-9_]", "_", anchor(row))
            self.names[row] = f"r{len(self.names)}_{plain}"[:_LONGEST_BOOKMARK]
        return self.names[row]


def _add(document: "Document", block: Block, marks: _Bookmarks) -> None:
    if isinstance(block, Heading):
        document.add_heading(_clean(block.text), level=block.level)
    elif isinstance(block, Paragraph):
        paragraph = document.add_paragraph()
        if block.row:
            _bookmark(paragraph, block.row, marks)
        _write(paragraph, block.line, marks)
    elif isinstance(block, Bullets):
        for line in block.lines:
            _write(document.add_paragraph(style="List Bullet"), line, marks)
    else:
        _add_table(document, block, marks)


def _add_table(document: "Document", block: Table, marks: _Bookmarks) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    table = document.add_table(rows=1, cols=len(block.head), style="Light Grid Accent 1")
    header = OxmlElement("w:tblHeader")  # repeats on every page
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for cell, text in zip(table.rows[0].cells, block.head, strict=True):
        cell.text = _clean(text)
    for row in block.rows:
        for cell, line in zip(table.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], line, marks)
    table.style.font.size = Pt(8.5)
    document.add_paragraph()


def _write(paragraph: Any, line: Line, marks: _Bookmarks) -> None:
    for index, span in enumerate(line):
        text = _clean(safe(span.text) if index == 0 else span.text)
        if span.row:
            _link(paragraph, text, marks.name(span.row))
        else:
            paragraph.add_run(text)


def _link(paragraph: Any, text: str, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    run = paragraph.add_run(text)
    run.font.underline = True
    colour = OxmlElement("w:color")
    colour.set(qn("w:val"), _LINK_COLOUR)
    run._r.get_or_add_rPr().append(colour)
    link.append(run._r)
    paragraph._p.append(link)


def _bookmark(paragraph: Any, row: str, marks: _Bookmarks) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    name = marks.name(row)
    number = name[1:].split("_", 1)[0]
    for element in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(element)
        mark.set(qn("w:id"), number)
        if element == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def _clean(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _fix_properties(document: "Document", brief: Brief) -> None:
    properties = document.core_properties
    moment = datetime(brief.today.year, brief.today.month, brief.today.day)
    properties.author = "comity"
    properties.title = _clean(brief.title)
    properties.comments = f"Run {brief.run}"
    properties.created = properties.modified = properties.last_printed = moment
    properties.last_modified_by = "comity"
    properties.revision = 1


def _same_every_time(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return written.getvalue()
