"""sources.toml: the documents and data sets that a case rests on."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from comity.cases.layout import SOURCES_FILE
from comity.cases.problem import Problem
from comity.cases.settings import safe_id
from comity.cases.toml_table import TomlTable, read_toml
from comity.cases.wording import shown
from comity.provenance import Source

HASH: Final = re.compile(r"[0-9a-f]{64}")
_DOCUMENT: Final = (
    "id", "title", "authors", "publisher", "edition", "written_from", "written_to", "sha256", "chars",
    "paragraphs", "licence", "url", "cite", "file",
)  # fmt: skip
_DATASET: Final = (
    "id", "title", "authors", "publisher", "edition", "sha256", "licence", "url", "cite", "file", "path",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sources:
    """What sources.toml lists, in its order; `paragraphs` is the number of each document's."""

    by_id: dict[str, Source] = field(default_factory=dict)
    paragraphs: dict[str, int] = field(default_factory=dict)

    @property
    def documents(self) -> tuple[Source, ...]:
        """The documents, in the order of the file."""
        return tuple(source for source in self.by_id.values() if source.kind == "document")


def read_sources(folder: Path) -> tuple[Sources, list[Problem]]:
    """Read sources.toml, and everything that is wrong with it; nothing is found in a broken file.

    Raises
    ------
    UnreadableFileError : missing, empty, binary, too large, or not UTF-8
    """
    problems: list[Problem] = []
    found = Sources()
    top = read_toml(folder / SOURCES_FILE, problems)
    if top is None:
        return found, problems
    top.only("document", "dataset")
    for kind, known in (("document", _DOCUMENT), ("dataset", _DATASET)):
        for table in top.tables(kind):
            table.only(*known)
            source = _source(table, kind)
            _check_files(table, folder)
            if source.id in found.by_id:
                table.fault("duplicate-id", "id", f"the source {source.id!r} is defined twice")
            elif safe_id(source.id):
                found.by_id[source.id] = source
                found.paragraphs[source.id] = table.whole("paragraphs", default=0)
    return found, problems


def leads_outside(folder: Path, path: Path) -> bool:
    """Tell whether a path, its links followed, leaves the folder."""
    try:
        return not (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links, a NUL in the name
        return True


def _source(table: TomlTable, kind: str) -> Source:
    id = table.text("id", required=True)
    if id and not safe_id(id):
        table.fault("setting", "id", f"id {id[:60]!r} is not made of letters, digits, '.', '_' and '-'")
    sha256 = table.text("sha256")
    if sha256 and not HASH.fullmatch(sha256):
        table.fault("hash", "sha256", f"{sha256[:70]!r} is not a SHA-256: 64 hexadecimal digits")
    start, end = table.day("written_from"), table.day("written_to")
    if start and end and start > end:
        table.fault("interval", "written_to", f"the writing ends ({end}) before it starts ({start})")
    return Source(
        id=id,
        kind=kind,
        title=table.text("title", required=True),
        publisher=table.text("publisher"),
        authors=table.texts("authors"),
        edition=table.text("edition"),
        licence=table.text("licence"),
        sha256=sha256,
        chars=table.whole("chars", default=0),
        written_from=str(start or ""),
        written_to=str(end or ""),
        url=_url(table),
        cite=table.text("cite"),
    )


def _url(table: TomlTable) -> str:
    url = table.text("url")
    if url and not url.startswith(("https://", "http://")):
        table.fault("setting", "url", f"url {shown(url)} does not start with https:// or http://")
        return ""
    return url


def _check_files(table: TomlTable, folder: Path) -> None:
    for key in ("file", "path"):
        named = table.text(key)
        if named and leads_outside(folder, Path(named)):
            table.fault("outside-folder", key, f"{key} {named[:80]!r} leads out of the case folder")
