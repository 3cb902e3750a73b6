"""Coders that another package brings: found by name, passed through the gate, and blamed when they break."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.actors import load_registry
from comity.documents import BrokenCoderError, brought_coder, coder_names, make_document, read
from comity.provenance import BadValueError
from comity.workbench.front import main

CODER = """
from comity.documents import Draft, Quotation

class Echo:
    name = "echo"
    def __init__(self, registry):
        self.sender = registry.resolve("Kenya").id
    def code(self, document):
        words = ("Kenya left", "Kenya stayed")
        return [Draft("event", (Quotation(one),), (self.sender,), event_type="RETREAT") for one in words]
"""
BREAKING = """
class Echo:
    name = "echo"
    def __init__(self, registry): pass
    def code(self, document): {}
"""
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a package with a coder beside the installed ones."""

    def put(code: str, entry: str = "echo = echoing:Echo") -> None:
        site = tmp_path / "site"
        info = site / "echoing-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: echoing\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[comity.coders]\n{entry}\n")
        (site / "echoing.py").write_text(code)
        monkeypatch.syspath_prepend(str(site))
        monkeypatch.delitem(sys.modules, "echoing", raising=False)

    return put


def test_what_it_quotes_passes_the_same_gate(install: Install) -> None:
    install(CODER)
    result = read(make_document("In May Kenya left."), brought_coder("echo", load_registry()))
    (one,) = result.candidates
    assert (one.coder, one.draft.senders) == ("echo", ("KEN",))
    assert (one.passages[0].char_start, one.passages[0].char_end) == (7, 17)
    assert [draft.quotations[0].words for draft, _ in result.rejected] == ["Kenya stayed"]


def test_the_command_finds_it_by_name(
    install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(CODER)
    assert coder_names() == ("rules", "model", "annotations", "echo")
    text = tmp_path / "text.txt"
    text.write_text("In May Kenya left.")
    assert main(["read", str(text), "--coder", "echo", "--json"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["coder"] == "echo"
    assert "Kenya stayed" in shown.err  # what the gate turned away is listed


def test_a_name_that_nobody_brings_is_refused_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(BadValueError, match="no coder 'oracle'"):
        brought_coder("oracle", load_registry())
    text = tmp_path / "text.txt"
    text.write_text("In May Kenya left.")
    assert main(["read", str(text), "--coder", "oracle"]) == 2
    assert "rules, model, annotations" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "entry", "says"),
    [
        ("raise ImportError('no such part')", "echo = echoing:Echo", "cannot be loaded.*no such part"),
        ("class Echo:\n    def __init__(self, registry): pass", "echo = echoing:Echo", "has no code"),
        (CODER, "loud = echoing:Echo", "calls itself 'echo'"),
    ],
)
def test_one_that_is_no_coder_is_named_with_its_package(
    install: Install, code: str, entry: str, says: str
) -> None:
    install(code, entry)
    with pytest.raises(BrokenCoderError, match=f"of echoing {says}"):
        brought_coder(entry.split()[0], load_registry())


@pytest.mark.parametrize(
    ("does", "says"), [("raise KeyError('x')", "breaks off on text"), ("return [1]", "gives a int")]
)
def test_one_that_breaks_off_or_gives_rubbish_is_an_error_and_no_traceback(
    install: Install, does: str, says: str
) -> None:
    install(BREAKING.format(does))
    with pytest.raises(BrokenCoderError, match=says):
        read(make_document("Kenya left."), brought_coder("echo", load_registry()))
