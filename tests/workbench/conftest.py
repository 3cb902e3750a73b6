"""Run the command line inside the test, and read what it printed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from comity.workbench import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "made-up-icews-events.tab"


@dataclass(frozen=True)
class Ran:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Comity = Callable[..., Ran]


@pytest.fixture
def comity(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Comity:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:  # argparse
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


@pytest.fixture
def mine(comity: Comity, tmp_path: Path) -> Path:
    """A copy of the embedded case."""
    assert comity("new", "mine", "--from", "japan-nato").code == 0
    return tmp_path / "mine"


@pytest.fixture
def with_data(comity: Comity, mine: Path) -> Path:
    """The copy with the made-up event file imported."""
    assert comity("import", "icews", EXAMPLE, "--case", mine).code == 0
    return mine
