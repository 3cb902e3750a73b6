"""Taking older editions out of a store for good."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.events.engine import literal
from comity.events.manifest import Import, ImportedFile, Manifest, Output
from comity.events.writing import write_output

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Pruned:
    """What went, or would go: editions by name and hash, and what they took up."""

    editions: tuple[tuple[str, str], ...]
    rows: int
    bytes: int

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain values."""
        editions = [{"name": name, "sha256": sha256} for name, sha256 in self.editions]
        return {"editions": editions, "rows": self.rows, "bytes": self.bytes}


@dataclass(frozen=True)
class Pruning:
    """The work of one pruning; files are written to a temporary folder first."""

    folder: Path
    staging: Path
    engine: "duckdb.DuckDBPyConnection"
    manifest: Manifest

    def run(self) -> tuple[Manifest, Pruned, tuple[Output, ...]]:
        """Give the manifest afterwards, what goes, and the outputs to be moved into the store."""
        in_force = {file.number for _, file in self.manifest.current()}
        imports: list[Import] = []
        fresh: list[Output] = []
        gone: list[tuple[Import, ImportedFile]] = []
        for one in self.manifest.imports:
            resting = [file for file in one.files if file.number not in in_force]
            gone += [(one, file) for file in resting]
            if not resting:
                imports.append(one)
            elif len(resting) < len(one.files):
                kept, written = self._without(one, {file.number for file in resting})
                imports.append(kept)
                fresh += written
        after = replace(self.manifest, imports=tuple(imports))
        editions = tuple((f"{one.reader}/{file.report.name}", file.report.sha256) for one, file in gone)
        (rows, size), (rows_left, left) = (self._size(one) for one in (self.manifest, after))
        return after, Pruned(editions, rows - rows_left, size - left), tuple(fresh)

    def _without(self, one: Import, numbers: set[int]) -> tuple[Import, list[Output]]:
        listed = ", ".join(map(str, sorted(numbers)))
        outputs: list[Output] = []
        written: list[Output] = []
        for output in one.outputs:
            source = literal(self.folder / output.path)
            rows = f"SELECT * FROM read_parquet({source}) WHERE file NOT IN ({listed})"
            ((count,),) = self.engine.execute(f"SELECT COUNT(*) FROM ({rows})").fetchall()
            if count == output.rows:
                outputs.append(output)
                continue
            name = hashlib.sha256(f"{output.sha256}|{listed}".encode()).hexdigest()[:12]
            path = self.staging / f"{output.year}-{name}.parquet"
            found = write_output(self.engine, rows, path, reader=one.reader, year=output.year)
            written += [found] if found else []
        files = tuple(file for file in one.files if file.number not in numbers)
        return replace(one, files=files, outputs=(*outputs, *written)), written

    def _size(self, manifest: Manifest) -> tuple[int, int]:
        outputs = [output for one in manifest.imports for output in one.outputs]
        lists = [self.folder / one.refused_path for one in manifest.imports]
        sizes = [path.stat().st_size for path in lists if path.exists()]
        return sum(one.rows for one in outputs), sum(one.bytes for one in outputs) + sum(sizes)
