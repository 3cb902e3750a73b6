"""Drafts: rows that a coder proposed and nobody has accepted yet, kept beside the tables."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from comity.cases.documents import HASH, leads_outside
from comity.cases.layout import DRAFTS_FOLDER, TABLES
from comity.cases.settings import safe_id
from comity.provenance import TableRow, UnreadableFileError, read_text

TABLE_OF: Final = {"event": "events.csv", "pledge": "pledges.csv", "quote": "quotes.csv"}
KEY_OF: Final = {"event": "event_key", "pledge": "pledge_key", "quote": "line_key"}
PLACED: Final = ("id", "document", "paragraph", "char_start", "char_end", "passage_sha256")
PLACED_QUOTE: Final = ("said_start", "said_end", "said_sha256")  # of quotes.csv; in pledges.csv two are days


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row as a coder proposes it: the fields of its table, and where they come from.

    A record told by several passages is several drafts with one key, as in the tables.
    """

    id: str
    kind: str  # event, pledge or quote
    document: str
    document_sha256: str
    coder: str
    version: str  # of comity, or of what the coder says that it is
    verification: str  # how its passage was found
    fields: dict[str, str] = field(hash=False)
    notes: tuple[str, ...] = ()  # what the reviewer should know and no column holds
    nonstate: bool = False  # a side is no organ of a state

    @property
    def table(self) -> str:
        """The table that it would enter."""
        return TABLE_OF[self.kind]

    @property
    def key(self) -> str:
        """What joins it to other tellings of the same; empty if it stands alone."""
        return self.fields[KEY_OF[self.kind]]

    @property
    def fixed(self) -> tuple[str, ...]:
        """The columns that say where it stands; a reviewer does not change them."""
        return PLACED + (PLACED_QUOTE if self.kind == "quote" else ())

    def with_fields(self, **fields: str) -> "DraftRow":
        """Give the draft with other values in some columns."""
        return replace(self, fields={**self.fields, **fields})

    def row(self) -> TableRow:
        """Give the draft as a row of its table."""
        return TableRow(f"draft {self.id}", 0, {name: self.fields[name] for name in TABLES[self.table]})

    def to_dict(self) -> dict[str, object]:
        """Give the draft as plain values; empty columns are left out of `fields`."""
        return {
            "id": self.id,
            "kind": self.kind,
            "document": self.document,
            "document_sha256": self.document_sha256,
            "coder": self.coder,
            "version": self.version,
            "verification": self.verification,
            "notes": list(self.notes),
            "nonstate": self.nonstate,
            "fields": {name: value for name, value in self.fields.items() if value},
        }


def drafts_path(folder: Path, document: str) -> Path:
    """Where the drafts of a document are kept."""
    return folder / DRAFTS_FOLDER / f"{document}.jsonl"


def read_drafts(folder: Path) -> list[DraftRow]:
    """Read the drafts of a case, in the order of its documents' ids and of each file.

    Raises
    ------
    UnreadableFileError : a file is no JSON Lines, or a line is no draft
    """
    return [draft for path in draft_files(folder) for draft in _read(folder, path)]


def draft_files(folder: Path) -> list[Path]:
    """List the files of drafts."""
    return sorted((folder / DRAFTS_FOLDER).glob("*.jsonl"))


def written(drafts: Iterable[DraftRow]) -> bytes:
    """Write drafts, one a line."""
    lines = (json.dumps(one.to_dict(), ensure_ascii=False, sort_keys=True) + "\n" for one in drafts)
    return "".join(lines).encode("utf-8")


def _read(folder: Path, path: Path) -> list[DraftRow]:
    if leads_outside(folder, path):
        raise UnreadableFileError(f"{path.name} leads out of the case folder", where=str(path.parent))
    if path.stat().st_size == 0:
        return []
    return [
        _draft(path, number, line)
        for number, line in enumerate(read_text(path).splitlines(), 1)
        if line.strip()
    ]


def _draft(path: Path, number: int, line: str) -> DraftRow:
    try:
        values: Any = json.loads(line)
        fields = _fields(values)
        texts = {
            name: values[name]
            for name in ("id", "kind", "document", "document_sha256", "coder", "version", "verification")
        }
        sound = (
            all(isinstance(one, str) for one in (*texts.values(), *values["notes"]))
            and safe_id(values["id"])
            and values["document"] == path.stem
            and HASH.fullmatch(values["document_sha256"]) is not None
            and isinstance(values["nonstate"], bool)
            and fields["id"] == values["id"]
        )
        if sound:
            notes, nonstate = tuple(values["notes"]), values["nonstate"]
            return DraftRow(**texts, notes=notes, nonstate=nonstate, fields=fields)
    except (KeyError, TypeError, ValueError, RecursionError):
        pass  # said below
    raise UnreadableFileError(
        f"line {number} of {path.name} is no draft",
        where=str(path.parent),
        remedy=f"Delete the file {path.name} and read the document again; decisions stay in the log.",
    )


def _fields(values: dict[str, Any]) -> dict[str, str]:
    columns = TABLES[TABLE_OF[values["kind"]]]
    given = values["fields"]
    if not set(given) <= set(columns) or not all(isinstance(one, str) for one in given.values()):
        raise ValueError(values["id"])
    return {name: given.get(name, "") for name in columns}
