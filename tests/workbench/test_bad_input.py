"""Wrong input meets a clear answer: a code, a message, no traceback, nothing half-written."""

import os
from pathlib import Path

import pytest

from tests.workbench.conftest import EXAMPLE, Comity


def store_bytes(case: Path) -> dict[str, bytes]:
    folder = case / "data"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write_case_row(case: Path, table: str, old: str, new: str) -> None:
    path = case / table
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("tie", "JPN", "RUS", "--at", "2019-02-31"),
        ("tie", "JPN", "RUS"),
        ("tie", "JPN", "RUS", "--at", "2019-01-31", "--half-life", "0"),
        ("tie", "JPN", "RUS", "--at", "2019-01-31", "--half-life", "nan"),
        ("tie", "JPN", "RUS", "--at", "2019-01-31", "--view", "theirs"),
        ("brief", "JPN", "JPN"),
        ("brief", "JPN", "NATO", "--from", "2024-01-01", "--to", "2020-01-01"),
        ("import", "icews"),
        ("nonsense",),
    ],
)
def test_a_question_that_is_not_well_formed_has_code_2(comity: Comity, words: tuple[str, ...]) -> None:
    ran = comity(*words)
    assert ran.code == 2
    assert ran.out == ""


def test_an_unknown_case_is_named_with_the_known_ones(comity: Comity) -> None:
    ran = comity("events", "--case", "no-such-case")
    assert ran.code in (1, 3)
    assert "japan-nato" in ran.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.tab", None),
        ("empty.tab", b""),
        ("binary.tab", bytes(range(256)) * 40),
        ("cut.tab.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48"),
        ("other.tab", b"a\tb\tc\n1\t2\t3\n"),
        ("prose.tab", "Two states met.\n".encode("utf-16")),
    ],
)
def test_a_file_that_is_no_event_file_leaves_the_store_as_it_was(
    comity: Comity, with_data: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    before = store_bytes(with_data)
    ran = comity("import", "icews", tmp_path / name, "--case", with_data)
    assert ran.code == 1
    assert name in ran.err
    assert store_bytes(with_data) == before


def test_a_latin_1_file_is_refused_with_its_line(comity: Comity, mine: Path, tmp_path: Path) -> None:
    lines = EXAMPLE.read_bytes().splitlines()
    lines[3] = lines[3].replace(b"Made-up News", b"Le Caf\xe9")
    (tmp_path / "latin.tab").write_bytes(b"\n".join(lines) + b"\n")
    ran = comity("import", "icews", tmp_path / "latin.tab", "--case", mine)
    assert ran.code == 1
    assert "line 4" in ran.err
    assert "UTF-8" in ran.err
    assert comity("import", "--list", "--case", mine, "--json").lines == []


@pytest.mark.parametrize(
    ("column", "value"), [(7, "nan"), (7, "1e9"), (6, "9999"), (1, "2018-02-31"), (10, "Atlantis")]
)
def test_a_row_with_a_wrong_value_is_refused_with_its_line(
    comity: Comity, mine: Path, tmp_path: Path, column: int, value: str
) -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()[:4]
    fields = lines[2].split("\t")
    fields[column] = value
    if column == 10:
        fields[8] = value  # the receiver's name too, or it would still be known by that
    lines[2] = "\t".join(fields)
    (tmp_path / "wrong.tab").write_text("\n".join(lines) + "\n", "utf-8")
    (report,) = comity("import", "icews", tmp_path / "wrong.tab", "--case", mine, "--json").json["files"]
    assert (report["rows"], report["accepted"], sum(report["refused"].values())) == (3, 2, 1)
    assert report["examples"][0]["line"] == 3


def test_one_bad_file_among_several_imports_none(comity: Comity, mine: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.tab").write_bytes(b"nothing\n")
    assert comity("import", "icews", EXAMPLE, tmp_path / "bad.tab", "--case", mine).code == 1
    assert comity("import", "--list", "--case", mine, "--json").lines == []


def test_the_embedded_case_cannot_be_written(comity: Comity) -> None:
    ran = comity("import", "icews", EXAMPLE)
    assert ran.code == 1
    assert "comity new" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_said_before_work_starts(comity: Comity, mine: Path) -> None:
    mine.chmod(0o555)
    try:
        assert comity("import", "icews", EXAMPLE, "--case", mine).code == 1
    finally:
        mine.chmod(0o755)


def test_a_newer_format_is_refused(comity: Comity, mine: Path) -> None:
    write_case_row(mine, "case.toml", "format = 1", "format = 99")
    for words in (("events", "--case", mine), ("check", mine)):
        ran = comity(*words)
        assert ran.code == 1
        assert "99" in ran.err + ran.out


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("events.csv", "1956-01-01", "1956-02-31"),
        ("events.csv", "E000-03,", "E000-02,"),
        ("events.csv", ",JPN,UN,", ",JPN,Atlantis,"),
        ("events.csv", ",SUPPORT,,diplomatic,institutions,1,", ",SUPORT,,diplomatic,institutions,1,"),
        ("events.csv", ",1174,1235,", ",1174,123500,"),
        ("events.csv", "id,date_start", "id,start"),
        ("sources.toml", 'id = "000"', 'file = "../../etc/passwd"\nid = "000"'),
    ],
)
def test_check_names_file_and_line_of_a_broken_rule(
    comity: Comity, mine: Path, table: str, old: str, new: str
) -> None:
    write_case_row(mine, table, old, new)
    ran = comity("check", mine, "--json")
    assert ran.code == 1
    errors = [row for row in ran.lines if row["severity"] == "error"]
    assert errors
    assert table in {row["file"] for row in errors}
    assert all(row["line"] for row in errors)


