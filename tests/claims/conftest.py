"""Builders of claims and quotations, with defaults that a test overrides."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from comity.claims import Claim, Quote
from comity.claims.eras import Span
from comity.provenance import Dating, Passage, text_hash

# "old" and "new" do not meet; "early" reaches into "old"; "general" has no days.
ERAS: dict[str, Span] = {
    "old": (date(2012, 1, 1), date(2021, 12, 31)),
    "early": (date(2010, 1, 1), date(2014, 12, 31)),
    "new": (date(2022, 1, 1), None),
    "future": (date(2024, 1, 1), None),
    "general": (None, None),
}


@pytest.fixture(scope="session")
def eras() -> dict[str, Span]:
    return ERAS


@pytest.fixture(scope="session")
def make() -> Callable[..., Claim]:
    """Build a claim: by author ONE, Russia hindered Japan and NATO in the old days."""

    def build(id: str = "C1", holder: str = "A.ONE", direction: str = "-", **changed: Any) -> Claim:
        values: dict[str, Any] = {
            "kind": "causal",
            "era": "old",
            "paraphrase": "Russia stood in the way.",
            "source": "D",
            "tie": ("JPN", "NATO"),
            "cause": ("RUS",),
        }
        return Claim(id=id, holder=tuple(holder.split(";")), direction=direction, **(values | changed))

    return build


@pytest.fixture(scope="session")
def say() -> Callable[..., Quote]:
    """Build a quotation: Kishida says the words `said` on some day."""

    def build(id: str = "Q1", said: str = "", day: date | None = None, **changed: Any) -> Quote:
        values: dict[str, Any] = {
            "mode": "direct",
            "dating": Dating(day, day, "day" if day else "unknown", "stated" if day else "none"),
            "paraphrase": "It may happen here.",
            "source": "D",
            "line_key": "LINE",
            "speaker": ("JPN.KISHIDA",),
            "said": Passage("D", 1, 0, len(said), text_hash(said)) if said else None,
        }
        return Quote(id=id, **(values | changed))

    return build
