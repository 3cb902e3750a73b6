"""One import from the files to the manifest: all of it or nothing."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from comity.actors import Registry
from comity.events.engine import connect
from comity.events.errors import StoreError
from comity.events.locking import STAGING_PREFIX, Progress, sweep
from comity.events.manifest import Import, Manifest, sync_folder
from comity.events.ontology import load_ontology
from comity.events.readers import Desk, LineStream, Reader, advice
from comity.events.report import ALREADY_HERE, IMPORTED, NEW_EDITION, FileReport, ImportReport
from comity.events.staging import REFUSED_LIST, Staging
from comity.events.survey import Survey
from comity.provenance import UnreadableFileError, UsageError

if TYPE_CHECKING:
    import duckdb

REFUSED_FOLDER: Final = "refused"
IMPORT_MB: Final = 128  # of the engine, and so many for each core; a larger file takes longer, and no more
CORE_MB: Final = 64
MOST_CORES: Final = 8


def distinct(files: Sequence[Path]) -> list[Path]:
    """Check that there are files, and no two of one name.

    Raises
    ------
    UsageError : none, or two of one name
    """
    names = [path.name for path in files]
    twice = sorted({name for name in names if names.count(name) > 1})
    if not names:
        raise UsageError("no files to import")
    if twice:
        raise UsageError(
            f"two files of the name {twice[0]}",
            allowed="The name of a file tells its editions apart.",
            remedy="Import them one after the other if one is the newer edition.",
        )
    return [Path(path) for path in files]


def check_format(reader: Reader, path: Path) -> None:
    """Look at the first line only.

    Raises
    ------
    UnreadableFileError : see `LineStream`; or the format is another
    """
    _, first = next(iter(LineStream(path, lenient=reader.lenient)), (0, ""))
    if reader.recognises(first):
        return
    raise UnreadableFileError(
        f"{path.name} is not {reader.title}: its first line is {first[:80]!r}",
        where=str(path.parent),
        allowed=f"Expected: {reader.expects}".replace("\t", ", ") + ".",
        remedy=advice(first),
    )


@dataclass(frozen=True, slots=True)
class ImportRun:
    """The import of some files into one folder, whose lock is held."""

    folder: Path
    reader: Reader
    registry: Registry
    tell: Progress
    waited: bool

    def run(self, files: Sequence[Path]) -> ImportReport:
        """Read, check, write and, as the last step, put the manifest in its place."""
        manifest = Manifest.read(self.folder)
        sweep(self.folder, manifest)
        surveys = {path: Survey.of(path) for path in files}
        here = {
            file.report.sha256: file.report
            for one in manifest.imports
            for file in one.files
            if one.reader == self.reader.id
        }
        new = _first_of_each({path: one for path, one in surveys.items() if one.sha256 not in here})
        added = self._add(manifest, new) if new else None
        reports = {file.report.name: file.report for file in added.files} if added else {}
        return ImportReport(
            import_id=added.id if added else None,
            reader=self.reader.id,
            files=tuple(
                reports.get(path.name) or _already(path, surveys[path].sha256, here) for path in files
            ),
            unmapped=added.unmapped if added else (),
            waited=self.waited,
        )

    def _add(self, manifest: Manifest, new: dict[Path, Survey]) -> Import:
        import_id = _import_id(self.reader.id, new)
        staging_folder = Path(tempfile.mkdtemp(prefix=STAGING_PREFIX, dir=self.folder))
        try:
            with connect(str(staging_folder)) as engine:
                _limit(engine)
                added = self._staged(manifest, new, import_id, staging_folder, engine)
            self._commit(manifest, added, staging_folder)
        except OSError as error:
            _cannot_write(error, self.folder)
        finally:
            shutil.rmtree(staging_folder, ignore_errors=True)
        return added

    def _staged(
        self,
        manifest: Manifest,
        new: dict[Path, Survey],
        import_id: str,
        folder: Path,
        engine: "duckdb.DuckDBPyConnection",
    ) -> Import:
        desk = Desk(self.registry, load_ontology())
        staging = Staging(folder, engine)
        in_force = {(one.reader, file.report.name): file for one, file in manifest.current()}
        replaced = [in_force[key] for path in new if (key := (self.reader.id, path.name)) in in_force]
        done, total = 0, sum(survey.bytes for survey in new.values())
        for number, (path, survey) in enumerate(new.items(), manifest.next_file):

            def told(bytes_read: int, path: Path = path, done: int = done) -> None:
                self.tell(path.name, done + bytes_read, total)

            status = NEW_EDITION if (self.reader.id, path.name) in in_force else IMPORTED
            told(0)
            if not staging.sift(number, path, survey, self.reader, desk, status=status, told=told):
                stream = LineStream(path, lenient=self.reader.lenient)
                staging.read(number, stream, self.reader, desk, status=status, told=told)
                if stream.sha256 != survey.sha256:
                    raise UnreadableFileError(
                        f"{path.name} changed while it was read", where=str(path.parent)
                    )
            told(survey.bytes)
            done += survey.bytes
        others = manifest.dropping({file.number for file in replaced})
        files = staging.finish(others.relation(self.folder))
        return Import(
            id=import_id,
            reader=self.reader.id,
            ontology=desk.ontology.edition,
            files=files,
            outputs=staging.write(import_id, self.reader.id),
            actors=staging.actors,
            unmapped=staging.unmapped,
            refused_path=f"{REFUSED_FOLDER}/{import_id}.csv",
        )

    def _commit(self, manifest: Manifest, added: Import, staging: Path) -> None:
        moves = {staging / Path(output.path).name: self.folder / output.path for output in added.outputs}
        moves[staging / REFUSED_LIST] = self.folder / added.refused_path
        for target in moves.values():
            target.parent.mkdir(exist_ok=True)
        for source, target in moves.items():
            source.replace(target)
        for folder in sorted({target.parent for target in moves.values()}):
            sync_folder(folder)
        manifest.with_import(added).write(self.folder)


def _limit(engine: "duckdb.DuckDBPyConnection") -> None:
    """Give the engine memory by its cores, whatever the files are."""
    ((cores,),) = engine.execute("SELECT CAST(current_setting('threads') AS INTEGER)").fetchall()
    cores = min(cores, MOST_CORES)
    engine.execute(f"SET threads = {cores}")
    engine.execute(f"SET memory_limit = '{IMPORT_MB + cores * CORE_MB}MB'")


def _first_of_each(new: dict[Path, Survey]) -> dict[Path, Survey]:
    first: dict[str, Path] = {}
    for path, survey in new.items():
        first.setdefault(survey.sha256, path)
    return {path: new[path] for path in first.values()}


def _already(path: Path, sha256: str, here: dict[str, FileReport]) -> FileReport:
    known = here.get(sha256)
    if known is None:  # the same content twice in one call
        return FileReport(path.name, sha256, ALREADY_HERE, 0, 0)
    return FileReport(
        path.name, sha256, ALREADY_HERE, known.rows, known.accepted, known.set_aside, known.refused
    )


def _import_id(reader: str, new: dict[Path, Survey]) -> str:
    content = json.dumps([reader, sorted((path.name, survey.sha256) for path, survey in new.items())])
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _cannot_write(error: OSError, folder: Path) -> NoReturn:
    raise StoreError(f"the import cannot be written: {error.strerror or error}", where=str(folder)) from None
