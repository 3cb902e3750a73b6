"""What moved the tie: the answers of `comity factor` as bars, each of which opens its rows."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from comity.provenance import UnreadableFileError, UsageError
from comity.workbench.brief.desk import Desk
from comity.workbench.brief.gap_parts import FactorLine, FactorPart
from comity.workbench.brief.span import Count
from comity.workbench.brief.words import clip, many, signed

MOST_BYTES: Final = 8_000_000
MOST_BARS: Final = 12  # third parties drawn one by one; the others are one bar
MOST_ROWS: Final = 25  # acts listed behind one bar; the number of all stands beside them
NOT_PROOF: Final = (
    "These parts account for the change exactly under the fitted model; they do not prove a cause."
)
PLAIN_PARTS: Final = (  # the parts that are no third party, in the order in which they are drawn
    ("own_history", "Own history", "acts between the two in the time between"),
    ("eras", "Eras", "other coefficients after than before"),
    ("covariates", "Covariates", "numbers brought from outside"),
    ("rounding", "Rounding", "what statistics cut off"),
    ("system", "System", "all other pairs together, as risk set"),
)

Answer = Mapping[str, Any]


def read_answer(path: Path) -> Answer:
    """Read what `comity factor --json` wrote.

    Raises
    ------
    UnreadableFileError : no such file, or not such an answer
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFileError(f"{path} is too large", allowed=f"At most {MOST_BYTES:,} bytes.")
        answer = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise UnreadableFileError(
            f"{path} is no JSON", remedy="Write it with: comity factor … --json"
        ) from None
    lacking = (
        [name for name in ("pair", "total", "third_parties") if name not in answer]
        if isinstance(answer, dict)
        else ["pair"]
    )
    if lacking:
        raise UnreadableFileError(
            f"{path} is no answer of comity factor: it lacks {', '.join(lacking)}",
            remedy="Write it with: comity factor … --json",
        )
    return answer  # type: ignore[no-any-return]


def digest(answers: Sequence[Answer]) -> str:
    """Mark the answers, so that a run that used others has another id."""
    text = json.dumps(list(answers), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def factor_lines(desk: Desk, answers: Sequence[Answer]) -> tuple[tuple[FactorLine, ...], list[Count]]:
    """Turn answers on the two into bars and the lists that these open.

    Raises
    ------
    UsageError : an answer is about another pair
    """
    lines, counts = [], []
    for place, answer in enumerate(answers, 1):
        ends = _pair(desk, answer["pair"])
        if frozenset(ends) != desk.pair:
            asked = " and ".join(desk.name(one) for one in (desk.a, desk.b))
            raise UsageError(
                f"the factors are those of {' and '.join(ends) or 'nobody'}, this brief is on {asked}"
            )
        line, behind = _line(desk, answer, f"factor-{place}")
        lines.append(line)
        counts += behind
    return tuple(lines), counts


def _pair(desk: Desk, pair: object) -> list[str]:
    ends = list(pair.values()) if isinstance(pair, Mapping) else pair
    return [desk.case.events.canonical(str(end)) for end in ends] if isinstance(ends, list) else []


def _line(desk: Desk, answer: Answer, name: str) -> tuple[FactorLine, list[Count]]:
    ends = " → ".join(desk.name(end) for end in _pair(desk, answer["pair"]))
    title = f"{ends}, from {_period(answer.get('before'))} to {_period(answer.get('after'))}"
    account = str(answer.get("account") or "instant")
    unit = f"Change of the tie by its parts, {clip(account, 40)} account"
    if answer.get("refused"):
        notes = (f"Declined: {clip(str(answer['refused']), 300)}",)
        return FactorLine(title, unit, 0.0, (), notes), []
    parts: list[FactorPart] = []
    counts: list[Count] = []
    plain = [_plain(answer, name, *one) for one in PLAIN_PARTS]
    thirds = sorted(
        (one for one in answer["third_parties"] if isinstance(one, Mapping)),
        key=lambda one: (-abs(_number(one.get("value"))), str(one.get("actor"))),
    )
    for one in thirds[:MOST_BARS]:
        part, count = _third(desk, one, name)
        parts.append(part)
        counts.append(count)
    rest = thirds[MOST_BARS:]
    if rest:
        row = f"{name}-rest"
        named = ", ".join(desk.name(str(one.get("actor"))) for one in rest)
        value = math.fsum(_number(one.get("value")) for one in rest)
        parts.append(FactorPart(f"{len(rest)} more third parties", value, None, None, "", row))
        counts.append(Count(row, f"The others together: {clip(named, 400)}", _rows(rest)))
    first, *others = [part for part, _ in plain]
    counts = [plain[0][1], *counts, *(count for _, count in plain[1:])]
    parts = [first, *parts, *others]
    return FactorLine(title, unit, _number(answer["total"]), tuple(parts), _notes(answer, thirds)), counts


def _third(desk: Desk, one: Answer, name: str) -> tuple[FactorPart, Count]:
    actor = str(one.get("actor"))
    row = f"{name}-{actor}"
    shares = [
        f"{what} {signed(_number(one[what]))}" for what in ("triads", "degrees") if _known(one.get(what))
    ]
    least = one.get("smallest_detectable")
    if _known(least):
        shares.append(f"could have shown {abs(_number(least)):.2f}")
    low, high = (_number(one[end]) if _known(one.get(end)) else None for end in ("low", "high"))
    part = FactorPart(desk.name(actor), _number(one.get("value")), low, high, "; ".join(shares), row)
    ids = _rows([one])
    events = one.get("events")
    total = len(events) if isinstance(events, list) else 0
    label = f"{desk.name(actor)} in {name}: {many(total, 'act')}"
    return part, Count(row, f"{label}, {len(ids)} of which are" if total > len(ids) else label, ids)


def _plain(answer: Answer, name: str, key: str, label: str, note: str) -> tuple[FactorPart, Count]:
    given = answer.get(key)
    value = given.get("value", 0.0) if isinstance(given, Mapping) else given
    ids = _rows([given]) if isinstance(given, Mapping) else ()
    row = f"{name}-{key}"
    told = "" if ids else "; it rests on the model as a whole, not on single rows"
    return FactorPart(label, _number(value), None, None, note, row), Count(row, f"{label}: {note}{told}", ids)


def _notes(answer: Answer, thirds: Sequence[Answer]) -> tuple[str, ...]:
    notes = []
    if isinstance(answer.get("n_acts"), int):
        notes.append(f"From {many(answer['n_acts'], 'act')}.")
    if answer.get("coefficients_from"):
        notes.append(f"Coefficients from: {clip(str(answer['coefficients_from']), 300)}.")
    if any(_known(one.get("smallest_detectable")) for one in thirds):
        notes.append("“Could have shown” is the smallest part that these data could have told from none.")
    return (*notes, NOT_PROOF)


def _rows(parts: Sequence[Answer]) -> tuple[str, ...]:
    events = [id for one in parts for id in (one.get("events") or ()) if isinstance(id, str)]
    return tuple(dict.fromkeys(events))[:MOST_ROWS]


def _known(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _number(value: object) -> float:
    return float(value) if _known(value) else 0.0  # type: ignore[arg-type]


def _period(given: object) -> str:
    if isinstance(given, Mapping):
        given = [given.get(name) for name in ("start", "end", "date_start", "date_end") if given.get(name)]
    ends = [str(one) for one in given] if isinstance(given, list) else [str(given or "?")]
    return clip("–".join(ends), 40)
