"""Reading a table of a case: sound rows become records, faulty ones problems."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from comity.actors import Registry, UnknownActorError
from comity.cases.documents import leads_outside
from comity.cases.layout import TABLES
from comity.cases.problem import Problem, in_row, of_error
from comity.cases.row_rules import Surroundings, texts
from comity.cases.table_rules import ROW_RULES
from comity.cases.wording import shown
from comity.provenance import ComityError, TableRow, UnreadableFileError, read_table

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Record]):
    """A table's records with their lines, and what is wrong with the rows that were refused."""

    name: str
    records: tuple[Record, ...]
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]
    fault: UnreadableFileError | None = None  # why the table, or what follows its last row, cannot be read

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return len({problem.line for problem in self.problems if problem.severity == "error"})

    def sound(self) -> tuple[Record, ...]:
        """Give the records of the sound rows.

        Raises
        ------
        UnreadableFileError : the table cannot be read to its end
        """
        if self.fault:
            raise self.fault
        return self.records


def load(
    folder: Path, name: str, record_of: Callable[[TableRow], Record], around: Surroundings
) -> Loaded[Record]:
    """Read one table of a case; an id that comes again is refused, but in actors.csv."""
    problems: list[Problem] = []
    taken: list[tuple[Record, int]] = []
    seen: dict[str, int] = {}
    fault: UnreadableFileError | None = None
    try:
        for row in _rows(folder, name, problems):
            found = [*texts(row), *ROW_RULES[name](row, around), *_again(row, seen)]
            if not any(problem.severity == "error" for problem in found):
                try:
                    taken.append((record_of(row), row.line))
                except ComityError as error:
                    found.append(in_row(row, "value", f"{error.what}. {error.allowed}".strip()))
            problems += found
    except UnreadableFileError as error:
        fault = error
    records, lines = tuple(record for record, _ in taken), tuple(line for _, line in taken)
    return Loaded(name, records, lines, tuple(problems), fault)


def sound_records(
    rows: Iterable[TableRow], record_of: Callable[[TableRow], Record], around: Surroundings
) -> Iterator[Record]:
    """Give the records of rows that break no rule; what the others break, 'comity review' says."""
    for row in rows:
        table = next(name for name, columns in TABLES.items() if tuple(row.fields) == columns)
        found = [*texts(row), *ROW_RULES[table](row, around)]
        if not any(problem.severity == "error" for problem in found):
            with suppress(ComityError):
                yield record_of(row)


def load_actors(folder: Path, package: Registry) -> tuple[Registry, Loaded[TableRow]]:
    """Read actors.csv and join it to the package's registry."""
    table = load(folder, "actors.csv", plain_row, Surroundings(package))
    if not table.records:
        return package, table
    errors: list[ComityError] = []
    registry = package.with_rows(table.records, refused=errors)
    faults = [
        of_error(error, table.name, "unknown-actor" if isinstance(error, UnknownActorError) else "value")
        for error in errors
    ]
    return registry, Loaded(table.name, table.records, table.lines, (*table.problems, *faults), table.fault)


def plain_row(row: TableRow) -> TableRow:
    """Keep a row as it is."""
    return row


def _rows(folder: Path, name: str, problems: list[Problem]) -> Iterator[TableRow]:
    if leads_outside(folder, Path(name)):
        raise UnreadableFileError(f"{name} leads out of the case folder", where=str(folder))
    miscounted: list[ComityError] = []
    try:
        yield from read_table(folder / name, TABLES[name], refused=miscounted)
    finally:
        problems += [of_error(error, name, "fields") for error in miscounted]


def _again(row: TableRow, seen: dict[str, int]) -> Iterator[Problem]:
    if row.file == "series.csv":
        key, what = " ".join((*sorted((row["a"], row["b"])), row["month"])), "the pair and month"
    elif "id" in row.fields and row.file != "actors.csv":  # a person may hold several offices
        key, what = row["id"], "id"
    else:
        return
    if key in seen:
        yield in_row(row, "duplicate-id", f"{what} {shown(key)} stands in line {seen[key]} already")
    seen.setdefault(key, row.line)
