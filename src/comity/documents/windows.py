"""A document in windows: runs of its speaking blocks, each short enough for one question."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from comity.documents.document import Document

WINDOW: Final = 8_000  # characters; a few paragraphs, so that a noun and what it takes up stay together
PART: Final = 4_000  # characters of a block; a longer one is cut at a space


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or a piece of a long one: ``text[start:end]``; the id is its number in the document."""

    id: int
    start: int
    end: int
    kind: str
    holder: str


@dataclass(frozen=True, slots=True)
class Window:
    """Parts that are sent together."""

    parts: tuple[Part, ...]

    def start_of(self, id: int) -> int:
        """Where a part starts; of an id that was not sent, where the window does."""
        return next((one.start for one in self.parts if one.id == id), self.parts[0].start)


def windows(document: Document) -> Iterator[Window]:
    """Give the windows of a document, in order; what is silent is left out."""
    held: list[Part] = []
    length = 0
    for part in _parts(document):
        if held and length + part.end - part.start > WINDOW:
            yield Window(tuple(held))
            held, length = [], 0
        held.append(part)
        length += part.end - part.start
    if held:
        yield Window(tuple(held))


def _parts(document: Document) -> Iterator[Part]:
    number = 0
    for block in document.speaking():
        start = block.start
        while start < block.end:
            end = _cut(document.text, start, block.end)
            number += 1
            yield Part(number, start, end, block.kind, block.holder)
            start = end


def _cut(text: str, start: int, end: int) -> int:
    if end - start <= PART:
        return end
    for mark in (". ", " "):
        place = text.rfind(mark, start + PART // 2, start + PART)
        if place > start:
            return place + len(mark)
    return start + PART
