"""Printing: tables for people, JSON Lines and CSV for programs, notes on stderr."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

Row = Mapping[str, object]
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
WIDTH_WITHOUT_TERMINAL: Final = 140


def print_json(answer: object) -> None:
    """Print one answer as one line of JSON."""
    print(json.dumps(answer, ensure_ascii=False, allow_nan=False, default=str))


def print_rows(rows: Iterable[Row], columns: Sequence[str], *, as_json: bool, as_csv: bool = False) -> None:
    """Print rows as JSON Lines, as CSV, or as a table for people."""
    if as_json:
        for row in rows:
            print_json(row)
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_csv_cell(row.get(column)) for column in columns] for row in rows)
    else:
        print_table(rows, columns)


def print_table(rows: Iterable[Row], columns: Sequence[str], *, title: str = "") -> None:
    """Print a table that fits the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL, soft_wrap=False)
    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(row.get(column))) for column in columns))
    console.print(table)


def print_line(text: str = "") -> None:
    """Print a line of an answer."""
    print(plain(text))


def note(text: str) -> None:
    """Say something beside the answer, on stderr."""
    print(plain(text), file=sys.stderr)


def plain(value: object) -> str:
    """Write a value for people: no control characters, lists with commas, numbers to three places."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, Mapping):
        return ", ".join(f"{plain(key)} {plain(one)}" for key, one in value.items()) or "–"
    if isinstance(value, list | tuple):
        return ", ".join(plain(one) for one in value)
    return "".join(sign if sign.isprintable() else " " for sign in str(value))


def _csv_cell(value: object) -> object:
    """Keep a spreadsheet from taking text for a formula; put several values into one cell."""
    if isinstance(value, Mapping):
        return ";".join(f"{name}={one}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ";".join(str(one) for one in value)
    if isinstance(value, str) and len(value) > 1 and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
