"""The reader that a command line asks for: by name, by content, by a mapping file, or a benchmark's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from comity.events.readers.column_map import read_column_map
from comity.events.readers.formats import find_reader, first_line, recognise
from comity.events.readers.mapped import Mapped
from comity.events.readers.reader import Reader
from comity.events.readers.tkg import ID_ROW, RELATIONS, STEPS, Tkg, known_sets, read_ids, set_of
from comity.provenance import UsageError

AUTO: Final = "auto"
CSV: Final = "csv"


def choose_reader(
    name: str,
    paths: Sequence[Path],
    *,
    column_map: Path | None = None,
    origin: date | None = None,
    step: str | None = None,
) -> Reader:
    """Choose the reader of some files.

    Parameters
    ----------
    name : a reader's name, `csv` (with a mapping file) or `auto` (the files say what they are)
    column_map : mapping file of a table of one's own
    origin, step : for quadruples of ids: the day of time 0; `hour` (the default) or `day`

    Raises
    ------
    UsageError : no such reader, or an option that it does not take or needs
    UnreadableFileError : `auto`, and the files are in no known form
    """
    if column_map is not None:
        if name not in (CSV, AUTO):
            raise UsageError(f"{name} takes no mapping file", where="--map", allowed="csv takes one.")
        return Mapped(read_column_map(column_map))
    if name == CSV:
        raise UsageError("csv needs a mapping file", allowed="comity import csv FILE… --map FILE.")
    reader = recognise(paths) if name == AUTO else find_reader(name)
    if isinstance(reader, Tkg):
        return _benchmark(reader, paths, origin, step)
    if origin is not None or step is not None:
        raise UsageError(f"{reader.id} takes no --origin and no --step", allowed="tkg takes them.")
    return reader


def _benchmark(reader: Tkg, paths: Sequence[Path], origin: date | None, step: str | None) -> Tkg:
    if step is not None:
        if step not in STEPS:
            raise UsageError(f"no step {step!r}", where="--step", allowed=f"One of {', '.join(STEPS)}.")
        reader = replace(reader, hours_per_step=STEPS[step])
    if origin is not None:
        if reader.id in known_sets():
            raise UsageError(f"the first day of {reader.title} is known", where="--origin")
        reader = replace(reader, origin=origin)
    if not any(ID_ROW.fullmatch(first_line(path)) for path in paths):
        return reader
    folders = {path.parent for path in paths}
    if len(folders) > 1:
        raise UsageError("quadruples from two folders", remedy="Import them one folder after the other.")
    if reader.origin is None:
        raise UsageError(
            "the times of quadruples count from a day that the file does not name",
            allowed=f"Name the set ({', '.join(known_sets())}), or give --origin YYYY-MM-DD.",
            remedy=_likely(folders.pop() / RELATIONS),
        )
    return reader.with_maps(folders.pop())


def _likely(relations: Path) -> str:
    known = set_of(len(read_ids(relations))) if relations.is_file() else None
    return f"It has as many relations as {known.title}: {known.id!r} reads it as that." if known else ""
