"""Opening a case: lazily, with faulty rows counted, and with what is broken said clearly."""

import subprocess
import sys
from pathlib import Path

import pytest

from comity.cases import BrokenCaseError, Case, attach, list_cases, open_case
from comity.cases.shelf import home_folder
from comity.provenance import ComityError, NothingFoundError, UnreadableFileError

from .small_case import SETTINGS, TEXT, another, changed, rewritten, small_case


def test_a_case_opens_with_its_tables(tmp_path: Path) -> None:
    case = open_case(small_case(tmp_path))
    assert (case.id, case.title, case.focal) == ("small", "A small case", (("JPN", "NATO"),))
    assert [event.id for event in case.events.coded] == ["E1"]
    assert [statement.id for statement in case.ledger.statements] == ["P1"]
    assert list(case.sources) == ["d1", "own"]
    assert case.registry.actor("X.ALPHA").name == "Alpha"
    assert case.theatres == {"asia": ("JPN",)}
    assert case.defaults == {"half_life_days": 730, "seed": 1}


def test_a_table_is_read_only_when_it_is_asked_for(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    (folder / "events.csv").write_bytes(b"\0")
    case = open_case(folder)
    assert len(case.ledger.statements) == 1
    with pytest.raises(UnreadableFileError):
        _ = case.events


def test_faulty_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    another("events.csv", id="E2", date_start="2005-02-31")(folder)
    another("events.csv", id="E3", sender="NOBODY", sign="7")(folder)
    case = open_case(folder)
    assert [event.id for event in case.events.coded] == ["E1"]
    assert case.refused == {"events.csv": 2}
    assert case.refusals == (f"2 rows of events.csv refused; 'comity check {folder}' says why",)


def test_a_broken_case_toml_says_what_and_where(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    rewritten("case.toml", "2000-01-01", "2000-02-31")(folder)
    with pytest.raises(BrokenCaseError) as caught:
        open_case(folder)
    assert "case.toml, line 8" in str(caught.value)
    assert "comity check" in str(caught.value)


def test_a_warning_keeps_no_case_shut(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    rewritten("case.toml", "A small case", "<b>A small case")(folder)
    rewritten("sources.toml", "Alpha and Beta", "=Alpha and Beta")(folder)
    assert open_case(folder).title == "<b>A small case"
    assert open_case(folder).sources["d1"].title == "=Alpha and Beta"


def test_a_newer_format_asks_for_a_newer_comity(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    (folder / "case.toml").write_text(SETTINGS.replace("format = 1", "format = 2"), "utf-8")
    with pytest.raises(BrokenCaseError) as caught:
        open_case(folder)
    assert "newer than this version" in str(caught.value)


def test_sources_that_lead_outside_stop_the_tables_that_need_them(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    rewritten("sources.toml", "chars = 36", 'chars = 36\nfile = "../../etc/passwd"')(folder)
    with pytest.raises(BrokenCaseError) as caught:
        _ = open_case(folder).events
    assert "leads out of the case folder" in str(caught.value)


def test_an_unknown_case_is_nothing_found() -> None:
    with pytest.raises(NothingFoundError) as caught:
        open_case("nowhere")
    assert "japan-nato" in str(caught.value)


@pytest.mark.parametrize("name", ["", "\0", "x" * 5000])
def test_an_odd_name_gives_a_clear_answer(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ComityError):
        open_case(name)


def test_a_file_is_no_case(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NothingFoundError):
        open_case(tmp_path / "file")


def test_a_house_name_comes_before_the_registry(tmp_path: Path) -> None:
    case = open_case(small_case(tmp_path))
    assert case.name("TWN") == "Taiwan"
    assert case.name("JPN") == "Japan"


def test_the_fingerprint_changes_with_any_file(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    before = open_case(folder).fingerprint
    changed("events.csv", summary="They met again.")(folder)
    after = open_case(folder).fingerprint
    assert {name for name in before if before[name] != after[name]} == {"events.csv"}
    assert len(before) == 8  # case.toml, six tables, sources.toml


def test_a_case_of_ones_own_keeps_its_things_beside_it(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    case = open_case(folder)
    assert not case.read_only
    assert case.own_folder == folder
    case.require_writable()


def test_a_read_only_case_keeps_its_things_at_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_case(tmp_path)
    monkeypatch.setattr("comity.cases.case.os.access", lambda *_: False)
    case = open_case(folder)
    assert case.own_folder.is_relative_to(home_folder())
    with pytest.raises(ComityError) as caught:
        case.require_writable("import into it")
    assert "read-only" in str(caught.value)
    (tmp_path / "text").write_bytes(TEXT.encode())
    assert attach(case, tmp_path / "text").path.is_relative_to(home_folder())
    assert not (folder / "attached").exists()


def test_two_read_only_cases_of_one_id_keep_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.cases.case.os.access", lambda *_: False)
    first = open_case(small_case(tmp_path / "one"))
    second = open_case(small_case(tmp_path / "two"))
    assert first.own_folder != second.own_folder


def test_cases_are_listed_with_the_embedded_first(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "case.toml").write_bytes(b"\xff")
    listed = list_cases(tmp_path)
    assert [one["id"] for one in listed] == ["japan-nato", "broken", "small"]
    assert listed[0]["read_only"] is True
    assert "cannot be opened" in str(listed[1]["title"])
    assert listed[2]["path"] == str(folder)


def test_the_embedded_case_needs_no_database_engine() -> None:
    script = (
        "import sys; from comity.cases import open_case; case = open_case('japan-nato');"
        "case.events.coded, case.ledger, case.claims; print('duckdb' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_every_passage_of_a_case_is_listed_the_quoted_words_too(tmp_path: Path) -> None:
    case: Case = open_case(small_case(tmp_path))
    assert [id for id, _ in case.passages] == ["E1", "P1", "C1", "Q1", "Q1"]
