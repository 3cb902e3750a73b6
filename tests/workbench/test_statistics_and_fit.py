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


MEETINGS = "source,target,date,weight,act\n" + "".join(
    f"A,B,2020-01-{i:02d},2,{i}\nB,A,2020-01-{i:02d},2,{i}\nB,C,2020-01-{i:02d},3,\n" for i in range(1, 31)
)


def fit_meetings(comity: Comity, tmp_path: Path, *more: str, text: str = MEETINGS):
    events = write(tmp_path, "meetings.csv", text)
    question = ("--outcome", "rate:cooperation", "--statistics", "coop.repetition", "--risk-set", "full")
    return comity("fit", events, *question, "--json", *more)


def test_rows_with_one_key_are_one_act(comity: Comity, tmp_path: Path) -> None:
    found = fit_meetings(comity, tmp_path).json
    assert found["n_events"] == 60  # thirty meetings, and thirty acts without a key
    assert "30 of the acts are told of several ordered pairs" in found["notes"][0]
    assert fit_meetings(comity, tmp_path, "--mirrors", "apart").json["n_events"] == 90


def test_mirror_rows_without_keys_are_paired_if_asked(comity: Comity, tmp_path: Path) -> None:
    keyless = "".join(line.rpartition(",")[0] + "\n" for line in MEETINGS.splitlines())
    ways = ([], ["--mirrors", "both"], ["--mirrors", "one"])
    apart, both, one = (fit_meetings(comity, tmp_path, *way, text=keyless).json for way in ways)
    assert [run["n_events"] for run in (apart, both, one)] == [90, 60, 60]
    estimates = {run["coefficients"][0]["estimate"] for run in (apart, both, one)}
    assert len(estimates) == len({run["run"] for run in (apart, both, one)}) == 3
    assert both["coefficients"] == fit_meetings(comity, tmp_path).json["coefficients"]


def test_a_key_on_two_days_is_refused_with_its_line(comity: Comity, tmp_path: Path) -> None:
    text = "source,target,date,weight,act\nA,B,2020-01-01,1,x\nB,A,2020-01-02,1,x\n"
    ran = fit_meetings(comity, tmp_path, text=text)
    assert (ran.code, "line 3" in ran.err, "one act on two days" in ran.err) == (1, True, True)


def test_nothing_can_be_shared_where_no_row_has_a_mirror(comity: Comity, tmp_path: Path) -> None:
    text = "source,target,date,weight\n" + "".join(f"A,B,2020-01-{i:02d},2\n" for i in range(1, 31))
    ran = fit_meetings(comity, tmp_path, "--mirrors", "one", text=text)
    assert (ran.code, "no act is told of several ordered pairs" in ran.err) == (3, True)


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


def test_a_row_of_an_actor_with_itself_is_refused_with_its_line(comity: Comity, tmp_path: Path) -> None:
    rows = write(tmp_path, "r.csv", "source,target,date\nAlba,Brun,2021-06-01\nBrun,Brun,2021-06-01\n")
    ran = comity("statistics", EVENTS, "--actors", ACTORS, "--rows", rows)
    assert ran.code == 1
    assert "a row of an actor with itself: Brun to Brun" in ran.err
    assert "r.csv, line 3" in ran.err


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


PLAIN = "source,target,date,weight\nA,B,2020-01-01,8\nB,C,2020-01-01,2\nC,B,2020-01-02,-4\n"
ONE_ROW = "source,target,date\nA,B,2020-01-31\n"


def one_row(comity: Comity, folder: Path, *words: object, events: str = PLAIN) -> dict[str, str]:
    files = (write(folder, "e.csv", events), "--rows", write(folder, "r.csv", ONE_ROW))
    ran = comity("statistics", *files, "--half-life", "30", *words)
    assert ran.code == 0, ran.err
    (found,) = csv.DictReader(ran.out.splitlines())
    return found


