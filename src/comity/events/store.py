"""Imported event data of a case: Parquet by source and year, and a manifest of hashes."""

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.actors import Registry
from comity.events.acts import hex_id
from comity.events.engine import connect
from comity.events.lines import Line, data_line
from comity.events.locking import STAGING_PREFIX, Progress, locked, sweep
from comity.events.manifest import MANIFEST, Import, Manifest, sync_folder
from comity.events.ontology import load_ontology
from comity.events.pruning import Pruned, Pruning
from comity.events.report import REPEAT, ImportReport
from comity.provenance import NothingFoundError

if TYPE_CHECKING:
    import duckdb

    from comity.events.readers import Reader

CHUNK_LINES: Final = 10_000
HEX_ID: Final = re.compile(r"[0-9a-f]{16}")
LINE_COLUMNS: Final = (
    "id", "file", "line", "day", "days", "sender", "receiver", "sender_name", "receiver_name",
    "cameo_code", "event_type", "mode", "sign", "kind", "weight", "share", "summary",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Removal:
    """What went: the imports, and what became of the older editions of their files."""

    imports: tuple[str, ...]
    files: tuple[str, ...]
    restored: tuple[str, ...] = ()  # older editions that hold again
    dropped: tuple[str, ...] = ()  # older editions that cannot, as other files repeat their rows
    repeating: tuple[str, ...] = ()  # files still here with rows that were refused as repeats

    def __iter__(self) -> Iterator[str]:
        """Give the ids of the imports that went."""
        return iter(self.imports)


class EventStore:
    """A folder of imported rows; a folder that does not exist holds none."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._read: tuple[tuple[int, ...], Manifest] = ((), Manifest())

    @property
    def manifest(self) -> Manifest:
        """What the store holds now."""
        try:
            state = (self.path / MANIFEST).stat()
        except OSError:
            return Manifest.read(self.path)
        mark = (state.st_ino, state.st_mtime_ns, state.st_size)
        if self._read[0] != mark:
            self._read = (mark, Manifest.read(self.path))
        return self._read[1]

    @property
    def has_rows(self) -> bool:
        """Whether any row is stored."""
        return self.span is not None

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last day number of the stored rows."""
        files = [file for _, file in self.manifest.current()]
        first = [file.first_day for file in files if file.first_day is not None]
        last = [file.last_day for file in files if file.last_day is not None]
        return (min(first), max(last)) if first and last else None

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors that stored rows name, sorted."""
        return tuple(sorted({actor for one in self.manifest.imports for actor in one.actors}))

    @property
    def editions(self) -> dict[str, str]:
        """Name to SHA-256 of the files in force."""
        return {
            f"{one.reader}/{file.report.name}": file.report.sha256 for one, file in self.manifest.current()
        }

    def faults(self) -> tuple[tuple[str, str], ...]:
        """List the files that are not as they were written: path below the store, and what is wrong."""
        return tuple(self.manifest.faults(self.path))

    def imports(self) -> tuple[Import, ...]:
        """List the imports, oldest first."""
        return self.manifest.imports

    def refused(self, import_id: str) -> Path:
        """Name the CSV file that lists the refused rows of an import: file, line, reason, detail.

        Raises
        ------
        NothingFoundError : no such import
        """
        return self.path / _chosen(self.manifest, import_id)[0].refused_path

    def relation(self, engine: "duckdb.DuckDBPyConnection", *, nonstate: bool = False) -> str:
        """Give what to select rows from, in SQL: the rows in force, of states only unless asked."""
        del engine
        return f"({self.manifest.relation(self.path, columns='*', nonstate=nonstate)})"

    def lines(self) -> Iterator[Line]:
        """Give one dictionary per row in force, those of states only."""
        if self.has_rows:
            yield from self._lines(nonstate=False, condition="TRUE")

    def find(self, ids: Iterable[str]) -> Iterator[Line]:
        """Give the dictionaries of the rows with these ids, of any side."""
        numbers = [str(int(one, 16)) for one in ids if HEX_ID.fullmatch(one)]
        if numbers and self.has_rows:
            yield from self._lines(nonstate=True, condition=f"id IN ({', '.join(numbers)})")

    def import_files(
        self, reader: "Reader", files: Sequence[Path], registry: Registry, progress: Progress | None = None
    ) -> ImportReport:
        """Bring files in, all or none; a file that is here already is left as it is.

        A file of the same name with other content is a new edition: the older one is kept but no
        longer used. Rows whose id is in the store already are refused as repeats.

        Parameters
        ----------
        progress : called with a file's name (or a message), bytes done and bytes in all

        Raises
        ------
        UnreadableFileError : a file that is missing, damaged or of another format; nothing is stored
        StoreError : the folder cannot be written, or was made by a newer comity
        UsageError : no files, or two of one name
        """
        from comity.events.importing import ImportRun, check_format, distinct  # no answer needs them

        files = distinct(files)
        for path in files:
            check_format(reader, path)
        tell = progress or _silent
        with locked(self.path, tell) as waited:
            return ImportRun(self.path, reader, registry, tell, waited).run(files)

    def remove(self, what: str) -> Removal:
        """Take out one import by its id, or all imports of a reader by its name.

        Older editions of the files hold again, unless files brought in since repeat their rows.

        Raises
        ------
        NothingFoundError : no such import or reader
        """
        _chosen(self.manifest, what)
        with locked(self.path, _silent):
            before = Manifest.read(self.path)
            gone = _chosen(before, what)
            after = before.without({one.id for one in gone})
            held = {file.number for _, file in before.current()}
            back = [file for _, file in after.current() if file.number not in held]
            dropped = {file.number for file in back if self._repeated(after, file.number)}
            after = after.dropping(dropped)
            after.write(self.path)
            sweep(self.path, after)
        return Removal(
            imports=tuple(one.id for one in gone),
            files=tuple(file.report.name for one in gone for file in one.files),
            restored=tuple(file.report.name for file in back if file.number not in dropped),
            dropped=tuple(file.report.name for file in back if file.number in dropped),
            repeating=_repeating(after, {one.reader for one in gone}),
        )

    def prune(self, *, dry_run: bool = False) -> Pruned:
        """Delete the rows of older editions, which no answer uses any more; they cannot hold again.

        Parameters
        ----------
        dry_run : only say what would go

        Raises
        ------
        StoreError : the folder cannot be written
        """
        if not any(self.manifest.imports):
            return Pruned((), 0, 0)
        with locked(self.path, _silent):
            before = Manifest.read(self.path)
            sweep(self.path, before)
            staging = Path(tempfile.mkdtemp(prefix=STAGING_PREFIX, dir=self.path))
            try:
                with connect(str(staging)) as engine:
                    after, pruned, fresh = Pruning(self.path, staging, engine, before).run()
                if not dry_run and after != before:
                    for output in fresh:
                        (staging / Path(output.path).name).replace(self.path / output.path)
                        sync_folder((self.path / output.path).parent)
                    after.write(self.path)
                    sweep(self.path, after)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
        return pruned

    def _repeated(self, manifest: Manifest, number: int) -> bool:
        ids = manifest.relation(self.path, columns="file, id")
        if not ids:
            return False
        with connect() as engine:
            found = engine.execute(
                f"SELECT COUNT(*) FROM ({ids}) AS mine WHERE file = {number} "
                f"AND id IN (SELECT id FROM ({ids}) AS others WHERE file <> {number})"
            ).fetchone()
        return bool(found and found[0])

    def _lines(self, *, nonstate: bool, condition: str) -> Iterator[Line]:
        names = {file.number: (one.reader, file.report.name) for one, file in self.manifest.current()}
        labels = {code: known.label for code, known in load_ontology().cameo.items()}
        rows = self.manifest.relation(self.path, columns="*", nonstate=nonstate)
        with connect() as engine:
            found = engine.execute(
                f"SELECT {', '.join(LINE_COLUMNS)} FROM ({rows}) AS stored "
                f"WHERE {condition} ORDER BY day, file, line, id"
            )
            while chunk := found.fetchmany(CHUNK_LINES):
                for values in chunk:
                    row = dict(zip(LINE_COLUMNS, values, strict=True))
                    source, document = names[row["file"]]
                    summary = row["summary"] or labels.get(row["cameo_code"], "")
                    yield data_line(
                        {
                            **row,
                            "id": hex_id(row["id"]),
                            "source": source,
                            "document": document,
                            "summary": summary,
                        }
                    )


def _repeating(manifest: Manifest, readers: set[str]) -> tuple[str, ...]:
    files = (file.report for one, file in manifest.current() if one.reader in readers)
    return tuple(sorted(file.name for file in files if file.refused.get(REPEAT)))


def _chosen(manifest: Manifest, what: str) -> list[Import]:
    chosen = [one for one in manifest.imports if what in (one.id, one.reader)]
    if not chosen:
        known = ", ".join(f"{one.id} ({one.reader})" for one in manifest.imports)
        raise NothingFoundError(
            f"no import {what!r} here", allowed=f"Imports: {known}." if known else "Nothing was imported."
        )
    return chosen


def _silent(message: str, done: int, total: int) -> None:
    del message, done, total
