"""Attached texts: taken only with the right hash, kept beside the case, shown in place."""

from pathlib import Path

import pytest

from comity.cases import UnknownTextError, attach, open_case
from comity.provenance import ComityError, PassageMismatchError, UnreadableFileError, text_hash

from .small_case import TEXT, changed, rewritten, small_case


def text_file(tmp_path: Path, content: bytes = TEXT.encode()) -> Path:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    return path


def test_an_attached_text_shows_its_passages_in_place(tmp_path: Path) -> None:
    case = open_case(small_case(tmp_path))
    passage = case.events.coded[0].passage
    assert case.passage_words(passage) is None
    attached = attach(case, text_file(tmp_path))
    assert (attached.document, attached.passages, attached.mismatched) == ("d1", 5, ())
    assert attached.path == case.path / "attached" / "d1.txt"
    assert case.text_of("d1") == TEXT
    assert case.passage_words(passage) == "Alpha met Beta"


def test_the_text_is_there_when_the_case_is_opened_again(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    attach(open_case(folder), text_file(tmp_path))
    assert open_case(folder).text_of("d1") == TEXT


def test_another_text_is_refused_and_the_expected_ones_named(tmp_path: Path) -> None:
    case = open_case(small_case(tmp_path))
    with pytest.raises(UnknownTextError) as caught:
        attach(case, text_file(tmp_path, TEXT.replace("met", "left").encode()))
    assert "d1 'Alpha and Beta'" in str(caught.value)
    assert isinstance(caught.value, PassageMismatchError)
    assert not (case.path / "attached").exists()


@pytest.mark.parametrize("change", [TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT, TEXT.rstrip("\n")])
def test_changed_line_ends_get_a_hint(tmp_path: Path, change: str) -> None:
    case = open_case(small_case(tmp_path))
    with pytest.raises(UnknownTextError) as caught:
        attach(case, text_file(tmp_path, change.encode()))
    assert "Only line ends" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", "Zürich".encode("latin-1")])
def test_an_empty_or_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        attach(open_case(small_case(tmp_path)), text_file(tmp_path, content))


@pytest.mark.parametrize("name", ["none.txt", ".", "\0"])
def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFileError):
        attach(open_case(small_case(tmp_path)), f"{tmp_path}/{name}")


def test_rows_whose_words_are_elsewhere_are_named(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    changed("claims.csv", passage_sha256=text_hash("other words"))(folder)
    attached = attach(open_case(folder), text_file(tmp_path))
    assert (attached.passages, attached.mismatched) == (4, ("C1",))
    assert attached.to_dict()["mismatched"] == ["C1"]


def test_a_text_changed_after_it_was_attached_is_not_shown(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    kept = attach(open_case(folder), text_file(tmp_path)).path
    kept.write_bytes(TEXT.replace("met", "led").encode())
    assert open_case(folder).text_of("d1") is None


def test_nothing_is_written_or_read_through_a_link_that_leads_outside(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / "attached").symlink_to(outside)
    with pytest.raises(ComityError) as caught:
        attach(open_case(folder), text_file(tmp_path))
    assert "leads out of" in str(caught.value)
    (outside / "d1.txt").write_bytes(TEXT.encode())
    assert open_case(folder).text_of("d1") is None


def test_a_document_id_cannot_name_a_place_outside(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    rewritten("sources.toml", '"d1"', '"../../d1"')(folder)
    with pytest.raises(ComityError) as caught:
        attach(open_case(folder), text_file(tmp_path))
    assert "letters, digits" in str(caught.value)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    (folder / "attached").write_text("a file where the folder should be")
    with pytest.raises(ComityError) as caught:
        attach(open_case(folder), text_file(tmp_path))
    assert "cannot be kept" in str(caught.value)


def test_an_attached_text_is_an_input_of_every_answer(tmp_path: Path) -> None:
    case = open_case(small_case(tmp_path))
    before = case.fingerprint
    attach(case, text_file(tmp_path))
    assert case.fingerprint == before | {"attached/d1": text_hash(TEXT)}
