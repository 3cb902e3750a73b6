"""What INCEpTION exports as WebAnno TSV 3: a token a line, annotations in columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from comity.documents.annotation import (
    MOST,
    NAMED_LAYERS,
    Annotation,
    Annotations,
    Target,
    field_of,
    is_coding,
)
from comity.documents.offsets import CodeUnits
from comity.provenance import BadValueError, UnreadableFileError

FORMAT: Final = "#FORMAT=WebAnno TSV 3"
MOST_PLACES: Final = 40_000_000  # code units; no document that comity reads is longer
_TOKEN: Final = re.compile(r"(\d+)-(\d+)(?:\.\d+)?\t(\d{1,11})-(\d{1,11})\t([^\t]*)(?:\t(.*))?")
_NUMBERED: Final = re.compile(r"(.*?)(?:\[(\d+)\])?", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(->|.)", re.DOTALL)


@dataclass
class _Layer:
    """A span layer: its short name, its features, and the first of its columns."""

    name: str
    features: list[str]
    column: int

    @property
    def coded(self) -> bool:
        return is_coding(self.name, self.features)

    @property
    def width(self) -> int:
        return max(len(self.features), 1)


@dataclass
class _Span:
    """One annotation while its tokens are read: where it starts and ends, in UTF-16 code units."""

    line: int
    layer: _Layer
    values: list[str]
    begin: int
    end: int


@dataclass
class _Text:
    """The text as far as the tokens give it, with spaces between; places in UTF-16 code units."""

    words: list[str] = field(default_factory=list)
    unit: int = 0

    def put(self, begin: int, word: str) -> None:
        if begin < self.unit:
            return  # a part of a token that stands there already
        if begin > MOST_PLACES:
            raise BadValueError(f"place {begin:,}", allowed=f"At most {MOST_PLACES:,}.")
        self.words += [" " * (begin - self.unit), word]
        self.unit = begin + len(word.encode("utf-16-le", "surrogatepass")) // 2


def read_tsv(text: str, name: str) -> Annotations:
    """Read a WebAnno TSV 3 file (3.0 to 3.3); chains, relations and slots are left out, and counted.

    Raises
    ------
    UnreadableFileError : no such file, or a line that is neither a token nor a comment
    """
    lines = text.split("\n")
    if not lines[0].startswith(FORMAT):
        raise UnreadableFileError(f"{name} is not WebAnno TSV 3", where="line 1", allowed=f"{FORMAT}.x")
    answer = Annotations()
    layers = list(_layers(lines, answer))
    spans: dict[tuple[str, str], _Span] = {}
    rebuilt = _Text()
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        token = _TOKEN.fullmatch(line.rstrip("\r"))
        if token is None:
            raise UnreadableFileError(f"{name} has a line that is no token", where=f"line {number}")
        begin, end, word = int(token.group(3)), int(token.group(4)), _unescaped(token.group(5))
        try:
            rebuilt.put(begin, word)
        except BadValueError as error:
            raise UnreadableFileError(f"{name}: {error.what}", where=f"line {number}") from None
        columns = (token.group(6) or "").split("\t")
        for layer in layers:
            _read_cells(layer, columns, number, (begin, end), spans)
        if len(spans) > MOST:
            raise UnreadableFileError(f"{name} has over {MOST:,} annotations")
    whole = "".join(rebuilt.words)
    units = CodeUnits(whole)
    for span in spans.values():
        _add(answer, span, whole, units, name)
    return answer


def _layers(lines: list[str], answer: Annotations) -> Iterator[_Layer]:
    """The span layers of the header; each feature has one column, in the order of the header."""
    column = 0
    for line in lines[1:]:
        if not line.startswith("#T_"):
            if line.startswith("#Text="):
                return
            continue
        kind, _, declared = line.rstrip("\r").partition("=")
        long_name, *features = declared.split("|")
        layer = _Layer(long_name.rpartition(".")[2], features, column)
        # A chain has two columns; a relation one for each feature and one for where it comes from.
        column += layer.width if kind == "#T_SP" else max(len(features), 2 if kind == "#T_CH" else 1)
        if kind == "#T_SP":
            yield layer
        else:
            answer.leave(layer.name)


def _read_cells(
    layer: _Layer,
    columns: list[str],
    number: int,
    place: tuple[int, int],
    spans: dict[tuple[str, str], _Span],
) -> None:
    """Read one layer's columns of a token: nothing, one annotation, or several stacked ones."""
    cells = [_split(one) for one in columns[layer.column : layer.column + layer.width]]
    if not cells or all(one == ["_"] for one in cells):
        return
    for i in range(max(len(one) for one in cells)):
        parts = [_NUMBERED.fullmatch(one[i] if i < len(one) else "*") for one in cells]
        values = ["" if part is None or part.group(1) in ("*", "_") else part.group(1) for part in parts]
        id = next((part.group(2) for part in parts if part and part.group(2)), None)
        key = (str(layer.column), id or f"line {number}.{i}")
        known = spans.get(key)
        if known is None:
            spans[key] = _Span(number, layer, [_unescaped(one) for one in values], *place)
        else:
            known.begin, known.end = min(known.begin, place[0]), max(known.end, place[1])


def _add(answer: Annotations, span: _Span, text: str, units: CodeUnits, name: str) -> None:
    if not span.layer.coded:
        answer.leave(span.layer.name)
        return
    where = f"{name}, line {span.line}"
    try:
        first, last = units.character(span.begin), units.character(span.end)
        if first >= last:
            raise BadValueError("an annotation of no length")
        fields: dict[str, object] = {}
        if span.layer.name.lower() in NAMED_LAYERS:
            fields["kind"] = NAMED_LAYERS[span.layer.name.lower()]
        for feature, value in zip(span.layer.features, span.values, strict=False):
            known = field_of(feature)
            if feature.startswith("ROLE_") and value:
                raise BadValueError(f"{feature[:60]} is a link to other annotations", allowed="A text.")
            if known and value:
                fields[known] = value
        said = str(fields.pop("said", ""))
        target = Target(text[first:last], first, last)
        answer.found.append(Annotation(where, "", (target,), fields, Target(said) if said.strip() else None))
    except BadValueError as error:
        answer.refuse(where, "", error)


def _split(cell: str) -> list[str]:
    """Split a cell at its bars, but not at those that are escaped."""
    parts = [""]
    place = 0
    while place < len(cell):
        if cell[place] == "\\" and place + 1 < len(cell):
            parts[-1] += cell[place : place + 2]
            place += 2
        elif cell[place] == "|":
            parts.append("")
            place += 1
        else:
            parts[-1] += cell[place]
            place += 1
    return parts


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda one: {"t": "\t", "n": "\n", "r": "\r"}.get(one.group(1), one.group(1)), text)