@pytest.mark.parametrize(
    "words",
    [
        ("events",),
        ("tie", "JPN", "NATO", "--at", "2023-08-01"),
        ("brief", "JPN", "NATO", "-o", "b.html"),
        ("eras",),
    ],
)
def test_an_answer_without_its_refused_rows_says_so(
    comity: Comity, mine: Path, words: tuple[str, ...]
) -> None:
    write_case_row(mine, "events.csv", "1956-01-01", "1956-02-31")
    ran = comity(*words, "--case", mine)
    assert ran.code == 0
    assert "1 row of events.csv refused" in ran.err


def test_a_byte_order_mark_is_no_fault(comity: Comity, mine: Path) -> None:
    path = mine / "events.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert comity("check", mine).code == 0


def test_a_document_with_another_hash_is_refused(comity: Comity, tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text("Not the text that was coded.", "utf-8")
    ran = comity("attach", tmp_path / "doc.txt")
    assert ran.code == 1
    assert "000" in ran.err


def test_hostile_text_is_shown_as_text(comity: Comity, mine: Path, tmp_path: Path) -> None:
    write_case_row(
        mine, "events.csv", "Japan and the Soviet Union restored", "=HYPERLINK(1)<script>alert(1)</script>"
    )
    assert comity("brief", "JPN", "RUS", "--case", mine, "--today", "2026-01-01", "-o", "b.html").code == 0
    page = (tmp_path / "b.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    csv = comity("events", "--case", mine, "--csv").out
    assert ",=HYPERLINK" not in csv
    assert "'=HYPERLINK" in csv


def test_control_characters_never_reach_the_screen(comity: Comity, mine: Path) -> None:
    write_case_row(mine, "events.csv", "Japan and the Soviet Union restored", "\x1b[2Jrestored")
    assert "\x1b[2J" not in comity("events", "JPN", "RUS", "--case", mine).out


def test_a_brief_into_a_missing_folder_is_refused(comity: Comity) -> None:
    ran = comity("brief", "JPN", "NATO", "--today", "2026-01-01", "-o", "no/such/folder/b.html")
    assert ran.code == 1
    assert "no/such/folder" in ran.err


def test_new_never_writes_over_a_folder(comity: Comity, mine: Path) -> None:
    before = (mine / "case.toml").read_bytes()
    assert comity("new", "mine").code == 2
    assert (mine / "case.toml").read_bytes() == before
