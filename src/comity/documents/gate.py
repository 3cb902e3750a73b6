"""The gate: a quotation that a coder gives enters only if the text really says it."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Final

from comity.documents.document import Document
from comity.documents.reflow import reflow
from comity.provenance import Passage, text_hash

FUZZY_SHARE: Final = 0.85  # of the quotation, found as one contiguous run
FUZZY_LONGEST: Final = 2_000  # characters of a quotation that is compared letter by letter
FUZZY_WINDOW: Final = 200_000  # characters of text that it is compared with
FUZZY_TRIES: Final = 2_000  # places of a quotation's middle that are looked at
_SEED: Final = 12  # characters that a fuzzy match shares word for word
_SAME: Final = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'"}
    | dict.fromkeys("–—−‑‐", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)
)


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation's place, and how it was found: exact, normalised or fuzzy."""

    char_start: int
    char_end: int
    verification: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A quotation that the text does not contain, and why."""

    quotation: str
    reason: str


@dataclass
class Gate:
    """Finds quotations in one document; what it finds equals the text at that place."""

    document: Document
    _folded: str = field(init=False, default="")
    _origin: list[int] = field(init=False, default_factory=list)
    _view: str = field(init=False, default="")
    _joined: list[str] = field(init=False, default_factory=list)
    _places: list[int] = field(init=False, default_factory=list)

    def find(self, quotation: str, *, near: int = 0) -> Found | Rejected:
        """Find a quotation: exactly, else normalised, else as one run of 85 % of it.

        Parameters
        ----------
        near : of several places, the first at or after this character is taken
        """
        wanted = quotation.strip()
        if not wanted:
            return Rejected(quotation, "the quotation is empty")
        text = self.document.text
        if (start := _first(text, wanted, near)) >= 0:
            return Found(start, start + len(wanted), "exact")
        self._prepare()
        folded = "".join(_fold(wanted))
        if not folded:
            return Rejected(quotation, "the quotation holds no letters")
        if (start := _first(self._folded, folded, bisect_left(self._origin, near))) >= 0:
            return self._at(start, start + len(folded), "normalised")
        return self._across(folded, near) or self._fuzzy(quotation, folded, near)

    def passage(self, found: Found) -> Passage:
        """Give the passage at a place that was found."""
        block = self.document.block_at(found.char_start)
        words = self.document.text[found.char_start : found.char_end]
        return Passage(
            self.document.id,
            block.number if block else 1,
            found.char_start,
            found.char_end,
            text_hash(words),
        )

    def _across(self, folded: str, near: int) -> Found | None:
        """Find a sentence that a page's end breaks: what stands between is in the passage, too."""
        if not self._joined:
            for view in reflow(self.document):
                for sign, place in zip(view.text, view.origin, strict=True):
                    folds = [" "] if sign.isspace() else _fold_sign(sign)
                    self._joined += folds
                    self._places += [place] * len(folds)
                self._joined.append("\n")  # no quotation goes from one view into the next
                self._places.append(self._places[-1] if self._places else 0)
            self._view = "".join(self._joined)
        start = _first(self._view, folded, bisect_left(self._places, near))
        if start < 0:
            return None
        return Found(self._places[start], self._places[start + len(folded) - 1] + 1, "normalised")

    def _fuzzy(self, quotation: str, folded: str, near: int) -> Found | Rejected:
        if len(folded) > FUZZY_LONGEST:
            return Rejected(quotation, f"not in the text; longer than {FUZZY_LONGEST:,} characters")
        if len(folded) < _SEED:
            return Rejected(quotation, "not in the text")
        need = int(len(folded) * FUZZY_SHARE + 0.999)
        best: tuple[int, int] = (0, 0)
        # A run of 85 % holds the middle of the quotation: from each place that does, it grows both ways.
        middle = len(folded) // 2 - _SEED // 2
        seed = folded[middle : middle + _SEED]
        low = max(0, bisect_left(self._origin, near) - FUZZY_WINDOW)
        place = self._folded.find(seed, low)
        tries = 0
        while place >= 0 and tries < FUZZY_TRIES:
            start, length = self._run(folded, middle, place)
            if length > best[1]:
                best = (start, length)
            place, tries = self._folded.find(seed, place + 1), tries + 1
        if best[1] >= need:
            return self._at(best[0], best[0] + best[1], "fuzzy")
        return Rejected(quotation, f"not in the text, nor any run of {FUZZY_SHARE:.0%} of it")

    def _run(self, folded: str, middle: int, place: int) -> tuple[int, int]:
        """Where the run of equal characters through a shared middle starts, and how long it is."""
        left = _shared(folded[:middle][::-1], self._folded[max(0, place - middle) : place][::-1])
        right = _shared(folded[middle:], self._folded[place : place + len(folded) - middle])
        return place - left, left + right

    def _at(self, start: int, end: int, how: str) -> Found:
        while end > start + 1 and self._folded[end - 1] == " ":
            end -= 1
        while start < end - 1 and self._folded[start] == " ":
            start += 1
        return Found(self._origin[start], self._origin[end - 1] + 1, how)

    def _prepare(self) -> None:
        """Fold the text once: quotation marks, dashes, spaces and case made alike."""
        if self._origin:
            return
        characters: list[str] = []
        blank = True
        for place, sign in enumerate(self.document.text):
            if sign.isspace():
                if not blank:
                    characters.append(" ")
                    self._origin.append(place)
                blank = True
                continue
            for one in _fold_sign(sign):
                characters.append(one)
                self._origin.append(place)
                blank = False
        self._folded = "".join(characters)


def _first(text: str, wanted: str, near: int) -> int:
    start = text.find(wanted, near)
    return start if start >= 0 else text.find(wanted)


def _shared(one: str, other: str) -> int:
    """How many characters two texts share from their start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _fold(text: str) -> list[str]:
    return [one for sign in re.sub(r"\s+", " ", text.strip()) for one in _fold_sign(sign)]


def _fold_sign(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    return unicodedata.normalize("NFKC", sign.translate(_SAME)).casefold()
