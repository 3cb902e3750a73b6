"""What a text may hold: no control characters, and nothing that a reader's program might run."""

import re
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")
_FORMULA: Final = re.compile(r"\s*(?:[=@]|[+-](?![\d.eE+-]*\s*$))")
_MARKUP: Final = re.compile(r"<[a-zA-Z/!?]")
SHOWN: Final = 60  # characters of a faulty value in a message


def has_control(text: str) -> bool:
    """Tell whether a text holds control characters; line breaks and tabs are none.

    >>> has_control("a bell\\x07"), has_control("two\\nlines")
    (True, False)
    """
    return bool(_CONTROL.search(text))


def looks_active(text: str) -> bool:
    """Tell whether a spreadsheet could take a text for a formula, or a browser for markup.

    >>> looks_active("=1+1"), looks_active("<b>"), looks_active("-1.5"), looks_active("a < b")
    (True, True, False, False)
    """
    return bool(_FORMULA.match(text) or _MARKUP.search(text))


def shown(value: str) -> str:
    """Quote a value for a message, cut where it is long."""
    return repr(value) if len(value) <= SHOWN else f"{value[:SHOWN]!r}…"
