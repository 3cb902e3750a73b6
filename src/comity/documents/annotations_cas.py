"""What INCEpTION exports as UIMA CAS: the JSON form (0.4.0), and XMI (XML 1.0), to the same structures."""

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.parsers import expat

from comity.documents.annotation import (
    CONTEXT,
    MOST,
    NAMED_LAYERS,
    Annotation,
    Annotations,
    Target,
    field_of,
    is_coding,
)
from comity.documents.annotations_web import name_of
from comity.documents.offsets import CodeUnits
from comity.provenance import BadValueError, UnreadableFileError

STRUCTURES: Final = "%FEATURE_STRUCTURES"
SOFA: Final = "uima.cas.Sofa"
STRING_ARRAY: Final = "uima.cas.StringArray"
META: Final = "DocumentMetaData"
LISTS: Final = ("sender", "receiver", "sender_agents", "receiver_agents", "about", "via", "speaker")
DEEPEST: Final = 20  # elements of XMI are two or three deep
MOST_STRUCTURES: Final = 2_000_000
_XMI_TYPE: Final = re.compile(r"http:///(.*)\.ecore")
_XMI_ID: Final = "http://www.omg.org/XMI id"
Structure = dict[str, Any]


def read_json_cas(value: dict[str, Any], name: str) -> Annotations:
    """Read a CAS from parsed JSON.

    Raises
    ------
    UnreadableFileError : its structures are none
    """
    given = value.get(STRUCTURES)
    structures = list(given.values()) if isinstance(given, dict) else given
    if not isinstance(structures, list) or not all(isinstance(one, dict) for one in structures):
        raise UnreadableFileError(f"{name} has no list of feature structures")
    if len(structures) > MOST_STRUCTURES:
        raise UnreadableFileError(f"{name} has over {MOST_STRUCTURES:,} feature structures")
    return _annotations(structures, name)


def read_xmi(content: bytes, name: str) -> Annotations:
    """Read a CAS from XMI.

    Raises
    ------
    UnreadableFileError : no well-formed XML 1.0, a document type or entities in it, or nested too deeply
    """
    structures: list[Structure] = []
    depth = 0
    text: list[str] = []

    def refuse(*_: object) -> None:
        raise UnreadableFileError(f"{name} has a document type", remedy="XMI has none; it is not read.")

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        text.clear()
        if depth > DEEPEST or len(structures) > MOST_STRUCTURES:
            raise UnreadableFileError(f"{name} is nested too deeply, or too long")
        if depth == 2:
            space, _, local = tag.rpartition(" ")
            package = _XMI_TYPE.fullmatch(space)
            type_name = f"{package.group(1).replace('/', '.')}.{local}" if package else local
            values = {key: one for key, one in given.items() if " " not in key}
            structures.append({"%ID": given.get(_XMI_ID, ""), "%TYPE": type_name, **values})

    def end(tag: str) -> None:
        nonlocal depth
        if depth == 3:  # a list: one element an item
            structures[-1].setdefault(f"[{tag.rpartition(' ')[2]}]", []).append("".join(text))
        depth -= 1

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnreadableFileError(
            f"{name} is not XML 1.0: {error}", remedy="Export it as UIMA CAS XMI (XML 1.0)."
        ) from None
    return _annotations(structures, name)


def _annotations(structures: list[Structure], name: str) -> Annotations:
    """Take the coded layers; of the others say how many there are."""
    by_id = {str(one.get("%ID", "")): one for one in structures}
    texts = {id: str(one.get("sofaString") or "") for id, one in by_id.items() if one.get("%TYPE") == SOFA}
    units = {id: CodeUnits(text) for id, text in texts.items()}
    document = _document(structures)
    answer = Annotations()
    for i, one in enumerate(structures, 1):
        begin, end = _place(one, "begin"), _place(one, "end")
        layer = str(one.get("%TYPE", "")).rpartition(".")[2]
        if begin is None or end is None:
            continue
        if not is_coding(layer, (key for key in one if not key.startswith("%"))):
            answer.leave(layer)
            continue
        where = f"{name}, {layer[:60]} {one.get('%ID', i)}"
        if len(answer.found) >= MOST:
            raise UnreadableFileError(f"{name} has over {MOST:,} annotations")
        try:
            sofa = str(one.get("@sofa", one.get("sofa", "")))
            if sofa not in texts:
                raise BadValueError(f"no text {sofa[:20]!r}")
            first, last = units[sofa].character(begin), units[sofa].character(end)
            fields = dict(_coding(layer, one, by_id))
            said = str(fields.pop("said", ""))
            target = _target(texts[sofa], first, last)
            answer.found.append(
                Annotation(where, document, (target,), fields, Target(said) if said.strip() else None)
            )
        except BadValueError as error:
            answer.refuse(where, document, error)
    if not texts:
        raise UnreadableFileError(f"{name} holds no text (Sofa)", allowed="A UIMA CAS, as INCEpTION has it.")
    return answer


def _target(text: str, first: int, last: int) -> Target:
    if first >= last:
        raise BadValueError(f"a passage cannot run from {first} to {last}")
    before, after = text[max(0, first - CONTEXT) : first], text[last : last + CONTEXT]
    return Target(text[first:last], first, last, before, after)


def _document(structures: list[Structure]) -> str:
    for one in structures:
        if str(one.get("%TYPE", "")).endswith(f".{META}"):
            title = one.get("documentTitle") or one.get("documentId") or ""
            return name_of(str(title)) if title else ""
    return ""


def _coding(layer: str, one: Structure, by_id: dict[str, Structure]) -> Iterator[tuple[str, object]]:
    if layer.lower() in NAMED_LAYERS:
        yield "kind", NAMED_LAYERS[layer.lower()]
    for key, value in one.items():
        name = "" if key.startswith("%") else field_of(key)
        if not name or value is None or value == "":
            continue
        if key.startswith("@") or (name in LISTS and str(value).isdigit() and str(value) in by_id):
            value = _strings(name, by_id.get(str(value), {}))
        yield name, value if isinstance(value, str | list | bool | int | float) else str(value)


def _strings(name: str, array: Structure) -> list[str]:
    if array.get("%TYPE") != STRING_ARRAY:
        raise BadValueError(f"{name} is a link to other annotations", allowed="A text, or several texts.")
    items = array.get("%ELEMENTS", array.get("[elements]", []))
    return [str(one) for one in items if one] if isinstance(items, list) else []


def _place(one: Structure, key: str) -> int | None:
    value = one.get(key, one.get(f"^{key}"))
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdigit() and len(value) < 12 else None
