"""Markup of a figure: escaped text, rounded numbers, links, and the style that figures share."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSAFE_IN_ANCHOR = re.compile(r"[^A-Za-z0-9_.-]")
# Helvetica's advance widths in thousandths of the font size (Adobe's metrics), for placing labels.
_WIDTHS: Final = {
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys("ftI .,:;!/[]()-r", 300),
    **dict.fromkeys("mMW@%—", 880),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("cksvxyzJ", 505),
}
_USUAL_WIDTH: Final = 575


@cache
def style() -> str:
    """Read the style of all figures, on one line."""
    sheet = files("comity.figures").joinpath("data", "figure.css").read_text(encoding="utf-8")
    return " ".join(sheet.split())


def escape(text: str) -> str:
    """Make a text safe inside XML, in content and in attributes.

    Examples
    --------
    >>> escape('<a & "b">')
    '&lt;a &amp; &quot;b&quot;&gt;'
    """
    plain = _ILLEGAL.sub("\ufffd", text)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        plain = plain.replace(sign, entity)
    return plain


def anchor(row: str) -> str:
    """Turn any row id into a part of an address; different ids stay different.

    Examples
    --------
    >>> anchor("E000-01"), anchor("a b")
    ('E000-01', 'a~20.b')
    """
    return _UNSAFE_IN_ANCHOR.sub(lambda sign: f"~{ord(sign.group()):x}.", row)


def number(value: float) -> str:
    """Write a coordinate with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def tag(element: str, *children: str, **attributes: str | float | None) -> str:
    """Write one element; children are markup, attribute values are escaped here."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="'
        f'{escape(value) if isinstance(value, str) else number(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{element}{written}>{inner}</{element}>" if inner else f"<{element}{written}/>"


def words(x: float, y: float, text: str, class_: str = "", **attributes: str | float | None) -> str:
    """Write a line of text at a place."""
    return tag("text", escape(text), x=x, y=y, class_=class_ or None, **attributes)


def link(address: str, label: str, *children: str) -> str:
    """Make marks a link that a keyboard reaches and a screen reader says."""
    return tag("a", tag("title", escape(label)), *children, href=address, aria_label=label)


@cache
def text_width(text: str, size: float = 12.0) -> float:
    """Estimate how wide a text will be, in the figure's units."""
    return sum(_WIDTHS.get(sign, _USUAL_WIDTH) for sign in text) * size / 1000


def shorten(text: str, width: float, size: float = 12.0) -> str:
    """Cut a text to a width, with an ellipsis where something went."""
    if text_width(text, size) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(text: str, width: float, size: float = 12.0, lines: int = 2) -> list[str]:
    """Break a text between words into at most `lines` lines; the last one is cut."""
    broken: list[str] = []
    current = ""
    for word in text.split():
        longer = f"{current} {word}".strip()
        if current and text_width(longer, size) > width:
            broken.append(current)
            current = word
        else:
            current = longer
    broken.append(current)
    if len(broken) > lines:
        broken = [*broken[: lines - 1], " ".join(broken[lines - 1 :])]
    return [shorten(line, width, size) for line in broken]


def figure(
    parts: Iterable[str], *, name: str, title: str, description: str, width: float, height: float
) -> str:
    """Put the parts of a figure into one standalone SVG document."""
    own = anchor(name)
    return tag(
        "svg",
        tag("title", escape(title), id=f"{own}-title"),
        tag("desc", escape(description), id=f"{own}-desc"),
        tag("style", style()),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_="cf",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="group",
        aria_labelledby=f"{own}-title",
        aria_describedby=f"{own}-desc",
    )
