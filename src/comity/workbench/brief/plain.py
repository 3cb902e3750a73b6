"""A brief as JSON: all that it shows, as plain values."""

import json
from datetime import date
from typing import Any

from comity.workbench.brief.model import Brief


def to_json(brief: Brief) -> str:
    """Write the brief as one JSON object, its keys in a fixed order."""
    return json.dumps(plain(brief), ensure_ascii=False, indent=1) + "\n"


def plain(value: object) -> Any:
    """Turn records, tuples and days into what JSON has.

    >>> plain((date(2026, 5, 1), None))
    ['2026-05-01', None]
    """
    if isinstance(value, tuple) and hasattr(value, "_asdict"):  # a record
        return {name: plain(one) for name, one in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
