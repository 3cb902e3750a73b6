"""The house: which room may import which, entered only by its door, without cycles."""

import ast
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "comity"
TABLE = ROOT / "docs" / "reference" / "rooms.md"
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "base.py", "core.py"}
LAZY_ROOM = "workbench"
HEAVY = {"duckdb", "filelock", "importlib", "narwhals", "numpy"}
IMPORT_SIDE = "comity.events.importing"  # the store opens it when it is written to


def allowed_imports() -> dict[str, set[str]]:
    """Read the table of the contributor docs: room, what lives there, what it may import."""
    rows = re.findall(r"^\| (\w+) \|[^|]*\| ([^|]*) \|$", TABLE.read_text("utf-8"), re.MULTILINE)
    return {room: set(re.findall(r"\w+", allowed)) for room, allowed in rows if room != "room"}


def rooms() -> list[str]:
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, *, top_only: bool = False) -> list[str]:
    """List our own modules that a file imports."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes = tree.body if top_only else ast.walk(tree)
    found = []
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.append(node.module)
        elif isinstance(node, ast.Import):
            found.extend(alias.name for alias in node.names)
    return [name for name in found if name == "comity" or name.startswith("comity.")]


def test_every_room_stands_in_the_table() -> None:
    assert set(rooms()) == set(allowed_imports())


@pytest.mark.parametrize("room", rooms())
def test_a_room_imports_only_what_the_table_allows(room: str) -> None:
    allowed = allowed_imports()[room] | {room}
    for path in sorted((PACKAGE / room).rglob("*.py")):
        for name in imports(path):
            other = name.split(".")[1] if "." in name else None
            if other is None:
                assert room == LAZY_ROOM, f"{path.name} imports the front door"
            else:
                assert other in allowed, f"{path.relative_to(PACKAGE)} imports {name}"


@pytest.mark.parametrize("room", rooms())
def test_other_rooms_are_entered_by_their_door(room: str) -> None:
    for path in sorted((PACKAGE / room).rglob("*.py")):
        for name in imports(path):
            parts = name.split(".")
            if len(parts) > 2:
                assert parts[1] == room, f"{path.relative_to(PACKAGE)} enters {name} through the window"


def test_no_two_files_import_each_other_in_a_circle() -> None:
    known = {module_name(path): path for path in files()}
    arrows = {name: {n for n in imports(path, top_only=True) if n in known} for name, path in known.items()}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for other in sorted(arrows[name]):
                visit(other, (*trail, name))
            done.add(name)

    done: set[str] = set()
    for name in sorted(known):
        visit(name, ())


@pytest.mark.parametrize("room", rooms())
def test_a_door_holds_a_sentence_imports_and_a_sorted_list(room: str) -> None:
    tree = ast.parse((PACKAGE / room / "__init__.py").read_text("utf-8"))
    sentence, *rest = tree.body
    later = [node for node in rest if isinstance(node, ast.FunctionDef)]
    assert isinstance(sentence, ast.Expr)
    assert [node.name for node in later] in ([], ["__getattr__"])  # for names that open when asked for
    plain = (ast.ImportFrom, ast.Assign) if not later else (ast.Import, ast.ImportFrom, ast.Assign, ast.If)
    assert all(isinstance(node, plain) for node in rest if node not in later)
    door = importlib.import_module(f"comity.{room}")
    assert sorted(door.__all__) == sorted(set(door.__all__))
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert imported == set(door.__all__)


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert not [path for path in files() if path.name in FORBIDDEN_NAMES]


def test_only_the_workbench_imports_inside_functions() -> None:
    """Elsewhere imports stand at the top, but for what an answer from coded events does without."""
    for path in files():
        if LAZY_ROOM in path.parts or path == PACKAGE / "__init__.py":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        inner = {
            alias.name if isinstance(node, ast.Import) else str(node.module)
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        assert {name for name in inner if name.split(".")[0] not in HEAVY} <= {IMPORT_SIDE}, path
