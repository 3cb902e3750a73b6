"""A language model's answer, taken apart: rows in the form that was asked for, and what is not."""

import json
from dataclasses import dataclass
from typing import Any, Final

from comity.documents.gate import Rejected

MAX_REPLY: Final = 1_000_000  # characters
MOST_ROWS: Final = 100  # of one kind, in one answer; a dense page of analysis holds about twenty
LONGEST_TEXT: Final = 2_000  # characters of one value
MOST_ITEMS: Final = 60  # of one list in a row
SHOWN: Final = 120
KINDS: Final = {"events": "event", "pledges": "pledge", "quotes": "quote"}
_THOUGHT: Final = ("<think>", "</think>")
_FENCE: Final = "```"
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One row of an answer, in the right form; its words are not looked at yet."""

    kind: str
    values: dict[str, Any]


def read_reply(text: str, schema: dict[str, Any]) -> tuple[list[ReplyRow], list[Rejected]]:
    """Take an answer apart; whatever has not the form of the schema is given back with the reason."""
    try:
        answer = _parsed(text)
    except (ValueError, RecursionError) as error:
        cut = "; it breaks off" if text.lstrip()[:1] == "{" and text.rstrip()[-1:] != "}" else ""
        return [], [Rejected(text.strip()[:SHOWN], f"the answer is not JSON: {_why(error)}{cut}")]
    lists = schema["properties"]
    if not isinstance(answer, dict) or set(answer) != set(lists):
        return [], [Rejected(text.strip()[:SHOWN], f"the answer is not an object with {', '.join(lists)}")]
    rows: list[ReplyRow] = []
    faulty: list[Rejected] = []
    for name, kind in KINDS.items():
        given = answer[name]
        if not isinstance(given, list):
            faulty.append(Rejected(_shown(given), f"{name} is not a list"))
            continue
        for one in given[:MOST_ROWS]:
            fault = fault_of(one, lists[name]["items"])
            if fault:
                faulty.append(Rejected(_shown(one), f"{kind}: {fault}"))
            else:
                rows.append(ReplyRow(kind, one))
        if len(given) > MOST_ROWS:
            faulty.append(Rejected(_shown(given[MOST_ROWS]), f"{len(given):,} {name}; {MOST_ROWS} are read"))
    return rows, faulty


def fault_of(value: object, schema: dict[str, Any], where: str = "row") -> str:
    """Say what keeps a value from having the form of a schema; empty if nothing does.

    Of JSON Schema this knows types, enum, properties (all required, no others) and items.

    >>> fault_of({"sign": 2}, {"type": "object", "properties": {"sign": {"type": "integer", "enum": [0, 1]}}})
    'sign is 2, which is none of 0, 1'
    """
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    right = any(isinstance(value, _TYPES[one]) for one in types)
    if not right or (isinstance(value, bool) and "boolean" not in types):
        return f"{where} is {_shown(value)}, not {' or '.join(types)}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{where} is {_shown(value)}, which is none of {', '.join(map(str, schema['enum']))}"
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"{where} has {len(value):,} characters"
    if isinstance(value, list):
        if len(value) > MOST_ITEMS:
            return f"{where} has {len(value):,} items"
        return next(filter(None, (fault_of(one, schema["items"], where) for one in value)), "")
    if isinstance(value, dict):
        parts = schema["properties"]
        for name in parts:
            if name not in value:
                return f"{name} is missing"
        for name in value:
            if name not in parts:
                return f"{name[:SHOWN]!r} is not asked for"
        return next(filter(None, (fault_of(value[name], parts[name], name) for name in parts)), "")
    return ""


def _parsed(text: str) -> Any:
    if len(text) > MAX_REPLY:
        raise ValueError(f"it has {len(text):,} characters")
    return json.loads(_unwrapped(text), parse_constant=_no_number, object_pairs_hook=_once_each)


def _unwrapped(text: str) -> str:
    """Take off what models like to put around an answer: thoughts before it, a fence around it."""
    bare = text.strip()
    opened, closed = _THOUGHT
    if bare.startswith(opened) and closed in bare:
        bare = bare.split(closed, 1)[1].strip()
    first, _, inner = bare.partition("\n")
    if first.strip() in (_FENCE, f"{_FENCE}json") and inner.endswith(_FENCE):
        return inner.removesuffix(_FENCE)
    return bare


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _why(error: BaseException) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:SHOWN]


def _shown(value: object) -> str:
    """Show the quotation of a row, or the start of whatever it is."""
    if isinstance(value, dict) and isinstance(value.get("quotation"), str):
        return str(value["quotation"])[:SHOWN]
    if isinstance(value, dict | list):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value):,}"
    return repr(value[:SHOWN]) if isinstance(value, str) else repr(value)[:SHOWN]
