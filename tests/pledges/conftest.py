"""A builder of statements, with defaults that a test overrides."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from comity.pledges import Statement
from comity.provenance import Dating

Make = Callable[..., Statement]
DATES = ("made", "deadline", "period", "as_of", "said")


def span(text: str | None) -> Dating | None:
    """Read "2022-01-01..2022-12-31", with an open end where nothing stands."""
    if text is None:
        return None
    start, _, end = text.partition("..")
    return Dating(
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end if end or ".." in text else start) if end or ".." not in text else None,
        "year",
    )


@pytest.fixture(scope="session")
def make() -> Make:
    """Build a statement: Japan commits something to Ukraine, in document D of the first half of 2023."""

    def build(id: str = "P1", **changed: Any) -> Statement:
        values: dict[str, Any] = {
            "pledge_key": "aid",
            "kind": "commitment",
            "by": ("JPN",),
            "to": ("UKR",),
            "object": "aid",
            "stage": "committed",
            "said": "2023-01-01..2023-06-30",
            "source": "D",
        }
        values |= changed
        for name in DATES:
            values[name] = span(values.get(name))
        return Statement(id=id, **values)

    return build
