"""Gold annotation in files: what a person found in a document, and a test set of sentences."""

import csv
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from comity.documents.document import Document
from comity.documents.formats import read_document
from comity.provenance import Dating, UnreadableFileError, parse_day, read_text

Row = dict[str, Any]


@dataclass(frozen=True)
class GoldDocument:
    """One document with its gold records by kind."""

    document: Document
    events: tuple[Row, ...]
    pledges: tuple[Row, ...]
    quotes: tuple[Row, ...]


@dataclass(frozen=True)
class GoldSentence:
    """One sentence of a test set: the pairs that act, and the category if the set has one."""

    id: str
    sentence: str
    pairs: frozenset[tuple[str, str]]
    category: str = ""
    reciprocal: bool = False


PLOVER_FILE: Final = "plover_gsr.tsv"
WHOM_FILES: Final = ("petrarch2_validation.tsv", "petrarch_unit_whowhom.tsv")
ACTORS_FILE: Final = "petrarch_validate_actors.txt"


def read_gold(folder: Path) -> list[GoldDocument]:
    """Read a folder of gold annotation: docs.json, texts, and a folder of records a document.

    Raises
    ------
    UnreadableFileError : a file is missing or not in its form
    """
    listed = _json(folder / "docs.json")
    found = []
    for entry in listed["documents"]:
        window = entry.get("written") or {}
        written = (_day(window.get("not_before")), _day(window.get("not_after")))
        document = read_document(folder / "texts" / entry["file"], id=entry["id"], written=written)
        rows = {
            kind: _lines(folder / entry["id"] / f"{kind}.jsonl") for kind in ("events", "pledges", "quotes")
        }
        found.append(GoldDocument(document, rows["events"], rows["pledges"], rows["quotes"]))
    if not found:
        raise UnreadableFileError("docs.json lists no document", where=str(folder))
    return found


def dating_of(value: Row | None) -> Dating | None:
    """The interval of a gold record; nothing where both ends are open."""
    if not value or not (value.get("start") or value.get("end")):
        return None
    return Dating(_day(value["start"]), _day(value["end"]), value["precision"], value["basis"])


def read_plover_sentences(path: Path) -> list[GoldSentence]:
    """Read sentences with the category of the event, and who acted on whom, as codes of states."""
    found = []
    for row in _table(path):
        actors = [one for one in row["actor_code"].split(";") if one]
        recipients = [one for one in row["recipient_code"].split(";") if one]
        both = row["reciprocal"] == "1"
        pairs = {(a, b) for a in actors for b in (actors if both else recipients) if not (both and a == b)}
        if not recipients and not both:
            pairs = {(a, "") for a in actors}
        if not actors:
            pairs = {("", b) for b in recipients}
        found.append(GoldSentence(row["id"], row["sentence"], frozenset(pairs), row["event"], both))
    return found


def read_whom_sentences(path: Path) -> list[GoldSentence]:
    """Read sentences with who acted on whom; an unknown side is ``---`` there and empty here."""
    found = []
    for row in _table(path):
        if row["kind"] == "discard":
            continue
        pairs = set()
        for part in filter(None, row["expected"].split(";")):
            sender, rest = part.split(">", 1)
            pairs.add((sender.replace("---", ""), rest.split(":")[0].replace("---", "")))
        found.append(GoldSentence(row["id"], row["sentence"], frozenset(pairs)))
    return found


def read_actor_names(path: Path) -> list[tuple[str, str]]:
    """Read a dictionary of names and codes: ``NAME [CODE]``, further names after ``+``, dated codes below."""
    names: list[tuple[str, str]] = []
    group: list[str] = []
    code = ""
    for raw in read_text(path).splitlines():
        line = raw.split("#")[0].rstrip()
        if not line.strip() or line.startswith("<!--"):
            continue
        name, _, rest = line.strip().lstrip("+").partition("[")
        if not line.startswith(("+", " ", "\t")):
            names += [(one, code) for one in group if code]
            group, code = [], ""
        if name.strip():
            group.append(_name(name))
        if rest and not code:
            code = re.split(r"[\s\]/]", rest.strip())[0].upper()
    return [*names, *((one, code) for one in group if code)]


def _name(text: str) -> str:
    return text.split("[")[0].replace("_", " ").strip().title()


def _table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(read_text(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _lines(path: Path) -> tuple[Row, ...]:
    try:
        return tuple(json.loads(line) for line in read_text(path).splitlines() if line.strip())
    except json.JSONDecodeError as error:
        raise UnreadableFileError(f"{path.name} is not JSON Lines: {error}", where=str(path.parent)) from None


def _json(path: Path) -> Row:
    try:
        found: Row = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise UnreadableFileError(f"{path.name} is not JSON: {error}", where=str(path.parent)) from None
    return found


def _day(text: str | None) -> date | None:
    return parse_day(text or "")
