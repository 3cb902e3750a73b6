"""Write the reference pages that the code itself can give: commands and public names."""

import argparse
import importlib
from pathlib import Path

from reading_scores import write_reading_scores
from russia_gap import write_russia_gap

import comity
from comity.workbench import COMMANDS, build_parser

ROOMS = tuple(sorted(path.parent.name for path in (Path(comity.__file__).parent).glob("*/__init__.py")))


def write_reference(folder: Path) -> None:
    """Write one page for the commands, one a room, and the results of the page on the Russia gap."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "commands.md", commands_page())
    for room in ROOMS:
        _write(folder / f"{room}.rst", room_page(room))
    write_russia_gap(folder / "russia-gap")
    write_reading_scores(folder / "reading" / "scores.md")


def commands_page() -> str:
    """Give every command's help, as the command line prints it."""
    parts = ["# Commands", "", "```text", build_parser().format_help().rstrip(), "```"]
    for name in sorted(COMMANDS):
        parser = _subparser(build_parser(name), name)
        parts += ["", f"## comity {name}", "", "```text", parser.format_help().rstrip(), "```"]
    return "\n".join(parts) + "\n"


def room_page(room: str) -> str:
    """Give every public name of a room with its docstring."""
    door = importlib.import_module(f"comity.{room}")
    title = f"comity.{room}"
    lines = [title, "=" * len(title), "", str(door.__doc__).strip(), ""]
    for name in sorted(door.__all__):
        lines += _entry(room, name, getattr(door, name))
    return "\n".join(lines) + "\n"


def _entry(room: str, name: str, value: object) -> list[str]:
    path = f"comity.{room}.{name}"
    if isinstance(value, type):
        return [f".. autoclass:: {path}", "   :members:", "   :undoc-members:", ""]
    if callable(value):
        return [f".. autofunction:: {path}", ""]
    return [f".. py:data:: {path}", f"   :type: {type(value).__name__}", "", *_listed(value), ""]


def _listed(value: object) -> list[str]:
    """Give the values of a constant table of words."""
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        return ["   " + ", ".join(f"``{one}``" if one else "(empty)" for one in value)]
    return []


def _subparser(parser: argparse.ArgumentParser, name: str) -> argparse.ArgumentParser:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found: argparse.ArgumentParser = action.choices[name]
            return found
    raise LookupError(name)


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")
