"""What a language model is asked: the coding rules, the form of the answer, and blocks of a text."""

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

from comity.claims import QUOTE_MODES
from comity.documents.document import Document
from comity.documents.endpoint import Message
from comity.documents.gate import Rejected
from comity.documents.windows import Window
from comity.events import AUX, CONFIDENCES, load_ontology
from comity.pledges import BOUNDS, OUTCOMES, PLEDGE_KINDS, STAGES
from comity.provenance import BASES, PRECISIONS

PROMPT_FILE: Final = "model-prompt.md"
SCHEMA_FILE: Final = "model-reply.json"
MOST_FAILED: Final = 40  # rows that are asked for again
SHOWN: Final = 300  # characters of each


@cache
def reply_schema() -> dict[str, Any]:
    """Give the JSON schema of an answer, with the words that comity's tables allow."""
    words = {
        "EVENT_TYPES": load_ontology().event_types,
        "AUX": AUX,
        "PRECISIONS": PRECISIONS,
        "BASES": BASES,
        "CONFIDENCES": CONFIDENCES,
        "PLEDGE_KINDS": PLEDGE_KINDS,
        "STAGES": STAGES + OUTCOMES,
        "BOUNDS": BOUNDS,
        "QUOTE_MODES": QUOTE_MODES,
    }
    found: dict[str, Any] = json.loads(
        _data(SCHEMA_FILE),
        object_hook=lambda one: (
            one | {"enum": list(words[one["enum"]])} if isinstance(one.get("enum"), str) else one
        ),
    )
    return found


@cache
def coding_rules() -> str:
    """Give the coding rules that go with every question."""
    ontology = load_ontology()
    modes = "; ".join(
        f"{one}: {', '.join(ontology.modes(one))}" for one in ontology.event_types if ontology.modes(one)
    )
    lists = reply_schema()["properties"]
    forms = "\n".join(f"- `{name}`: {_form(one['items']['properties'])}." for name, one in lists.items())
    text = _data(PROMPT_FILE).replace("{event_types}", ", ".join(ontology.event_types))
    return text.replace("{modes}", modes).replace("{forms}", forms)


def question(document: Document, window: Window, failed: Sequence[Rejected] = ()) -> list[Message]:
    """Ask about one window; `failed` are the rows of the first answer that could not be taken in."""
    first, last = document.written
    blocks = [
        {"id": one.id, "kind": one.kind, "text": document.text[one.start : one.end]}
        | ({"speaker": one.holder} if one.holder else {})
        for one in window.parts
    ]
    asked: dict[str, Any] = {
        "title": document.title,
        "written": [str(first) if first else None, str(last) if last else None],
        "blocks": blocks,
    }
    if failed:
        asked["failed"] = [
            {"row": one.quotation[:SHOWN], "reason": one.reason[:SHOWN]} for one in failed[:MOST_FAILED]
        ]
    return [
        {"role": "system", "content": coding_rules()},
        {"role": "user", "content": json.dumps(asked, ensure_ascii=False)},
    ]


def _form(fields: dict[str, Any]) -> str:
    """Write out the fields of a row, for servers that do not hold a model to a schema."""
    return "; ".join(f"{name} ({_values(one)})" for name, one in fields.items())


def _values(one: dict[str, Any]) -> str:
    if "enum" in one:
        return "one of " + ", ".join(json.dumps(word) for word in one["enum"])
    if one["type"] == "array":
        return "list of strings"
    return one["type"] if isinstance(one["type"], str) else " or ".join(one["type"])


def _data(name: str) -> str:
    return (resources.files("comity.documents") / "data" / name).read_text("utf-8")