def test_added_statistics_follow_the_chosen_ones(comity: Comity, tmp_path: Path) -> None:
    covariates = write(tmp_path, "c.csv", "sender,receiver,distance,trade\nA,B,7.5,2\nB,A,7.5,3\n")
    members = write(tmp_path, "m.csv", "member,group,date_start\nA,G,2019-01-01\nB,G,2020-01-31\nC,G,\n")
    theatres = write(tmp_path, "t.csv", "actor,theatre\nA,west\nB,east\nC,east\n")
    found = one_row(
        *(comity, tmp_path, "--statistics", "coop.repetition,joint.work", "--covariates", covariates),
        *("--memberships", members, "--theatres", theatres),
    )
    # B in the east was hit by C with 4 on the second day, 29 days before.
    pressure = 4 * 2 ** (-29 / 30)
    assert found.pop("theatre.pressure.target") == f"{pressure:.15g}"
    assert found == {
        "source": "A",
        "target": "B",
        "date": "2020-01-31",
        "coop.repetition": "4",
        "joint.work": "0",
        "shared.membership": "1",
        "theatre.pressure.source": "0",
        "distance": "7.5",
        "trade": "2",
    }


def test_a_statistic_of_one_kind_needs_the_column(comity: Comity, tmp_path: Path) -> None:
    events = "source,target,date,weight,kind\nA,B,2020-01-01,8,deeds\nA,B,2020-01-01,2,talk\n"
    found = one_row(comity, tmp_path, "--statistics", "deeds.coop.repetition", events=events)
    assert found["deeds.coop.repetition"] == "4"
    ran = comity("statistics", EVENTS, "--rows", ROWS, "--statistics", "deeds.coop.repetition")
    assert (ran.code, ran.out) == (1, "")
    assert "no column kind" in ran.err


def test_memberships_come_from_what_comity_knows(comity: Comity, tmp_path: Path) -> None:
    events = "source,target,date,weight\nJapan,FRA,2019-06-01,3\n"
    rows = write(tmp_path, "r.csv", "source,target,date\nJapan,FRA,2020-01-31\n")
    ran = comity(
        "statistics", write(tmp_path, "e.csv", events), "--rows", rows, "--statistics", "shared.membership"
    )
    (found,) = csv.DictReader(ran.out.splitlines())
    assert float(found["shared.membership"]) >= 2  # the United Nations and the Group of Seven at least


def test_theatres_may_be_those_of_a_case(comity: Comity, tmp_path: Path) -> None:
    events = write(
        tmp_path, "e.csv", "source,target,date,weight\nPRK,JPN,2020-01-01,-8\nJPN,POL,2020-01-01,1\n"
    )
    rows = write(tmp_path, "r.csv", "source,target,date\nJPN,POL,2020-01-31\nPOL,JPN,2020-01-31\n")
    ran = comity(
        "statistics", events, "--rows", rows, "--statistics", "coop.repetition", "--theatres", "japan-nato"
    )
    found = list(csv.DictReader(ran.out.splitlines()))
    assert [row["theatre.pressure.source"] for row in found] == ["4", "0"]
    assert [row["theatre.pressure.target"] for row in found] == ["0", "4"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("sender,receiver,distance\nA,C,1\n", "no distance for A to B on 2020-01-31"),
        ("sender,receiver,distance\nA,B,far\n", "c.csv, line 2"),
        ("sender,receiver,distance\nA,B,1\nA,B,2\n", "c.csv, line 3"),
        ("sender,receiver,d,date_start,date_end\nA,B,1,2020-02-01,2020-01-01\n", "an end before its start"),
        ("sender,receiver,d,date_start\nA,B,1,soon\n", "c.csv, line 2"),
        ("sender,receiver\nA,B\n", "no column with a covariate"),
        ("sender,distance\nA,1\n", "no column target or receiver"),
    ],
)
def test_bad_covariates_are_named_with_their_place(
    comity: Comity, tmp_path: Path, table: str, message: str
) -> None:
    rows = write(tmp_path, "r.csv", ONE_ROW)
    events, covariates = write(tmp_path, "e.csv", PLAIN), write(tmp_path, "c.csv", table)
    ran = comity("statistics", events, "--rows", rows, "--covariates", covariates)
    assert (ran.code, ran.out) == (1, "")
    assert message in ran.err


