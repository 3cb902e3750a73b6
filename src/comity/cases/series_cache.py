"""A sound series.csv as arrays, kept in the user's data folder: parsing it takes longer than what follows."""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from comity.cases.shelf import home_folder
from comity.events import MonthlyScores

FORMAT: Final = "comity.series/1"
WHOLE: Final = ("pair", "month", "days", "friendly_days", "hostile_days")  # columns of whole numbers
BROKEN: Final = 2  # columns of numbers that are not whole: total, size


def recall(mark: str, editions: Mapping[str, str]) -> tuple[MonthlyScores, frozenset[str]] | None:
    """Give the scores of a file with this hash, and its sources; nothing if none are kept whole."""
    try:
        head, _, body = _path(mark).read_bytes().partition(b"\n")
        kept = json.loads(head)
        if kept["format"] != FORMAT or kept["body"] != hashlib.sha256(body).hexdigest():
            return None
        return _scores(kept, body, editions), frozenset(kept["sources"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(mark: str, scores: MonthlyScores, sources: frozenset[str]) -> None:
    """Write the scores of a file whole or not at all; where that is not allowed, only time is lost."""
    whole = np.array([getattr(scores, name) for name in WHOLE], dtype="<i8").tobytes()
    body = whole + np.array([scores.total, scores.size], dtype="<f8").tobytes()
    head = {
        "format": FORMAT,
        "body": hashlib.sha256(body).hexdigest(),
        "pairs": scores.pairs,
        "sources": sorted(sources),
        "span": [scores.first_day.isoformat(), scores.last_day.isoformat()],
        "missing": sorted(scores.missing.items()),
    }
    path = _path(mark)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(head).encode() + b"\n" + body)
        Path(draft).replace(path)


def _scores(kept: Mapping[str, Any], body: bytes, editions: Mapping[str, str]) -> MonthlyScores:
    entries = len(body) // 8 // (len(WHOLE) + BROKEN)
    whole = np.frombuffer(body, "<i8", entries * len(WHOLE)).reshape(len(WHOLE), entries)
    broken = np.frombuffer(body, "<f8", offset=whole.nbytes).reshape(BROKEN, entries)
    first, last = (date.fromisoformat(one) for one in kept["span"])
    return MonthlyScores(
        pairs=tuple((str(a), str(b)) for a, b in kept["pairs"]),
        pair=whole[0],
        month=whole[1],
        days=whole[2],
        friendly_days=whole[3],
        hostile_days=whole[4],
        total=broken[0],
        size=broken[1],
        first_day=first,
        last_day=last,
        missing={int(month): int(days) for month, days in kept["missing"]},
        editions=editions,
    )


def _path(mark: str) -> Path:
    return home_folder() / "cache" / "series" / f"{mark}.bin"
