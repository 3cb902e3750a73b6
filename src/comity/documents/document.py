"""A document: its text, untouched, and the blocks that the text falls into."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from comity.provenance import BadValueError, text_hash

BLOCK_KINDS: Final = (
    "title",
    "caption",
    "body",
    "question",
    "reference",
    "biography",
    "repeat",  # a caption or standfirst that stood before
    "notice",  # page numbers, disclaimers, labels
)
_HEADING: Final = re.compile(r"^#{1,6}\s+")
SILENT_KINDS: Final = ("reference", "biography", "repeat", "notice")  # nothing is coded from these


@dataclass(frozen=True, slots=True)
class Block:
    """One non-empty line of the text: ``text[start:end]``, counted from 1."""

    number: int
    start: int
    end: int
    kind: str
    holder: str = ""  # in an interview: who speaks, by name

    def __post_init__(self) -> None:
        if self.kind not in BLOCK_KINDS:
            raise BadValueError(f"block kind {self.kind!r}", allowed=f"One of {', '.join(BLOCK_KINDS)}.")


@dataclass(frozen=True)
class Document:
    """A text with its blocks; ``written`` is the window of days in which it was written."""

    id: str
    text: str
    blocks: tuple[Block, ...]
    written: tuple[date | None, date | None] = (None, None)

    @cached_property
    def sha256(self) -> str:
        """The hash of the text."""
        return text_hash(self.text)

    @property
    def title(self) -> str:
        """The first title block, without the signs of a Markdown heading; empty if there is none."""
        words = next((self.words(one) for one in self.blocks if one.kind == "title"), "")
        return _HEADING.sub("", words)

    def words(self, block: Block) -> str:
        """The text of a block."""
        return self.text[block.start : block.end]

    def speaking(self) -> Iterator[Block]:
        """The blocks from which rows may be coded."""
        return (one for one in self.blocks if one.kind not in SILENT_KINDS)

    def block_at(self, position: int) -> Block | None:
        """The last block that starts at or before a character."""
        after = bisect_right(self._starts, position)
        return self.blocks[after - 1] if after else None

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.blocks]
