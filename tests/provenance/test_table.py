"""Hand-edited tables: every fault has a file and a line."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.provenance import BadValueError, ComityError, UnreadableFileError, read_table, read_text

COLUMNS = ("id", "name")


def table(folder: Path, content: bytes) -> Path:
    path = folder / "t.csv"
    path.write_bytes(content)
    return path


def test_rows_know_their_line_even_behind_a_field_of_two_lines(tmp_path: Path) -> None:
    rows = list(read_table(table(tmp_path, b'id,name\n1,"two\nlines"\n2,x\n'), COLUMNS))
    assert [(row.line, row["name"]) for row in rows] == [(2, "two\nlines"), (4, "x")]


def test_a_byte_order_mark_is_allowed(tmp_path: Path) -> None:
    assert len(list(read_table(table(tmp_path, b"\xef\xbb\xbfid,name\n1,x\n"), COLUMNS))) == 1


def test_semicolons_separate_a_list(tmp_path: Path) -> None:
    (row,) = read_table(table(tmp_path, b"id,name\n1,JPN; NATO;\n"), COLUMNS)
    assert row.list("name") == ("JPN", "NATO")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"id,nom\n1,x\n", "Missing: name. Unknown: nom."),
        (b"name,id\n1,x\n", "another order"),
        (b"id,name\n1,caf\xe9\n", "line 2"),
        (b"\x1f\x8b\x08\x00\x00", "binary"),
        (b'id,name\n1,"never closed\n', "not a CSV"),
    ],
)
def test_an_unreadable_file_is_named_with_its_fault(tmp_path: Path, content: bytes, word: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        list(read_table(table(tmp_path, content), COLUMNS))
    assert word in str(caught.value)


def test_a_row_with_too_many_fields_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadValueError) as caught:
        list(read_table(table(tmp_path, b"id,name\n1,x\n2,y,z\n"), COLUMNS))
    assert "t.csv, line 3" in str(caught.value)


def test_faulty_rows_are_collected_and_the_sound_ones_still_read(tmp_path: Path) -> None:
    refused: list[ComityError] = []
    rows = list(read_table(table(tmp_path, b"id,name\n1,x\n2,y,z\n3,w\n"), COLUMNS, refused=refused))
    assert [row["id"] for row in rows] == ["1", "3"]
    assert [error.where for error in refused] == ["t.csv, line 3"]


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UnreadableFileError):
            read_text(path)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 2 * 1024**3)  # sparse: takes no room on disk
    with pytest.raises(UnreadableFileError) as caught:
        read_text(path)
    assert "2,147,483,648 bytes" in str(caught.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = table(tmp_path_factory.mktemp("t"), content)
    try:
        rows = list(read_table(path, COLUMNS))
    except ComityError:
        return
    assert all(set(row.fields) == set(COLUMNS) for row in rows)
