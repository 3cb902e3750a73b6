"""The pages: every command, reader and room is documented, and every command shown runs as shown."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from comity.workbench import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("tutorial/*.md"), *DOCS.glob("howto/*.md")])
SETTING_UP = (
    "make",
    "git",
    "pip",
    "python",
)  # shown for the reader's machine; continuous integration does them


def commands_shown(page: Path) -> list[tuple[str, int]]:
    """List the command lines of a page's console blocks with the exit code that each should give."""
    blocks = re.findall(r"```console\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    lines = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    shown = []
    for line in lines:
        command, _, remark = line.partition("  # exits with ")
        shown.append((command, int(remark or 0)))
    return shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_on_a_page_runs_as_shown(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    bin_folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    for command, code in commands_shown(page):
        words = shlex.split(command)
        if words[0] in SETTING_UP:
            continue
        assert words[0] in ("comity", "cp", "cat", "head"), f"{page.name} shows {words[0]}"
        ran = subprocess.run(
            words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == code, f"{command}\n{ran.stdout[-500:]}\n{ran.stderr[-1500:]}"


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```python" in page.read_text("utf-8")], ids=lambda p: p.stem
)
def test_the_python_on_a_page_runs(page: Path, tmp_path: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    command = [sys.executable, "-W", "error", "-c", "\n".join(blocks)]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-1500:]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_shown_on_some_page(command: str) -> None:
    shown = [line for page in PAGES for line, _ in commands_shown(page)]
    assert any(line.startswith(f"comity {command}") for line in shown)


def test_citations_in_docstrings_stand_in_the_bibliography() -> None:
    bibliography = (DOCS / "bibliography.md").read_text("utf-8")
    cited = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"\[([A-Z]\w+?\d{4})\]", path.read_text("utf-8"))
    }
    assert [name for name in sorted(cited) if f"[{name}]" not in bibliography] == []
