"""What moved the tie: the answers of `comity factor` as bars, each of which opens its rows."""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from comity.provenance import UnreadableFileError, UsageError
from comity.workbench.brief.desk import Desk
from comity.workbench.brief.gap_parts import FactorLine, FactorPart
from comity.workbench.brief.span import Count
from comity.workbench.brief.words import clip, day, many, signed

MOST_BYTES: Final = 8_000_000
MOST_BARS: Final = 12  # third parties drawn one by one; the others are one bar
MOST_NOTES: Final = 5
MOST_ROWS: Final = 25  # acts listed behind one bar; the number of all stands beside them
NOT_PROOF: Final = (
    "These parts account for the change exactly under the fitted model; they do not prove a cause."
)
OWN: Final = ("own_history", "Own history", "acts between the two")
PLAIN_PARTS: Final = (  # the parts that are no one's acts, in the order in which they are drawn
    ("eras", "Eras", "other coefficients after than before"),
    ("covariates", "Covariates", "numbers brought from outside"),
    ("rounding", "Rounding", "what statistics cut off"),
    ("overlap", "Overlap", "what several third parties would take away together"),
    ("system", "System", "all other pairs together, as risk set"),
)
ALWAYS: Final = "system"  # drawn even where it is nothing
LEAST: Final = 0.005  # what two decimals print as nothing

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
    ends = " and ".join(desk.name(end) for end in _pair(desk, answer["pair"]))
    title = f"{ends}, from {_period(answer.get('before'))} to {_period(answer.get('after'))}"
    account = clip(str(answer.get("account") or "instant"), 40)
    unit = f"{account.capitalize()} account: change of the {clip(str(answer.get('value') or 'tie'), 160)}"
    if answer.get("refused"):
        return FactorLine(title, unit, 0.0, (), (f"Declined: {clip(str(answer['refused']), 300)}.",)), []
    thirds = sorted(
        (one for one in answer["third_parties"] if isinstance(one, Mapping)),
        key=lambda one: (-abs(_number(one.get("value"))), str(one.get("actor"))),
    )
    found = [_plain(answer, name, *OWN, _own_acts(desk, answer))]
    found += [_third(desk, one, name) for one in thirds[:MOST_BARS]]
    found += _others(desk, thirds[MOST_BARS:], name)
    found += [_plain(answer, name, *one) for one in PLAIN_PARTS if _is_drawn(answer, one[0])]
    parts, counts = zip(*found, strict=True)
    return FactorLine(title, unit, _number(answer["total"]), parts, _notes(answer, thirds)), list(counts)


def _third(desk: Desk, one: Answer, name: str) -> tuple[FactorPart, Count]:
    actor = str(one.get("actor"))
    row = f"{name}-{actor}"
    least = one.get("smallest_detectable")
    told = [
        clip(str(one.get("verdict") or ""), 40),
        *(f"{what} {signed(_number(one[what]))}" for what in ("triads", "degrees") if _known(one.get(what))),
        f"could have shown {abs(_number(least)):.2f}" if _known(least) else "",
    ]
    low, high = (_number(one[end]) if _known(one.get(end)) else None for end in ("low", "high"))
    note = "; ".join(part for part in told if part)
    part = FactorPart(desk.name(actor), _number(one.get("value")), low, high, note, row)
    ids = _rows([one])
    total = int(_number(one.get("n_events"))) or len(one.get("events") or ())
    label = f"{desk.name(actor)} in {name}: {many(total, 'act')}"
    return part, Count(row, f"{label}, {len(ids)} of which are" if total > len(ids) else label, ids)


def _others(desk: Desk, rest: Sequence[Answer], name: str) -> list[tuple[FactorPart, Count]]:
    """Sum up the third parties that are not drawn one by one."""
    if not rest:
        return []
    named = clip(", ".join(desk.name(str(one.get("actor"))) for one in rest), 400)
    value = math.fsum(_number(one.get("value")) for one in rest)
    label = many(len(rest), "other third party", "other third parties")
    listed = Count(f"{name}-rest", f"{label} together{f': {named}' if named else ''}", _rows(rest))
    return [(FactorPart(label, value, None, None, "", listed.row), listed)]


def _own_acts(desk: Desk, answer: Answer) -> tuple[str, ...]:
    """List the latest acts of event data between the two, up to the end of the later period."""
    days = _days(answer.get("after"))
    if not days or not desk.case.events.has_data:
        return ()
    ids: list[tuple[int, str]] = []
    for sender, receiver in ((desk.a, desk.b), (desk.b, desk.a)):
        acts = desk.case.events.acts(
            senders=[sender], receivers=[receiver], before=max(days) + timedelta(days=1), basis="data"
        )
        ids += zip(acts.day.tolist(), acts.id.tolist(), strict=True)
    return tuple(str(id) for _, id in sorted(ids, reverse=True))[:MOST_ROWS]


def _plain(
    answer: Answer, name: str, key: str, label: str, note: str, ids: tuple[str, ...] = ()
) -> tuple[FactorPart, Count]:
    row = f"{name}-{key}"
    told = ", the latest of which are" if ids else "; it rests on the model as a whole, not on single rows"
    part = FactorPart(label, _number(answer.get(key)), None, None, note, row)
    return part, Count(row, f"{label}: {note}{told}", ids)


def _is_drawn(answer: Answer, key: str) -> bool:
    return key == ALWAYS or abs(_number(answer.get(key))) >= LEAST


def _notes(answer: Answer, thirds: Sequence[Answer]) -> tuple[str, ...]:
    notes = []
    if isinstance(answer.get("n_acts"), int):
        notes.append(f"From {many(answer['n_acts'], 'act')} between the two.")
    if answer.get("coefficients_from"):
        notes.append(f"Coefficients from: {clip(str(answer['coefficients_from']), 300)}.")
    if any(_known(one.get("smallest_detectable")) for one in thirds):
        notes.append("“Could have shown” is the smallest part that these data could have told from none.")
    told = answer.get("notes")
    for one in (told if isinstance(told, list) else [])[:MOST_NOTES]:
        said = clip(str(one), 300).rstrip(".")
        notes.append(f"{said[:1].upper()}{said[1:]}.")
    return (*notes, NOT_PROOF)


def _rows(parts: Sequence[Answer]) -> tuple[str, ...]:
    events = [id for one in parts for id in (one.get("events") or ()) if isinstance(id, str)]
    return tuple(dict.fromkeys(events))[:MOST_ROWS]


def _known(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _number(value: object) -> float:
    return float(value) if _known(value) else 0.0  # type: ignore[arg-type]


def _period(given: object) -> str:
    days = _days(given)
    return f"{day(min(days))} – {day(max(days))}" if days else clip(str(given or "?"), 40)


def _days(given: object) -> list[date]:
    """Read the days of a period: a mapping, a list or START..END."""
    words = given.values() if isinstance(given, Mapping) else given
    found = []
    for word in (
        words.split("..") if isinstance(words, str) else (words if isinstance(words, Iterable) else ())
    ):
        try:
            found.append(date.fromisoformat(str(word)))
        except ValueError:
            return []
    return found
