"""The mapping file for a table of one's own: which column is the date, the sender, the code."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from comity.provenance import BadValueError, read_text

MAX_BYTES: Final = 1 << 16
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
NEEDED: Final = ("name", "date", "sender", "receiver")
COLUMNS: Final = (
    "date", "sender", "receiver", "code", "type", "mode", "weight", "id",
    "sender_country", "receiver_country", "sender_sectors", "receiver_sectors",
)  # fmt: skip
SETTINGS: Final = ("name", "title", "separator", "date_format", "actors", "values")
ACTORS: Final = ("names", "cameo")
SEPARATORS: Final = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column of a table holds what.

    Parameters
    ----------
    name : what the data are called in the case; they are imported as `csv-NAME`
    columns : from date, sender, receiver, code, type, mode, weight, id … to a column of the table
    values : for code, type or mode: from what the table prints to what comity calls it
    actors : `names` (of any sort that the registry knows) or `cameo` (codes such as JPNGOV)
    """

    name: str
    columns: Mapping[str, str]
    title: str = ""
    separator: str = ","
    date_format: str = "%Y-%m-%d"
    actors: str = "names"
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _one_of("separator", self.separator, SEPARATORS)
        _one_of("actors", self.actors, ACTORS)
        if not NAME.fullmatch(self.name):
            raise BadValueError(
                f"name {self.name!r}", allowed="Small letters, digits and hyphens, at most 40."
            )
        if not {"code", "type"} & set(self.columns):
            raise BadValueError(
                "no column says what happened", allowed="Name one as 'code' (CAMEO) or as 'type' (PLOVER)."
            )
        try:
            known = datetime.strptime(date(2001, 2, 3).strftime(self.date_format), self.date_format)
        except ValueError:
            known = None
        if known is None or known.date() != date(2001, 2, 3):
            raise BadValueError(
                f"date_format {self.date_format!r}",
                allowed="Year, month and day as in '%Y-%m-%d' or '%d/%m/%Y'.",
            )


def read_column_map(path: Path) -> ColumnMap:
    """Read a mapping file.

    Raises
    ------
    UnreadableFileError : see `read_text`
    BadValueError : not TOML, a setting that there is not, or one that is missing
    """
    text = read_text(path, max_bytes=MAX_BYTES)
    try:
        content = tomllib.loads(text)
        return _column_map(content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadValueError(f"not TOML: {error}", where=str(path)) from None
    except BadValueError as error:
        raise error.placed(str(path)) from None


def _column_map(content: dict[str, Any]) -> ColumnMap:
    unknown = sorted(set(content) - {*COLUMNS, *SETTINGS})
    if unknown:
        raise BadValueError(
            f"no setting {unknown[0][:40]!r}", allowed=f"Settings: {', '.join((*SETTINGS, *COLUMNS))}."
        )
    missing = [name for name in NEEDED if name not in content]
    if missing:
        raise BadValueError(f"{missing[0]} is missing", allowed=f"Needed: {', '.join(NEEDED)}.")
    values = content.pop("values", {})
    for name, value in content.items():
        if not isinstance(value, str) or not value:
            raise BadValueError(f"{name} is not a text", allowed='For example: date = "day".')
    if not isinstance(values, dict) or not all(_words(table) for table in values.values()):
        raise BadValueError(
            "values is not a table of texts", allowed='[values.type] then "talks" = "CONSULT".'
        )
    if set(values) - {"code", "type", "mode"}:
        raise BadValueError(
            "values of another column", allowed="Values can be given for code, type and mode."
        )
    columns: dict[str, str] = {name: content.pop(name) for name in COLUMNS if name in content}
    return ColumnMap(columns=columns, values=values, **content)


def _words(table: object) -> bool:
    return isinstance(table, dict) and all(isinstance(word, str) for word in table.values())


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        listed = ", ".join(repr(one) for one in allowed)
        raise BadValueError(f"{name} {value!r}", allowed=f"One of {listed}.")
