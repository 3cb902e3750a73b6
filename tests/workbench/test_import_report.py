"""``comity import``: the form of a file by its content, options that fit, and the report on every row."""

import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from tests.workbench.conftest import Comity

MADE_UP = Path(__file__).resolve().parents[2] / "examples" / "made-up"
GDELT = str(MADE_UP / "20200430.export.CSV")


@pytest.fixture
def with_gdelt(comity: Comity, mine: Path) -> Path:
    assert comity("import", "auto", GDELT, "--case", str(mine)).code == 0
    return mine


def test_the_report_shows_every_row_of_every_file(comity: Comity, with_gdelt: Path) -> None:
    (answer,) = comity("import", "--report", "--case", str(with_gdelt), "--json").lines
    (file,) = answer["files"]
    assert (answer["reader"], file["rows"]) == ("gdelt", 15)
    assert file["accepted"] + sum(file["set_aside"].values()) + sum(file["refused"].values()) == 15
    assert [(one["name"], one["rows"], one["state"]) for one in answer["names"]] == [
        ("REGIONAL BANK", 1, "unknown")
    ]


def test_the_table_adds_up_to_the_line_in_all(comity: Comity, with_gdelt: Path) -> None:
    rows = [
        line.split(",")
        for line in comity("import", "--report", "gdelt", "--case", str(with_gdelt), "--csv").out.splitlines()
    ]
    counts = {(what, reason): int(count) for _, _, _, what, reason, count in rows[1:]}
    assert counts.pop(("in all", "")) == sum(counts.values()) == 15


def test_the_report_tells_what_to_do_about_a_name(comity: Comity, with_gdelt: Path) -> None:
    shown = comity("import", "--report", "--case", str(with_gdelt))
    assert "REGIONAL BANK" in shown.out
    assert "actors.csv" in shown.err


def test_an_alias_in_the_case_brings_the_row_in(comity: Comity, with_gdelt: Path) -> None:
    with (with_gdelt / "actors.csv").open("a", encoding="utf-8") as table:
        table.write("WORLD_BANK,,,,REGIONAL BANK,,,,,,,,,,\n")
    comity("import", "--remove", "gdelt", "--case", str(with_gdelt))
    answer = comity("import", "gdelt", GDELT, "--case", str(with_gdelt), "--json").json
    assert (answer["accepted"], answer["unmapped"]) == (11, {})


def test_a_faulty_row_of_the_alias_table_is_told_at_the_import(comity: Comity, mine: Path) -> None:
    with (mine / "actors.csv").open("a", encoding="utf-8") as table:
        table.write("BANK,Bank,organisation,,REGIONAL BANK,,,,,,,,,me,today\n")  # "checked" is no day
    shown = comity("import", "gdelt", GDELT, "--case", str(mine))
    assert shown.code == 0
    assert "1 row of actors.csv refused" in shown.err


def test_an_import_that_waits_says_so_where_there_is_no_bar(comity: Comity, mine: Path) -> None:
    (mine / "data").mkdir()
    held = threading.Event()

    def hold() -> None:
        with FileLock(mine / "data" / ".lock"):
            held.set()
            time.sleep(1.0)

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(10)
    shown = comity("import", "gdelt", GDELT, "--case", str(mine))
    other.join()
    assert shown.code == 0
    assert "another import is at work in this folder; waiting for it" in shown.err


def test_removing_an_import_tells_what_may_be_missing_now(comity: Comity, with_gdelt: Path) -> None:
    copy = with_gdelt.parent / "copy.CSV"
    copy.write_text(Path(GDELT).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    comity("import", "gdelt", copy, "--case", str(with_gdelt))
    first = comity("import", "--list", "--case", str(with_gdelt), "--json").lines[0]["import"]
    shown = comity("import", "--remove", first, "--case", str(with_gdelt))
    assert "copy.CSV: rows of it were refused as repeats" in shown.err


def test_what_was_not_imported_is_not_found(comity: Comity, with_gdelt: Path, mine: Path) -> None:
    assert comity("import", "--report", "icews", "--case", str(with_gdelt)).code == 3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["csv", GDELT], "csv needs a mapping file"),
        (["--pairs", "0"], "0 pairs (--pairs)"),
        (["gdelt", GDELT, "--map", str(MADE_UP / "notes.toml")], "gdelt takes no mapping file"),
        (["gdelt", GDELT, "--origin", "2014-01-01"], "gdelt takes no --origin"),
        (["tkg", str(MADE_UP / "tkg" / "train.txt")], "give --origin"),
        (["tkg", str(MADE_UP / "tkg" / "train.txt"), "--origin", "2014-13-01"], "--origin"),
        (["wies", GDELT], "no reader 'wies'"),
    ],
)
def test_options_that_do_not_fit_are_a_question_not_well_formed(
    comity: Comity, mine: Path, words: list[str], message: str
) -> None:
    answer = comity("import", *words, "--case", str(mine))
    assert answer.code == 2
    assert message in answer.err


def test_a_wrong_guess_names_the_right_reader(comity: Comity, mine: Path) -> None:
    answer = comity("import", "icews", GDELT, "--case", str(mine))
    assert answer.code == 1
    assert "import it as 'gdelt'" in answer.err


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (["auto", "polecat-made-up.txt"], 9),
        (["auto", "events.full.20200430.txt"], 7),
        (["phoenix-historical", "phoenix-historical.csv"], 3),
        (["keds", "keds.txt"], 6),
        (["tkg-icews14", "tkg/train.txt"], 8),
        (["csv", "notes.csv", "--map", "notes.toml"], 6),
    ],
)
def test_the_made_up_files_are_read(
    comity: Comity, mine: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], rows: int
) -> None:
    monkeypatch.chdir(MADE_UP)
    answer = comity("import", *words, "--case", str(mine), "--json").json
    assert answer["rows"] == rows
    assert 0 < answer["accepted"] <= rows
