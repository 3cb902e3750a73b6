"""Whether a text is in English, the one language that the rules read."""

import re
from typing import Final

# Small words of English that are none of its neighbours'; of English prose they are about a quarter.
SMALL_WORDS: Final = frozenset(
    (
        *("the", "of", "and", "to", "that", "for", "with", "by", "from", "has", "have", "had", "were"),
        *("which", "not", "its", "their", "this", "would", "been", "be", "are"),
        *("she", "it", "they", "who", "but", "when", "after", "about", "there", "than"),
    )
)
LEAST_SHARE: Final = 0.08  # German, French and Spanish prose have under 0.04
FEWEST_WORDS: Final = 25  # in fewer, chance decides
_WORD: Final = re.compile(r"[^\W\d_]+")
_LOOKED_AT: Final = 100_000  # characters


def is_english(text: str) -> bool:
    """Tell whether a text looks like English; one of few words always does.

    Examples
    --------
    >>> is_english("Die Regierung verurteilte den Angriff auf das Nachbarland scharf. " * 5)
    False
    """
    words = [one.lower() for one in _WORD.findall(text[:_LOOKED_AT])]
    letters = sum(map(len, words))
    foreign = sum(len(one) for one in words if not one.isascii())
    if letters > 4 * FEWEST_WORDS and 2 * foreign > letters:
        return False
    if len(words) < FEWEST_WORDS:
        return True
    return sum(one in SMALL_WORDS for one in words) >= LEAST_SHARE * len(words)
