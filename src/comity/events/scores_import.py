"""One import of daily scores, from the files to the manifest: all of it or nothing."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import numpy as np

from comity.actors import Registry
from comity.events.acts import EPOCH
from comity.events.counts import FileCounts
from comity.events.engine import connect, literal
from comity.events.errors import StoreError
from comity.events.importing import distinct
from comity.events.locking import STAGING_PREFIX, Progress, locked, sweep
from comity.events.manifest import Import, ImportedFile, Manifest, Output, sync_folder
from comity.events.readers import Refused
from comity.events.refused import RefusedList
from comity.events.report import (
    ALREADY_HERE,
    IMPORTED,
    NEW_EDITION,
    FileReport,
    ImportReport,
    added,
    by_frequency,
)
from comity.events.scores import Ints, Scores
from comity.events.scores_intake import Intake, Table, key_of
from comity.events.scores_reading import check_columns, read_file
from comity.events.scores_store import FOLDER, READER, ScoreStore
from comity.events.staging import REFUSED_LIST, UNMAPPED_PER_IMPORT
from comity.events.survey import Survey
from comity.events.writing import FORM
from comity.provenance import NothingFoundError, UnreadableFileError


def import_scores(
    store: ScoreStore, files: Sequence[Path], registry: Registry, progress: Progress | None = None
) -> ImportReport:
    """Bring files of daily scores in, all or none; a file that is here already is left as it is.

    A file of the same name with other content is a new edition: the older one is kept but no longer
    used. A score of a pair and day that another file gave before is refused.

    Parameters
    ----------
    files : CSV (also gzipped or zipped) or Parquet with the columns date, country_a, country_b, score
    progress : called with a file's name, bytes done and bytes in all

    Raises
    ------
    UnreadableFileError : a file that is missing, damaged or of another form; nothing is stored
    NothingFoundError : no row of the files can be used; nothing is stored
    StoreError : the folder cannot be written, or was made by a newer comity
    UsageError : no files, or two of one name
    """
    paths = distinct(files)
    for path in paths:
        check_columns(path)
    tell = progress or _silent
    with locked(store.path, tell) as waited:
        return _Run(store, registry, tell, waited).run(paths)


@dataclass(frozen=True, slots=True)
class _Run:
    store: ScoreStore
    registry: Registry
    tell: Progress
    waited: bool

    def run(self, files: Sequence[Path]) -> ImportReport:
        manifest = Manifest.read(self.store.path)
        sweep(self.store.path, manifest)
        surveys = {path: Survey.of(path) for path in files}
        here = {file.report.sha256: file.report for one in manifest.imports for file in one.files}
        new: dict[str, Path] = {}
        for path, survey in surveys.items():
            if survey.sha256 not in here:
                new.setdefault(survey.sha256, path)
        brought = self._add(manifest, {path: surveys[path] for path in new.values()}) if new else None
        reports = {file.report.name: file.report for file in brought.files} if brought else {}
        return ImportReport(
            import_id=brought.id if brought else None,
            reader=READER,
            files=tuple(
                reports.get(path.name) or _already(path, surveys[path].sha256, here) for path in files
            ),
            unmapped=brought.unmapped if brought else (),
            waited=self.waited,
        )

    def _add(self, manifest: Manifest, new: dict[Path, Survey]) -> Import:
        content = json.dumps([READER, sorted((path.name, one.sha256) for path, one in new.items())])
        import_id = hashlib.sha256(content.encode()).hexdigest()[:12]
        staging = Path(tempfile.mkdtemp(prefix=STAGING_PREFIX, dir=self.store.path))
        try:
            one = self._staged(manifest, new, import_id, staging)
            self._commit(manifest, one, staging)
        except OSError as error:
            what = f"the import cannot be written: {error.strerror or error}"
            raise StoreError(what, where=str(self.store.path)) from None
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        return one

    def _staged(self, manifest: Manifest, new: dict[Path, Survey], import_id: str, staging: Path) -> Import:
        refused = RefusedList(staging / REFUSED_LIST)
        in_force = {file.report.name: file for _, file in manifest.current()}
        replaced = {in_force[path.name].number for path in new if path.name in in_force}
        intake = Intake(self.registry, lambda rows: None)
        seen = _keys(self.store.load(manifest.dropping(replaced)), intake)
        files, tables = [], []
        done, total = 0, sum(survey.bytes for survey in new.values())
        for number, (path, survey) in enumerate(new.items(), manifest.next_file):
            counts = FileCounts()
            intake.refuse = partial(_refuse, refused, counts, path.name)

            def told(bytes_read: int, path: Path = path, done: int = done) -> None:
                self.tell(path.name, done + bytes_read, total)

            told(0)
            before = intake.rows
            read_file(path, intake, told)
            if not survey.still(path):
                raise UnreadableFileError(f"{path.name} changed while it was read", where=str(path.parent))
            table, again = intake.table().split(seen)
            intake.refuse(again.repeats())
            counts.rows, counts.accepted = intake.rows - before, len(table)
            seen = np.concatenate([seen, table.key])
            done += survey.bytes
            status = NEW_EDITION if path.name in in_force else IMPORTED
            files.append(_file(number, survey, counts.report(path.name, survey.sha256, status), table))
            tables.append((number, table))
        if not any(len(table) for _, table in tables):
            reasons = [reason for file in files for _, reason in file.report.examples[:1]]
            raise NothingFoundError("no score can be used", allowed=f"{'; '.join(reasons)}.")
        refused.sync()
        unmapped = by_frequency(added(dict(file.report.unmapped) for file in files))
        output, actors = _write(tables, import_id, staging)
        return Import(
            id=import_id,
            reader=READER,
            ontology="",
            files=tuple(files),
            outputs=(output,),
            actors=actors,
            unmapped=unmapped[:UNMAPPED_PER_IMPORT],
            refused_path=f"refused/{import_id}.csv",
        )

    def _commit(self, manifest: Manifest, one: Import, staging: Path) -> None:
        folder = self.store.path
        moves = {staging / Path(output.path).name: folder / output.path for output in one.outputs}
        moves[staging / REFUSED_LIST] = folder / one.refused_path
        for source, target in moves.items():
            target.parent.mkdir(exist_ok=True)
            source.replace(target)
            sync_folder(target.parent)
        manifest.with_import(one).write(folder)


def _refuse(refused: RefusedList, counts: FileCounts, name: str, rows: Iterable[Refused]) -> None:
    kept = list(rows)
    for row in kept:
        counts.refuse(row)
    refused.add(name, kept)


def _keys(scores: Scores, intake: Intake) -> Ints:
    """Number the pairs and days that are here already, as the intake numbers new ones."""
    sizes = [rows.stop - rows.start for rows in scores.places.values()]
    a, b = (
        np.repeat(np.array([intake.number_of(pair[end]) for pair in scores.places], dtype=np.int64), sizes)
        for end in (0, 1)
    )
    return key_of(a, b, scores.day)


def _file(number: int, survey: Survey, report: FileReport, table: Table) -> ImportedFile:
    days = (int(table.day.min()), int(table.day.max())) if len(table) else (None, None)
    return ImportedFile(number, survey.bytes, report, *days)


def _already(path: Path, sha256: str, here: Mapping[str, FileReport]) -> FileReport:
    known = here.get(sha256)
    if known is None:  # the same content twice in one call
        return FileReport(path.name, sha256, ALREADY_HERE, 0, 0)
    return replace(known, name=path.name, status=ALREADY_HERE)


def _write(
    tables: Sequence[tuple[int, Table]], import_id: str, staging: Path
) -> tuple[Output, tuple[str, ...]]:
    """Write all rows into one Parquet file, in the order of pair and day; give it, and who is in it."""
    parts = [(number, table.in_order()) for number, table in tables]
    columns = {
        "file": np.concatenate([np.full(len(table), number, dtype=np.int32) for number, table in parts]),
        "line": np.concatenate([table.line for _, table in parts]),
        "a": np.concatenate([table.names[0] for _, table in parts]),
        "b": np.concatenate([table.names[1] for _, table in parts]),
        "day": np.concatenate([table.day for _, table in parts]).astype(np.int32),
        "score": np.concatenate([table.score for _, table in parts]),
    }
    year = (EPOCH + timedelta(int(columns["day"].min()))).year
    path = staging / f"{year}-{import_id}.parquet"
    with connect(str(staging)) as engine:
        engine.register("rows", columns)
        engine.execute(f"COPY (SELECT * FROM rows) TO {literal(path)} ({FORM})")
    with path.open("rb+") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    output = Output(f"{FOLDER}/{path.name}", year, len(columns["day"]), path.stat().st_size, digest)
    return output, tuple(sorted({*columns["a"].tolist(), *columns["b"].tolist()}))


def _silent(message: str, done: int, total: int) -> None:
    del message, done, total
