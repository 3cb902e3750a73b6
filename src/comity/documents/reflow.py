"""A view of a text for parsing: broken sentences joined, with the way back for every character."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from comity.documents.blocks import looks_like_heading
from comity.documents.document import Block, Document

TERMINAL: Final = (".", "!", "?", "”", '"', ":", ")", "’", "…", "»")
LONG_LINE: Final = 45  # characters; a shorter line that ends without a stop is a heading or a label
LONGEST_SENTENCE: Final = 1_500  # characters; what has no stop in as many is a list, and ends with its line
_STOP: Final = re.compile(r"[.!?:;]\s")
_HYPHEN: Final = re.compile(r"[^\W\d_]-$")
_SPACES: Final = re.compile(r"\s+")
_UNSEEN: Final = re.compile(r"(?<=\w)[\u00ad\u200b\u200c\u200d\u2060\ufeff]+(?=\w)")  # within a word


@dataclass(frozen=True, slots=True)
class Reflow:
    """Joined text; ``origin[i]`` is the place of its character i in the untouched text."""

    text: str
    origin: tuple[int, ...]
    blocks: tuple[Block, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the untouched text of ``text[start:end]``."""
        return self.origin[start], self.origin[end - 1] + 1


def reflow(document: Document) -> Iterator[Reflow]:
    """Give the speaking blocks, those that one sentence runs through joined.

    Every character of a view but the spaces that join lines stands at its place in the text; what nobody sees
    within a word is left out.
    """
    group: list[Block] = []
    for block in document.speaking():
        if group and not _runs_on(document.words(group[-1]), group[-1], document.words(block), block):
            yield _join(document.text, group)
            group = []
        group.append(block)
    if group:
        yield _join(document.text, group)


def _runs_on(words: str, block: Block, next_words: str, next_block: Block) -> bool:
    """Whether a sentence goes on from one block into the next."""
    if words.endswith(TERMINAL) or next_block.kind in ("title", "caption", "question"):
        return words.endswith(",") and next_block.kind == "body"
    if block.kind == "title":
        return next_words[0].islower() and next_block.kind == "body"
    if next_words[0].islower() or words.endswith((",", "-")):
        return True
    if len(words) > LONGEST_SENTENCE and not _STOP.search(words, len(words) - LONGEST_SENTENCE):
        return False
    return len(words) >= LONG_LINE and not looks_like_heading(words)


def _join(text: str, blocks: Sequence[Block]) -> Reflow:
    characters: list[str] = []
    origin: list[int] = []
    for i, block in enumerate(blocks):
        if i:
            before = blocks[i - 1]
            if _HYPHEN.search(text[before.start : before.end]) and text[block.start].islower():
                characters.pop()
                origin.pop()
            else:
                characters.append(" ")
                origin.append(before.end)
        words = text[block.start : block.end]
        position = 0
        for gap in _SPACES.finditer(words):
            characters.extend(words[position : gap.start()])
            origin.extend(range(block.start + position, block.start + gap.start()))
            characters.append(" ")
            origin.append(block.start + gap.start())
            position = gap.end()
        characters.extend(words[position:])
        origin.extend(range(block.start + position, block.start + len(words)))
    joined = "".join(characters)
    for unseen in reversed(list(_UNSEEN.finditer(joined))):
        del characters[unseen.start() : unseen.end()], origin[unseen.start() : unseen.end()]
    return Reflow("".join(characters), tuple(origin), tuple(blocks))
