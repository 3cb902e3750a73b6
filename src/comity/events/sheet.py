"""A file split into fields, in Parquet: one row per line, in the order of the lines."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.events.engine import literal
from comity.events.layout import Layout
from comity.events.readers.stream import MAX_LINE
from comity.events.survey import ABSENT, NEVER, Survey
from comity.events.writing import lay_aside

if TYPE_CHECKING:
    import duckdb

FIRST_ROW: Final = 2  # the line after the header
BUFFER_BYTES: Final = 2_000_000  # of text that an engine holds at a time, many of them at once
NOT_THERE: Final = literal(ABSENT.decode())


@dataclass(frozen=True, slots=True)
class Sheet:
    """The fields of the lines of a file; `relation` gives them with the number of each line."""

    path: Path
    rows: int

    @classmethod
    def split(
        cls,
        engine: "duckdb.DuckDBPyConnection",
        source: Path,
        survey: Survey,
        layout: Layout,
        target: Path,
    ) -> "Sheet | None":
        """Split a plain file; nothing where an engine could see other lines than a reader would."""
        import duckdb  # the engine is at work here, so it is loaded

        if not survey.plain or survey.lines < FIRST_ROW:
            return None
        sound = survey.tabs == survey.lines * (layout.fields - 1)
        try:
            rows = _selection(source, layout, sound=sound)
            count = lay_aside(engine, rows, target)
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            return None  # not UTF-8, or a line too long or too short: the reader says where
        return cls(target, count) if count == survey.lines - 1 else None

    @property
    def relation(self) -> str:
        """What to select from, in SQL."""
        rows = f"read_parquet({literal(self.path)}, file_row_number = true)"
        return f"(SELECT file_row_number + {FIRST_ROW} AS line, * EXCLUDE (file_row_number) FROM {rows})"


def _selection(source: Path, layout: Layout, *, sound: bool) -> str:
    if sound:  # no line has fewer fields, or the engine stops; so none has more
        columns = ", ".join(f"'f{place}': 'VARCHAR'" for place in range(layout.fields))
        rows = _lines(source, columns, "\t")
        fields = {place: f"f{place}" for place in layout.used}
        full, text = "TRUE", "CAST(NULL AS VARCHAR)"
    else:
        lines = _lines(source, "'text': 'VARCHAR'", NEVER.decode())
        rows = f"(SELECT text, string_split(text, chr(9)) AS f FROM {lines})"
        fields = {place: f"COALESCE(f[{place + 1}], '')" for place in layout.used}
        full, text = f"len(f) = {layout.fields}", f"CASE WHEN len(f) <> {layout.fields} THEN text END"
    row_id = fields[layout.row_id]
    number = f"TRY_CAST({row_id} AS UBIGINT)"
    columns = ", ".join(f"{fields[place]} AS f{place}" for place in layout.used if place != layout.row_id)
    return (
        f"SELECT CASE WHEN {full} AND CAST({number} AS VARCHAR) = {row_id} THEN {number} END AS row_number, "
        f"CASE WHEN row_number IS NULL THEN {row_id} END AS f{layout.row_id}, "
        f"{text} AS text, {columns} FROM {rows}"
    )


def _lines(source: Path, columns: str, separator: str) -> str:
    return (
        f"read_csv({literal(source)}, columns = {{{columns}}}, delim = {literal(separator)}, quote = '', "
        f"escape = '', comment = '', new_line = '\\n', header = false, skip = 1, auto_detect = false, "
        f"nullstr = {NOT_THERE}, max_line_size = {MAX_LINE}, strict_mode = true, "
        f"buffer_size = {BUFFER_BYTES})"
    )
