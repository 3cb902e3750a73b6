"""What a store holds: one entry per import, with the hashes of what went in and came out."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from comity.events.engine import literal
from comity.events.errors import StoreError
from comity.events.report import FileReport

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
OUTPUT_PATH: Final = re.compile(r"[a-z0-9_-]+/[0-9]{4}-[0-9a-f]{12}\.parquet")
REFUSED_PATH: Final = re.compile(r"refused/[0-9a-f]{12}\.csv")


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One file of an import; `number` marks its rows in the store."""

    number: int
    bytes: int
    report: FileReport
    first_day: int | None = None  # of the rows kept, in days since 1970-01-01
    last_day: int | None = None
    dropped: bool = False  # an older edition that can no longer take its place again

    def to_dict(self) -> dict[str, Any]:
        """Give the report on the file as plain values."""
        return self.report.to_dict()


@dataclass(frozen=True, slots=True)
class Output:
    """One Parquet file that an import wrote."""

    path: str  # below the folder of the store
    year: int
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Import:
    """One import: what was read with which reader and tables, and what was written."""

    id: str
    reader: str
    ontology: str
    files: tuple[ImportedFile, ...]
    outputs: tuple[Output, ...]
    actors: tuple[str, ...]
    refused_path: str
    unmapped: tuple[tuple[str, int], ...] = ()  # names that nobody knows, the most frequent first

    @property
    def rows(self) -> int:
        """Rows in the files."""
        return sum(file.report.rows for file in self.files)

    @property
    def accepted(self) -> int:
        """Rows that acts can be formed from."""
        return sum(file.report.accepted for file in self.files)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The imports of a store, oldest first."""

    imports: tuple[Import, ...] = ()
    next_file: int = 1
    format: int = field(default=FORMAT)

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read a store's manifest; without one the store is empty.

        Raises
        ------
        StoreError : a newer format, or not a manifest
        """
        path = folder / MANIFEST
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"the manifest cannot be read: {error}", where=str(path)) from None
        try:
            return _manifest(json.loads(text))
        except StoreError as error:
            raise StoreError(error.what, where=str(path), remedy=error.remedy) from None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise StoreError(
                f"the manifest is damaged: {error!r}",
                where=str(path),
                remedy="Take it from a backup, or delete the data folder and import again.",
            ) from None

    def write(self, folder: Path) -> None:
        """Put the manifest in its place in one step: the moment at which a change holds."""
        path, fresh = folder / MANIFEST, folder / f"{MANIFEST}.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1, sort_keys=True)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(folder)

    def current(self) -> Iterator[tuple[Import, ImportedFile]]:
        """Give the files in force: of each name the latest edition."""
        latest = {
            (one.reader, file.report.name): file.number
            for one in self.imports
            for file in one.files
            if not file.dropped
        }
        numbers = set(latest.values())
        for one in self.imports:
            for file in one.files:
                if file.number in numbers:
                    yield one, file

    def relation(self, folder: Path, *, columns: str = "id", nonstate: bool = True) -> str:
        """Select the rows in force, in SQL; empty where there are none.

        Raises
        ------
        StoreError : a file is missing, or not of the size that was written
        """
        in_force = {file.number for _, file in self.current()}
        outputs, resting = [], []
        for one in self.imports:
            numbers = {file.number for file in one.files}
            if numbers & in_force:
                outputs += [literal(_sound(folder, output, one.id)) for output in one.outputs]
                resting += sorted(numbers - in_force)
        if not outputs:
            return ""
        conditions = [] if nonstate else ["side = 'state'"]
        if resting:
            conditions.append(f"file NOT IN ({', '.join(map(str, resting))})")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT {columns} FROM read_parquet([{', '.join(outputs)}]){where}"

    def faults(self, folder: Path) -> Iterator[tuple[str, str]]:
        """Say which written files are not as they were written: path below the folder, and what is wrong."""
        for one in self.imports:
            for output in one.outputs:
                try:
                    with _sound(folder, output, one.id).open("rb") as file:
                        same = hashlib.file_digest(file, "sha256").hexdigest() == output.sha256
                except StoreError as error:
                    yield output.path, error.what
                    continue
                if not same:
                    yield output.path, f"other bytes than import {one.id} wrote"

    def with_import(self, added: Import) -> "Manifest":
        """Give the manifest with one more import."""
        highest = max((file.number for file in added.files), default=0)
        return replace(self, imports=(*self.imports, added), next_file=max(self.next_file, highest + 1))

    def without(self, import_ids: set[str]) -> "Manifest":
        """Give the manifest without some imports."""
        return replace(self, imports=tuple(one for one in self.imports if one.id not in import_ids))

    def dropping(self, numbers: set[int]) -> "Manifest":
        """Give the manifest with some files out of force for good."""
        return replace(
            self,
            imports=tuple(
                replace(
                    one,
                    files=tuple(
                        replace(file, dropped=file.dropped or file.number in numbers) for file in one.files
                    ),
                )
                for one in self.imports
            ),
        )


def sync_folder(folder: Path) -> None:
    """Make sure that names changed in a folder outlast a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sound(folder: Path, output: Output, import_id: str) -> Path:
    """Give the path of a file; its size is looked at each time, its hash is not, as that would take long."""
    path = folder / output.path
    try:
        size = path.stat().st_size
    except OSError as error:
        what = f"a file of the store is missing or cannot be read: {error.strerror}"
    else:
        if size == output.bytes:
            return path
        what = f"a file of the store has {size:,} bytes, not the {output.bytes:,} that the import wrote"
    raise StoreError(
        what,
        where=str(path),
        remedy=f"Take it from a backup, or 'comity import --remove {import_id}' and import again.",
    )


def _manifest(content: dict[str, Any]) -> Manifest:
    written = content["format"]
    if not isinstance(written, int) or written > FORMAT:
        raise StoreError(
            f"the store has format {written}, this comity knows formats up to {FORMAT}",
            remedy="Install a newer comity.",
        )
    return Manifest(tuple(_import(one) for one in content["imports"]), int(content["next_file"]))


def _import(one: dict[str, Any]) -> Import:
    return Import(
        id=one["id"],
        reader=one["reader"],
        ontology=one["ontology"],
        files=tuple(_file(file) for file in one["files"]),
        outputs=tuple(_output(output) for output in one["outputs"]),
        actors=tuple(one["actors"]),
        unmapped=tuple((name, count) for name, count in one["unmapped"]),
        refused_path=_refused_path(one["refused_path"]),
    )


def _output(output: dict[str, Any]) -> Output:
    if not OUTPUT_PATH.fullmatch(output["path"]):  # a manifest must not lead out of its folder
        raise ValueError(output["path"])
    return Output(**output)


def _refused_path(path: str) -> str:
    if not REFUSED_PATH.fullmatch(path):
        raise ValueError(path)
    return path


def _file(file: dict[str, Any]) -> ImportedFile:
    report = file["report"]
    return ImportedFile(
        number=int(file["number"]),
        bytes=int(file["bytes"]),
        first_day=file["first_day"],
        last_day=file["last_day"],
        dropped=bool(file["dropped"]),
        report=FileReport(
            **{
                **report,
                "examples": tuple((line, reason) for line, reason in report["examples"]),
                "unmapped": tuple((name, count) for name, count in report["unmapped"]),
            }
        ),
    )
