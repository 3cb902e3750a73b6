"""Imported daily scores of a case: Parquet files and a manifest of their own, apart from the events."""

from pathlib import Path
from typing import Final

import numpy as np

from comity.events.engine import connect
from comity.events.locking import locked, sweep
from comity.events.manifest import Import, Manifest
from comity.events.scores import Scores
from comity.provenance import NothingFoundError

READER: Final = "scores"
FOLDER: Final = "daily"


class ScoreStore:
    """A folder of imported daily scores; a folder that does not exist holds none."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)

    @property
    def manifest(self) -> Manifest:
        """What the store holds now."""
        return Manifest.read(self.path)

    @property
    def has_rows(self) -> bool:
        """Whether any score is stored."""
        return any(file.report.accepted for _, file in self.manifest.current())

    @property
    def editions(self) -> dict[str, str]:
        """Name to SHA-256 of the files in force."""
        return {f"{READER}/{file.report.name}": file.report.sha256 for _, file in self.manifest.current()}

    def imports(self) -> tuple[Import, ...]:
        """List the imports, oldest first."""
        return self.manifest.imports

    def refused(self, import_id: str) -> Path:
        """Name the CSV file that lists the refused rows of an import: file, line, reason, detail.

        Raises
        ------
        NothingFoundError : no such import
        """
        return self.path / self._chosen(self.manifest, import_id)[0].refused_path

    def has(self, what: str) -> bool:
        """Tell whether an import goes by this id, or all of them by the name of their form."""
        return any(what in (one.id, one.reader) for one in self.imports())

    def load(self, manifest: Manifest | None = None) -> Scores:
        """Read all scores in force, in the order of pair and day.

        Where an older edition holds again, a pair and day may come twice: the earlier file counts.

        Parameters
        ----------
        manifest : what is in force; by default what the store holds now

        Raises
        ------
        StoreError : a file of the store is missing or damaged
        """
        manifest = manifest or self.manifest
        rows = manifest.relation(self.path, columns="a, b, day, score, file")
        if not rows:
            empty = np.array([], dtype=object)
            return Scores.of_rows(empty, empty, np.zeros(0, dtype=np.int64), np.zeros(0))
        with connect() as engine:
            engine.execute(
                "CREATE TEMP TABLE places AS SELECT a, b, ROW_NUMBER() OVER (ORDER BY a, b) - 1 AS pair "
                f"FROM (SELECT DISTINCT a, b FROM ({rows}))"
            )
            pairs = engine.execute("SELECT a, b FROM places ORDER BY pair").fetchall()
            found = engine.execute(
                f"SELECT pair, day, score FROM ({rows}) JOIN places USING (a, b) ORDER BY pair, day, file"
            ).fetchnumpy()
        pair, day = (np.asarray(found[name], dtype=np.int64) for name in ("pair", "day"))
        once = np.ones(len(pair), dtype=bool)
        once[1:] = (pair[1:] != pair[:-1]) | (day[1:] != day[:-1])
        a, b = (np.array([one[end] for one in pairs], dtype=object)[pair[once]] for end in (0, 1))
        score = np.asarray(found["score"], dtype=np.float64)[once]
        return Scores.of_rows(a, b, day[once], score, editions=self.editions)

    def remove(self, what: str) -> tuple[str, ...]:
        """Take out one import by its id, or all of them by the name `scores`; give the ids that went.

        An older edition of a file holds again.

        Raises
        ------
        NothingFoundError : no such import
        """
        self._chosen(self.manifest, what)
        with locked(self.path, _silent):
            before = Manifest.read(self.path)
            gone = self._chosen(before, what)
            after = before.without({one.id for one in gone})
            after.write(self.path)
            sweep(self.path, after)
        return tuple(one.id for one in gone)

    def _chosen(self, manifest: Manifest, what: str) -> list[Import]:
        chosen = [one for one in manifest.imports if what in (one.id, one.reader)]
        if not chosen:
            known = ", ".join(one.id for one in manifest.imports)
            raise NothingFoundError(f"no import {what!r} of scores here", allowed=f"Imports: {known}.")
        return chosen


def _silent(message: str, done: int, total: int) -> None:
    del message, done, total
