"""Reading the settings that people edit by hand: each value checked, each fault with its line."""

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from comity.cases.problem import Problem
from comity.cases.wording import SHOWN, has_control, looks_active, shown
from comity.provenance import BadValueError, parse_day, read_text

MAX_BYTES: Final = 4 * 1024 * 1024
_AT_LINE: Final = re.compile(r"\(at line (\d+)")


class TomlTable:
    """One table of a TOML file; what is wrong with its values goes to `problems`."""

    def __init__(self, file: str, values: dict[str, Any], lines: list[str], problems: list[Problem]) -> None:
        self.file, self.values, self.lines, self.problems = file, values, lines, problems
        self.first_line = 0  # the line before the table's first; the whole file: 0

    def table(self, name: str) -> "TomlTable":
        """Open ``[name]``; an absent one is empty."""
        values = self.values.get(name, {})
        if not isinstance(values, dict):
            self.fault("setting", name, f"{name} is written [{name}], with one setting a line")
            values = {}
        return self._part(values, f"[{name}]", 0)

    def tables(self, name: str) -> list["TomlTable"]:
        """Open every ``[[name]]``."""
        values = self.values.get(name, [])
        if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
            self.fault("setting", name, f"each {name} is written [[{name}]], with one setting a line")
            return []
        return [self._part(one, f"[[{name}]]", nth) for nth, one in enumerate(values)]

    def text(self, key: str, *, required: bool = False) -> str:
        """Read a text; an absent one is empty."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            self.fault("setting", key, f"{key} is a text in quotation marks, not {_shown(value)}")
            return ""
        self._check(key, value)
        if required and not value.strip():
            self.fault("missing-value", key, f"{key} is missing or empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fault("setting", key, f'{key} is a list of texts, such as ["JPN"], not {_shown(value)}')
            return ()
        for one in value:
            self._check(key, one)
        return tuple(value)

    def day(self, key: str) -> date | None:
        """Read a day, written as a TOML date or as text."""
        value = self.values.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return parse_day(value if isinstance(value, str) else "" if value is None else _shown(value))
        except BadValueError as error:
            self.fault("date", key, f"{key}: {error.what}. {error.allowed}")
            return None

    def flag(self, key: str, *, default: bool) -> bool:
        """Read true or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.fault("setting", key, f"{key} is true or false, not {_shown(value)}")
            return default
        return value

    def whole(self, key: str, *, default: int) -> int:
        """Read a whole number, 0 or more."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fault("setting", key, f"{key} is a whole number, 0 or more, not {_shown(value)}")
            return default
        return value

    def only(self, *known: str) -> None:
        """Report every setting that is not one of these."""
        for key in self.values:
            if key not in known:
                self.fault("setting", key, f"unknown setting {key[:40]!r}; known are {', '.join(known)}")

    def fault(self, rule: str, key: str, message: str) -> None:
        """Report a fault at a setting."""
        self.problems.append(Problem(self.file, self.line(key), rule, message))

    def line(self, key: str) -> int:
        """Find the line of a setting: of its table, where the setting itself is absent."""
        pattern = re.compile(rf'\s*(\[+\s*)?"?{re.escape(key)}"?\s*[=\]]')
        for number, line in enumerate(self.lines[self.first_line :], self.first_line + 1):
            if pattern.match(line):
                return number
            if self.first_line and line.lstrip().startswith("["):
                break
        return self.first_line

    def _check(self, key: str, text: str) -> None:
        if has_control(text):
            self.fault("control-character", key, f"{key} holds a control character")
        elif looks_active(text):
            self.fault("active-text", key, f"{key} {shown(text)} looks like a formula or markup")

    def _part(self, values: dict[str, Any], header: str, nth: int) -> "TomlTable":
        part = TomlTable(self.file, values, self.lines, self.problems)
        places = [number for number, line in enumerate(self.lines, 1) if line.strip().startswith(header)]
        part.first_line = places[nth] if nth < len(places) else self.first_line
        return part


def read_toml(path: Path, problems: list[Problem]) -> TomlTable | None:
    """Read a TOML file; ``None`` where it is no TOML, with the fault in `problems`.

    Raises
    ------
    UnreadableFileError : see `comity.provenance.read_text`
    """
    text = read_text(path, max_bytes=MAX_BYTES)
    try:
        values = tomllib.loads(text)
    except RecursionError:
        problems.append(Problem(path.name, 0, "toml", f"{path.name} is nested too deeply"))
        return None
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        rule = "date" if "Invalid date" in str(error) else "toml"
        line = int(place[1]) if place else 0
        problems.append(Problem(path.name, line, rule, f"{path.name} is not TOML: {error}"))
        return None
    return TomlTable(path.name, values, text.splitlines(), problems)


def _shown(value: object) -> str:
    return shown(value) if isinstance(value, str) else repr(value)[:SHOWN]
