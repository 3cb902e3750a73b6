"""``comity statistics`` and ``comity fit`` on plain tables: what they give, and what bad input meets."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from comity.model import STATISTICS, Fit
from tests.workbench.conftest import Comity

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EVENTS = EXAMPLES / "made-up-events.csv"
ACTORS = EXAMPLES / "made-up-actors.csv"
ROWS = EXAMPLES / "made-up-rows.csv"
NAMES = [one.name for one in STATISTICS]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_statistics_follow_the_rows_and_their_other_columns(comity: Comity, tmp_path: Path) -> None:
    events = write(tmp_path, "e.csv", "sender;receiver;date;weight\nA;B;2020-01-01;8\n")
    rows = write(tmp_path, "r.csv", "note,source,target,date\nx,B,A,2020-01-31\ny,A,B,2020-01-31\n")
    ran = comity("statistics", events, "--rows", rows, "--half-life", "30")
    assert ran.code == 0
    found = list(csv.DictReader(ran.out.splitlines()))
    assert list(found[0]) == ["note", "source", "target", "date", *NAMES]
    assert [row["coop.repetition"] for row in found] == ["0", "4"]
    assert [row["coop.reciprocation"] for row in found] == ["4", "0"]


def test_statistics_are_written_compressed_and_the_same_each_time(comity: Comity, tmp_path: Path) -> None:
    for name in ("one.csv.gz", "two.csv.gz"):
        assert comity("statistics", EVENTS, "--actors", ACTORS, "--rows", ROWS, "-o", name).code == 0
    one, two = ((tmp_path / name).read_bytes() for name in ("one.csv.gz", "two.csv.gz"))
    assert one == two
    assert gzip.decompress(one).startswith(b"source,target,date,coop.repetition")


def test_rows_that_already_have_statistics_get_them_anew(comity: Comity, tmp_path: Path) -> None:
    rows = write(tmp_path, "r.csv", "source,target,date,coop.repetition\nAlba,Brun,2021-06-01,99\n")
    ran = comity("statistics", EVENTS, "--rows", rows)
    (found,) = csv.DictReader(ran.out.splitlines())
    assert list(found) == ["source", "target", "date", *NAMES]
    assert 0 < float(found["coop.repetition"]) < 99


def test_a_fit_gives_its_shape_in_json(comity: Comity) -> None:
    ran = comity(
        *("fit", EVENTS, "--actors", ACTORS, "--outcome", "rate:conflict", "--from", "2021-02-01"),
        *("--risk-set", "full", "--seed", "1", "--json"),
    )
    assert ran.code == 0
    found = ran.json
    assert found["outcome"] == "rate:conflict"
    assert found["n_rows"] % 72 == 0  # nine actors, 72 ordered pairs a day
    assert [one["term"] for one in found["coefficients"]] == NAMES
    assert all(one["std_error"] > 0 for one in found["coefficients"])
    assert "full risk set" in found["likelihood"]
    assert len(found["run"]) == 12


def test_the_type_has_an_intercept_and_a_table_for_people(comity: Comity) -> None:
    ran = comity("fit", EVENTS, "--outcome", "type", "--from", "2021-02-01", "--clustered")
    assert ran.code == 0
    assert "(Intercept)" in ran.out
    assert "std error dyad" in ran.out
    assert "given that an act happens" in ran.out


def test_a_model_is_saved_and_read_back(comity: Comity, tmp_path: Path) -> None:
    question = ("fit", EVENTS, "--outcome", "type", "--statistic", "coop.repetition", "--json")
    ran = comity(*question, "-o", "model.json")
    saved = Fit.from_json((tmp_path / "model.json").read_text("utf-8"))
    assert saved["coop.repetition"].estimate == ran.json["coefficients"][1]["estimate"]


def test_the_same_fit_has_the_same_bytes_and_another_seed_another_run(comity: Comity) -> None:
    question = ("fit", EVENTS, "--outcome", "rate:conflict", "--json")
    assert comity(*question).out == comity(*question).out
    assert json.loads(comity(*question, "--seed", "2").out)["run"] != comity(*question).json["run"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source,target,date,weight\nA,B,2020-13-01,8\n", "line 2"),
        ("source,target,date,weight\nA,B,,8\n", "an empty date"),
        ("source,target,date,weight\nA,B,2020-01-01,much\n", "'much' is not a number"),
        ("source,target,date,weight\nA,B,2020-01-01,nan\n", "'nan' is not a number"),
        ("source,target,date,weight\nA,B,2020-01-01\n", "3 fields"),
        ("source,target,date,weight\nA,B,2020-01-02,1\nA,A,2020-01-01,1\n", "line 3"),
        ("source,target,date,weight\nA,Z,2020-01-01,1\n", "no actor 'Z'"),
        ("source,target,date,weight,type\nA,B,2020-01-01,1,war\n", "unknown type 'war'"),
        ("source,date,weight\nA,2020-01-01,1\n", "no column target or receiver"),
        ("source,target,date,weight\n", "0 events"),
        ('source,target,date,weight\nA,"B,2020-01-01,1\n', "not a CSV table"),
        ("", "is empty"),
    ],
)
def test_bad_events_are_named_with_their_place(
    comity: Comity, tmp_path: Path, text: str, message: str
) -> None:
    events = write(tmp_path, "e.csv", text)
    actors = write(tmp_path, "a.csv", "actor\nA\nB\n")
    ran = comity("fit", events, "--actors", actors, "--outcome", "type")
    assert ran.code in (1, 3)
    assert ran.out == ""
    assert message in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no file e.csv"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48", "cut short or damaged"),
        (bytes(range(128)) * 4, "is a binary file"),
        ("Prose äöü.".encode("latin-1"), "is not UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    comity: Comity, tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "e.csv"
    if content is not None:
        path.write_bytes(content)
    ran = comity("fit", path, "--outcome", "type")
    assert (ran.code, ran.out) == (1, "")
    assert message in ran.err


@pytest.mark.parametrize("text", ["actor\nA\nA\n", "actor\n,\n", "who\nA\n", 'actor\n""\n'])
def test_a_bad_list_of_actors_is_refused(comity: Comity, tmp_path: Path, text: str) -> None:
    ran = comity("fit", EVENTS, "--actors", write(tmp_path, "a.csv", text), "--outcome", "type")
    assert (ran.code, ran.out) == (1, "")
    assert "a.csv" in ran.err


def test_a_row_of_an_unknown_actor_is_named_with_its_line(comity: Comity, tmp_path: Path) -> None:
    rows = write(tmp_path, "r.csv", "source,target,date\nAlba,Brun,2021-06-01\nAlba,Bruni,2021-06-01\n")
    ran = comity("statistics", EVENTS, "--actors", ACTORS, "--rows", rows)
    assert ran.code == 1
    assert "r.csv, line 3" in ran.err
    assert "Nearest: 'Brun'" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("--outcome", "rate"),
        ("--outcome", "type", "--half-life", "0"),
        ("--outcome", "rate:conflict", "--risk-set", "pooled"),
        ("--outcome", "rate:conflict", "--risk-set", "some"),
        ("--outcome", "type", "--from", "yesterday"),
        ("--outcome", "type", "--statistic", "degree"),
        ("--outcome", "rate:conflict", "--seed", "-1"),
        ("--outcome", "rate:conflict", "--controls", "0"),
    ],
)
def test_a_question_that_is_not_well_formed_has_code_2(comity: Comity, words: tuple[str, ...]) -> None:
    ran = comity("fit", EVENTS, *words)
    assert (ran.code, ran.out) == (2, "")


def test_too_few_events_have_code_3(comity: Comity) -> None:
    ran = comity("fit", EVENTS, "--outcome", "type", "--from", "2021-10-26")
    assert (ran.code, ran.out) == (3, "")
    assert "At least 2 events a term" in ran.err


def test_other_commands_do_not_load_the_compiler() -> None:
    script = (
        "import sys; from comity.workbench import main; main(['cases', '--json']);"
        "heavy = [m for m in sys.modules if m.split('.')[0] in ('numba', 'llvmlite', 'scipy')];"
        "print(heavy, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stderr.strip() == "[]"


@pytest.mark.shared
def test_the_rows_of_the_reference_are_met_from_the_command_line(
    comity: Comity, tmp_path: Path, shared: Path
) -> None:
    folder = shared / "reference" / "rem" / "icews14-states30"
    rows = folder / "expected_statistics.csv.gz"
    ran = comity(
        *("statistics", folder / "events.csv.gz", "--actors", folder / "actors.csv", "--rows", rows),
        *("--half-life", "30", "-o", tmp_path / "out.csv"),
    )
    assert ran.code == 0
    with gzip.open(rows, "rt") as file:
        expected = list(csv.DictReader(file))
    with (tmp_path / "out.csv").open() as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(expected) == 5_999
    worst = max(
        abs(float(a[name]) - float(b[name])) for a, b in zip(found, expected, strict=True) for name in NAMES
    )
    assert worst < 1e-8
