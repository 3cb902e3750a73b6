"""Names made comparable, and the names nearest to one that is unknown."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

MAX_NAME: Final = 200  # characters; a longer text is no name, and comparing it would take long
NEAREST: Final = 3
CLOSE_ENOUGH: Final = 0.6  # difflib's own default
COMPARED: Final = 60  # names that are compared letter by letter, after a rough choice

# Letters that decomposition leaves alone, in the spelling that English texts use.
_LETTERS: Final = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
_DROPPED: Final = ".'’‘ʼʻ`´"
_PLAIN: Final = str.maketrans(
    _LETTERS
    | {chr(code): " " for code in range(128) if not chr(code).isalnum()}
    | dict.fromkeys(_DROPPED, "")
    | {"&": " and "}
)
_SEPARATOR: Final = re.compile(r"[\W_]+")
_AMERICAN: Final = {
    "organisation": "organization",
    "defence": "defense",
    "centre": "center",
    "programme": "program",
    "labour": "labor",
}
# Words before a person's name that are no part of it; the longest first.
_TITLES: Final = tuple(
    sorted(
        (
            *("president", "vice president", "prime minister", "premier", "chancellor", "minister"),
            *("foreign minister", "defense minister", "finance minister", "secretary", "secretary general"),
            *("secretary of state", "secretary of defense", "chief cabinet secretary", "high representative"),
            *("king", "queen", "emperor", "pope", "general", "ambassador", "mr", "mrs", "ms", "dr"),
        ),
        key=lambda title: (-len(title), title),
    )
)


@lru_cache(maxsize=65_536)
def normalise(name: str) -> str:
    """Reduce a name to what is compared: no case, accents, dots, apostrophes or leading "the".

    British and American spellings of the words that names of organisations use become the same.

    Examples
    --------
    >>> normalise("The U.S.A."), normalise("Côte d’Ivoire"), normalise("Ministry of Defence")
    ('usa', 'cote divoire', 'ministry of defense')
    """
    if name.isascii():
        plain = name.lower().translate(_PLAIN)
    else:
        parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        plain = "".join(one for one in parts if not unicodedata.combining(one)).translate(_PLAIN)
        plain = _SEPARATOR.sub(" ", plain)
    words = [_AMERICAN.get(word, word) for word in plain.split()]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words).replace("co operation", "cooperation")


def readings(key: str) -> Iterator[tuple[str, str]]:
    """Give a normalised name and what is left of it without a title or the word "government".

    With each comes the kind of actor that it then can name; empty for any kind.

    Examples
    --------
    >>> list(readings("president obama")), list(readings("japanese government"))
    ([('president obama', ''), ('obama', 'person')], [('japanese government', ''), ('japanese', 'state')])
    """
    yield key, ""
    for title in _TITLES:
        if key.startswith(f"{title} "):
            yield key.removeprefix(f"{title} "), "person"
            break
    if key.endswith(" government"):
        yield key.removesuffix(" government"), "state"
    elif key.startswith("government of "):
        yield key.removeprefix("government of ").removeprefix("the "), "state"


def orders(name: str) -> tuple[str, ...]:
    """Give a person's full name, normalised, with the family name first and last.

    Examples
    --------
    >>> orders("Kishida Fumio"), orders("Kim Jong Un")
    (('kishida fumio', 'fumio kishida'), ('kim jong un', 'un kim jong', 'jong un kim'))
    """
    words = normalise(name).split()
    turned = [words, words[-1:] + words[:-1], words[1:] + words[:1]]
    return tuple(dict.fromkeys(" ".join(one) for one in turned if one))


def nearest(name: str, known: Iterable[str], *, count: int = NEAREST) -> Sequence[str]:
    """Choose the known names most like `name`, all normalised; the closest first."""
    key = normalise(name[:MAX_NAME])
    if not key:
        return []
    pairs = _pairs(key)
    rough = sorted((-_overlap(pairs, _pairs(one)), one) for one in known)[:COMPARED]
    scored = sorted((-SequenceMatcher(None, one, key).ratio(), one) for _, one in rough)
    return [one for score, one in scored if -score >= CLOSE_ENOUGH][:count]


def _pairs(key: str) -> frozenset[str]:
    padded = f" {key} "
    return frozenset(padded[place : place + 2] for place in range(len(padded) - 1))


def _overlap(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))
