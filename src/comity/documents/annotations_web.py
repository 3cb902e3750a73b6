"""W3C Web Annotations: JSON-LD, one, a list, a page or a collection with its first page."""

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from comity.documents.annotation import MOST, Annotation, Annotations, Target
from comity.documents.intake import FIELDS
from comity.provenance import BadValueError, UnreadableFileError

SHOWN: Final = 80
_MARK: Final = re.compile("[:=]")
_CHARACTERS: Final = re.compile(r"char=(\d{1,11}),(\d{1,11})")  # RFC 5147
_BODIES: Final = ("body", "bodyValue", "tags")  # the last is Hypothesis's own
_LISTS: Final = ("items", "first", "@graph", "rows")


def read_web_annotations(value: object, name: str) -> Annotations:
    """Read annotations from parsed JSON.

    The coding stands in the bodies: as tags ``field: value``, as a text body with a JSON object, or as
    the body's own properties.

    Raises
    ------
    UnreadableFileError : nothing here is an annotation, or there are too many
    """
    answer = Annotations()
    for i, one in enumerate(_each(value), 1):
        if i > MOST:
            raise UnreadableFileError(f"{name} has over {MOST:,} annotations")
        where = f"{name}, annotation {i}"
        document = _document(one)
        try:
            answer.found.append(_annotation(one, where, document))
        except BadValueError as error:
            answer.refuse(where, document, error)
    if not answer.found and not answer.refused:
        raise UnreadableFileError(
            f"{name} holds no Web Annotation", allowed="An Annotation, a list, or an AnnotationPage."
        )
    return answer


def _each(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The annotations of a list, a page, or a collection that holds its first page."""
    if isinstance(value, list):
        for one in value:
            yield from _each(one, depth + 1) if depth < 4 else ()
    elif isinstance(value, dict):
        if "target" in value:
            yield value
            return
        for key in _LISTS:
            if depth < 4 and isinstance(value.get(key), list | dict):
                yield from _each(value[key], depth + 1)


def _annotation(one: dict[str, Any], where: str, document: str) -> Annotation:
    targets = tuple(_target(target) for target in _listed(one.get("target")))
    if not targets:
        raise BadValueError("no target")
    fields: dict[str, object] = {}
    said = ""
    for body in (body for key in _BODIES for body in _listed(one.get(key))):
        for key, value in _coding(body):
            if key == "said":
                said = str(value)
            elif key in fields and fields[key] != value:
                fields[key] = [*_texts(fields[key]), *_texts(value)]
            else:
                fields[key] = value
    if not fields:
        raise BadValueError("no coding", allowed="A body with tags such as 'kind: event'.")
    return Annotation(where, document, targets, fields, Target(said) if said.strip() else None)


def _coding(body: object) -> Iterator[tuple[str, object]]:
    if isinstance(body, str):
        yield from _tagged(body)
    elif isinstance(body, dict):
        text = body.get("value")
        if isinstance(text, str) and "json" in str(body.get("format", "")):
            yield from _known(_object(text))
        elif isinstance(text, str):
            yield from _tagged(text)
        else:
            yield from _known(body)


def _tagged(text: str) -> Iterator[tuple[str, object]]:
    name, *value = _MARK.split(text, maxsplit=1)
    if value and name.strip() in (*FIELDS, "said"):
        yield name.strip(), value[0].strip()


def _known(values: dict[str, Any]) -> Iterator[tuple[str, object]]:
    for key in (*FIELDS, "said"):
        if values.get(key) is not None:
            yield key, values[key]


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadValueError(f"a body that is no JSON object: {text[:SHOWN]!r}")
    return found


def _target(target: object) -> Target:
    if not isinstance(target, dict):
        raise BadValueError("a target without a selector")
    words = before = after = ""
    start = end = None
    other: list[str] = []
    for selector in _listed(target.get("selector")):
        kind = selector.get("type", "") if isinstance(selector, dict) else ""
        if kind == "TextQuoteSelector":
            words, before, after = (_text(selector, key) for key in ("exact", "prefix", "suffix"))
        elif kind == "TextPositionSelector":
            start, end = _whole(selector, "start"), _whole(selector, "end")
        elif kind == "FragmentSelector" and (
            place := _CHARACTERS.fullmatch(str(selector.get("value", ""))[:SHOWN])
        ):
            start, end = int(place.group(1)), int(place.group(2))
        else:
            other.append(str(kind)[:SHOWN] or "no type")
    if not words and start is None:
        seen = f", but {', '.join(other[:4])}" if other else ""
        raise BadValueError(
            f"no selector that places it in a text{seen}",
            allowed="TextQuoteSelector, TextPositionSelector, or FragmentSelector with char=.",
        )
    return Target(words, start, end, before, after, units=True)


def _document(one: dict[str, Any]) -> str:
    """The name of the text: the last part of the source's address, without its ending."""
    for target in _listed(one.get("target")):
        source = target.get("source") if isinstance(target, dict) else target
        source = source.get("id", "") if isinstance(source, dict) else source
        if isinstance(source, str) and source:
            return name_of(source)
    return ""


def name_of(address: str) -> str:
    """Give the last part of a path or an address, without its ending.

    >>> name_of("https://example.org/texts/a%20report.html?x=1"), name_of("urn:doc:17")
    ('a report', 'urn:doc:17')
    """
    try:
        path = urlsplit(address).path if "//" in address else address
    except ValueError:
        path = address
    return PurePosixPath(unquote(path)).stem[:SHOWN] or address[:SHOWN]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _text(selector: dict[str, Any], key: str) -> str:
    value = selector.get(key, "")
    if not isinstance(value, str):
        raise BadValueError(f"{key} is not a text")
    return value


def _whole(selector: dict[str, Any], key: str) -> int:
    value = selector.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadValueError(f"{key} of a TextPositionSelector is not a whole number")
    return value
