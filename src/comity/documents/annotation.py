"""One annotation as a file gives it: a place, by words or by characters, and what is coded there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from comity.documents.intake import FIELDS
from comity.provenance import BadValueError

MAX_BYTES: Final = 64 * 1024 * 1024
MOST: Final = 200_000  # annotations in one file
LONGEST: Final = 20_000  # characters of a quotation; the gate finds no longer one that is not exact
CONTEXT: Final = 32  # characters before and after that tell apart words that stand twice
NAMED_LAYERS: Final = {"event": "event", "pledge": "pledge", "quote": "quote", "quotation": "quote"}
TELLING: Final = ("kind", "event_type", "pledge_kind")  # a layer with such a feature holds coding
_NO_LETTERS: Final = re.compile(r"[^a-z]")
_SQUEEZED: Final = {_NO_LETTERS.sub("", one): one for one in (*FIELDS, "said")}


@dataclass(frozen=True, slots=True)
class Target:
    """Where an annotation points: words, a place, or both; then they should agree."""

    words: str = ""
    start: int | None = None  # characters, half-open
    end: int | None = None
    before: str = ""  # what stands before the words, to tell apart places
    after: str = ""
    units: bool = False  # the place may be meant in UTF-16 code units, as browsers count

    def __post_init__(self) -> None:
        placed = self.start is not None and self.end is not None
        if (self.start is None) != (self.end is None):
            raise BadValueError("half a place", allowed="char_start and char_end.")
        if not self.words.strip() and not placed:
            raise BadValueError("no quotation and no place")
        if max(map(len, (self.words, self.before, self.after))) > LONGEST:
            raise BadValueError(f"a quotation of {len(self.words):,} characters", allowed=f"{LONGEST:,}.")
        if placed and not 0 <= (self.start or 0) < (self.end or 0):
            raise BadValueError(f"a passage cannot run from {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is coded at one place or several of a document; `fields` by the names of the intake."""

    where: str  # file and line or number, for messages
    document: str  # the name by which the file knows the text; empty if it does not say
    targets: tuple[Target, ...]
    fields: dict[str, object] = field(default_factory=dict)
    said: Target | None = None


@dataclass
class Annotations:
    """The annotations of a file, and what of it is none: faulty ones, and layers without coding."""

    found: list[Annotation] = field(default_factory=list)
    refused: list[tuple[str, str, str]] = field(default_factory=list)  # where, document, reason
    set_aside: dict[str, int] = field(default_factory=dict)  # layer or part -> how many

    def refuse(self, where: str, document: str, error: Exception) -> None:
        """List a faulty annotation."""
        allowed = getattr(error, "allowed", "")
        self.refused.append((where, document, " ".join(filter(None, (getattr(error, "what", ""), allowed)))))

    def leave(self, what: str) -> None:
        """Count something that is no coding."""
        self.set_aside[what] = self.set_aside.get(what, 0) + 1

    def add(self, others: "Annotations") -> None:
        """Take in what another part of the file gave."""
        self.found += others.found
        self.refused += others.refused
        for name, count in others.set_aside.items():
            self.set_aside[name] = self.set_aside.get(name, 0) + count


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but white space."""
    return one.split() == other.split()


def field_of(feature: str) -> str:
    """The field that a feature of a layer means; empty if none.

    >>> field_of("eventType"), field_of("Event_Type"), field_of("colour")
    ('event_type', 'event_type', '')
    """
    return _SQUEEZED.get(_NO_LETTERS.sub("", feature.lower()), "")


def is_coding(layer: str, features: Iterable[str]) -> bool:
    """Whether a layer holds coding: by its name, or by a feature that tells what a row is."""
    return layer.lower() in NAMED_LAYERS or any(field_of(one) in TELLING for one in features)