def test_missing_covariates_take_the_default_or_the_other_way(comity: Comity, tmp_path: Path) -> None:
    covariates = write(tmp_path, "c.csv", "sender,receiver,distance,trade\nB,A,7.5,\n")
    chosen = ("--statistics", "coop.repetition", "--covariates", covariates, "--covariate-default", "-1")
    assert one_row(comity, tmp_path, *chosen)["distance"] == "-1"
    found = one_row(comity, tmp_path, *chosen, "--covariates-both-ways")
    assert (found["distance"], found["trade"]) == ("7.5", "-1")


def test_a_covariate_with_the_name_of_a_statistic_is_refused(comity: Comity, tmp_path: Path) -> None:
    covariates = write(tmp_path, "c.csv", "source,target,coop.repetition\nA,B,1\n")
    ran = comity("fit", EVENTS, "--outcome", "type", "--covariates", covariates)
    assert (ran.code, ran.out) == (2, "")
    assert "two statistics are named 'coop.repetition'" in ran.err


def test_a_fit_takes_covariates_and_says_so(comity: Comity, tmp_path: Path) -> None:
    names = [line.split(",")[0] for line in ACTORS.read_text("utf-8").splitlines()[1:]]
    lines = [f"{a},{b},{i * j % 5}" for i, a in enumerate(names) for j, b in enumerate(names) if a != b]
    covariates = write(tmp_path, "c.csv", "\n".join(["source,target,distance", *lines]))
    question = ("fit", EVENTS, "--actors", ACTORS, "--outcome", "rate:conflict", "--json")
    chosen = ("--statistics", "conf.repetition", "--covariates", covariates)
    for risk_set in ("full", "sampled"):
        ran = comity(*question, *chosen, "--risk-set", risk_set)
        assert [one["term"] for one in ran.json["coefficients"]] == ["conf.repetition", "distance"]
    write(tmp_path, "c.csv", "\n".join(["source,target,distance", *lines[:-1], lines[-1] + "1"]))
    assert comity(*question, *chosen, "--risk-set", "sampled").json["run"] != ran.json["run"]


def test_rows_of_ones_own_need_what_they_stand_for(comity: Comity, tmp_path: Path) -> None:
    question = (
        "fit",
        EVENTS,
        "--actors",
        ACTORS,
        "--outcome",
        "rate:conflict",
        "--statistics",
        "conf.repetition",
    )
    ran = comity(*question, "--rows", ROWS)
    assert (ran.code, ran.out) == (2, "")
    assert "without the probability that they were drawn with" in ran.err
    ran = comity(
        *question, "--rows", write(tmp_path, "r.csv", "source,target,date,offset\nAlba,Brun,2021-06-01,x\n")
    )
    assert (ran.code, ran.out) == (1, "")
    assert "r.csv, line 2" in ran.err
    ran = comity(*question, "--rows", ROWS, "--from", "2021-06-01")
    assert ran.code == 2


@pytest.mark.parametrize(
    ("column", "numbers"), [("offset", "0"), ("inverse_probability", "1"), ("probability", "1")]
)
def test_all_rows_of_ones_own_are_the_full_risk_set(
    comity: Comity, tmp_path: Path, column: str, numbers: str
) -> None:
    with EVENTS.open() as file:
        days = sorted({row["date"] for row in csv.DictReader(file) if float(row["weight"]) < 0})
    names = [line.split(",")[0] for line in ACTORS.read_text("utf-8").splitlines()[1:]]
    lines = [f"{a},{b},{one},{numbers}" for one in days for a in names for b in names if a != b]
    rows = write(tmp_path, "r.csv", "\n".join([f"source,target,date,{column}", *lines]))
    question = ("fit", EVENTS, "--actors", ACTORS, "--outcome", "rate:conflict", "--json")
    chosen = ("--statistics", "conf.repetition,conf.reciprocation")
    given, full = (
        comity(*question, *chosen, "--rows", rows).json,
        comity(*question, *chosen, "--risk-set", "full").json,
    )
    assert given["risk_set"] == "given"
    assert given["n_rows"] == full["n_rows"]
    for one, other in zip(given["coefficients"], full["coefficients"], strict=True):
        assert one["estimate"] == pytest.approx(other["estimate"], abs=1e-9)


