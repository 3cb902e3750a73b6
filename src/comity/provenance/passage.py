"""The place in a document that a coded row stands on."""

import hashlib
from dataclasses import dataclass
from typing import Final

from comity.provenance.errors import BadValueError, ComityError

HASH_LENGTH: Final = 64


def text_hash(text: str) -> str:
    """Hash a text: SHA-256 of its UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class PassageMismatchError(ComityError):
    """The text at a passage's place is not the text that was coded."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters ``[char_start, char_end)`` of a document, and the hash of what stands there.

    The words themselves belong to their author and are not kept; ``words`` finds them again in a
    text that the reader has, and checks them.
    """

    document: str
    paragraph: int
    char_start: int
    char_end: int
    sha256: str

    def __post_init__(self) -> None:
        if not 0 <= self.char_start < self.char_end:
            raise BadValueError(f"a passage cannot run from {self.char_start} to {self.char_end}")
        if len(self.sha256) != HASH_LENGTH:
            raise BadValueError(
                f"{self.sha256!r} is not a SHA-256", allowed=f"{HASH_LENGTH} hexadecimal digits."
            )

    def words(self, text: str) -> str:
        """Return the words at this place in `text`.

        Raises
        ------
        PassageMismatchError : the place lies outside the text, or other words stand there
        """
        words = text[self.char_start : self.char_end]
        if text_hash(words) != self.sha256:
            raise PassageMismatchError(
                "the passage is not what was coded",
                where=f"document {self.document}, characters {self.char_start} to {self.char_end}",
                remedy="The document was changed after coding, or it is another edition.",
            )
        return words
