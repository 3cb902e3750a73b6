"""Quotations in running text: what stands in marks, who says it, in which way, where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from comity.documents.parties import Party, Token

_MARKS: Final = re.compile(
    r"“(?P<a>[^“”]{2,1500})”|(?<![\w\"])\"(?P<b>[^\"\n]{2,1500})\"(?!\w)"
    r"|(?<!\w)‘(?P<c>[^‘’]{2,300}(?:’\w+[^‘’]*)*)’(?!\w)"
    r"|«(?P<d>[^«»]{2,1500})»|``(?P<e>.{2,800}?)''"
)
_OPENING: Final = re.compile('[“"‘«]|``')
_TERM_WORDS: Final = 4  # a shorter quotation that nobody says is a label
_NAMING: Final = re.compile(
    r"\b(?:so-called|called|termed|known as|dubbed|described as|characterized as|labell?ed)\s+"
    r"(?:an?\s+|the\s+)?$"
)
_VENUES: Final = ("at", "before", "in", "during", "to")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in quotation marks: their place in the text that was read, without the marks."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Saying:
    """How a quotation is brought in: the verb or noun, the speakers, the mode."""

    token: Token | None
    speakers: tuple[Party, ...]
    mode: str
    name: str = ""  # as printed, of a speaker who is not known


def find_marked(text: str, within: int | None = None) -> Iterator[Marked]:
    """Find words in quotation marks; of those that begin after `within` characters none."""
    before = len(text) if within is None else within
    if not _OPENING.search(text, 0, before):
        return
    for match in _MARKS.finditer(text):
        name = match.lastgroup or "a"
        words = match.group(name)
        start = match.start(name) + len(words) - len(words.lstrip())
        stripped = words.strip().rstrip(",")
        if start >= before:
            return
        if stripped:
            yield Marked(start, start + len(stripped))


def is_naming(text: str, start: int) -> bool:
    """Whether the words before a quotation say that it is a name for something."""
    return bool(_NAMING.search(text[max(0, start - 40) : start].rstrip("“\"‘'«`")))


def venue_of(verb: Token) -> str:
    """Where it was said, as printed: "at the summit in X"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in _VENUES:
            words = [one for one in child.subtree if one.i > child.i]
            named = [one for one in words if one.pos_ == "PROPN"]
            if named and len(words) <= 12:
                text: str = words[0].doc[words[0].i : words[-1].i + 1].text
                return text
    return ""


def is_term(words: str, saying: Saying) -> bool:
    """Whether a quotation is a label, not something that was said."""
    return saying.token is None and len(words.split()) <= _TERM_WORDS