def test_members_act_as_one(comity: Comity, tmp_path: Path) -> None:
    # C joined on the second day: A and C are G from then on. Left: half of 8, and 2 ** (-29 / 30) of 4.
    events = write(
        tmp_path, "e.csv", "source,target,date,weight\nA,B,2020-01-01,8\nC,B,2020-01-02,4\nC,A,2020-01-02,1\n"
    )
    rows = write(tmp_path, "r.csv", "source,target,date\nG,B,2020-01-31\n")
    members = write(tmp_path, "m.csv", "member,group,date_start\nA,G,\nC,G,2020-01-02\nZ,G,\n")
    ran = comity("statistics", events, "--rows", rows, "--as-one", members, "--statistics", "coop.repetition")
    (found,) = csv.DictReader(ran.out.splitlines())
    assert float(found["coop.repetition"]) == pytest.approx(4 + 4 * 2 ** (-29 / 30), abs=1e-12)
    question = (
        "fit",
        events,
        "--outcome",
        "rate:cooperation",
        "--statistics",
        "coop.repetition",
        "--risk-set",
        "full",
    )
    ran = comity(*question, "--as-one", write(tmp_path, "m.csv", "member,group\nZ,G\n"))
    assert (ran.code, ran.out) == (1, "")
    assert "no member occurs among the actors" in ran.err


def test_actors_are_at_risk_between_their_days(comity: Comity, tmp_path: Path) -> None:
    events = write(
        tmp_path, "e.csv", PLAIN + "A,B,2020-01-03,1\nB,A,2020-01-03,1\nC,B,2020-01-03,1\nB,C,2020-01-04,1\n"
    )
    actors = write(
        tmp_path, "a.csv", "actor,date_start,date_end\nA,,2020-01-03\nB,,\nC,,\nD,2020-01-03,2020-01-03\n"
    )
    question = (
        "fit",
        events,
        "--actors",
        actors,
        "--outcome",
        "rate:cooperation",
        "--statistics",
        "coop.repetition",
    )
    # Pairs of A, B, C on the first day, of all four on the third, of B and C on the fourth: 6 + 12 + 2.
    for risk_set in ("full", "sampled"):
        assert comity(*question, "--json", "--risk-set", risk_set).json["n_rows"] == 20
    late = write(tmp_path, "e.csv", PLAIN + "A,B,2020-01-04,1\n")
    ran = comity("fit", late, *question[2:])
    assert (ran.code, ran.out) == (1, "")
    assert "a sender who is not at risk: A to B (" in ran.err
    assert "line 5" in ran.err


def test_rows_before_any_event_and_rows_given_twice_are_taken(comity: Comity, tmp_path: Path) -> None:
    rows = write(tmp_path, "r.csv", "source,target,date\nA,B,1999-01-01\n" + "A,B,2020-01-31\n" * 2)
    ran = comity("statistics", write(tmp_path, "e.csv", PLAIN), "--rows", rows)
    found = [row["coop.repetition"] for row in csv.DictReader(ran.out.splitlines())]
    assert found == ["0", "4", "4"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("case", "table", "expected_rows"),
    [
        ("icews14-states30", "expected_statistics.csv.gz", 5_999),
        ("icews14-states284-sampled", "sampled_rows_with_statistics.csv.gz", 121_134),
    ],
)
def test_the_rows_of_the_reference_are_met_from_the_command_line(
    comity: Comity, tmp_path: Path, shared: Path, case: str, table: str, expected_rows: int
) -> None:
    folder = shared / "reference" / "rem" / case
    rows = folder / table
    ran = comity(
        *("statistics", folder / "events.csv.gz", "--actors", folder / "actors.csv", "--rows", rows),
        *("--half-life", "30", "-o", tmp_path / "out.csv"),
    )
    assert ran.code == 0
    with gzip.open(rows, "rt") as file:
        expected = list(csv.DictReader(file))
    with (tmp_path / "out.csv").open() as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(expected) == expected_rows
    worst = max(
        abs(float(a[name]) - float(b[name])) for a, b in zip(found, expected, strict=True) for name in NAMES
    )
    assert worst < 1e-8
