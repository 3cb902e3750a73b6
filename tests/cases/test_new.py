"""Making a case folder: valid from the start, never over anything."""

from pathlib import Path

import pytest

from comity.cases import attach, check_case, new_case, open_case
from comity.provenance import ComityError, NothingFoundError, UsageError

from .small_case import TEXT, small_case


def test_an_empty_case_breaks_no_rule(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "mine")
    assert check_case(folder) == []
    case = open_case(folder)
    assert (case.id, len(case.events.coded), case.focal) == ("mine", 0, ())


def test_a_copy_of_the_embedded_case_breaks_no_rule_and_can_be_written(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "deep" / "my copy", source="japan-nato")
    assert check_case(folder) == []
    case, embedded = open_case(folder), open_case("japan-nato")
    assert case.id == "my-copy"
    assert case.title == embedded.title
    assert case.events.coded == embedded.events.coded
    assert not case.read_only


def test_data_runs_and_texts_stay_out_of_version_control_and_of_copies(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    (tmp_path / "text").write_bytes(TEXT.encode())
    attach(open_case(folder), tmp_path / "text")
    copy = new_case(tmp_path / "copy", source=folder)
    assert (copy / ".gitignore").read_text().splitlines()[1:] == ["data/", "runs/", "attached/"]
    assert not (copy / "attached").exists()


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert check_case(new_case(tmp_path / "mine")) == []


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_nothing_is_overwritten(tmp_path: Path, kind: str) -> None:
    there = tmp_path / "mine"
    if kind == "folder":
        there.mkdir()
        (there / "notes.txt").write_text("mine")
    elif kind == "file":
        there.write_text("mine")
    else:
        there.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError):
        new_case(there)
    assert not (there / "case.toml").exists()


def test_an_unknown_source_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(NothingFoundError):
        new_case(tmp_path / "mine", source="nowhere")
    assert not (tmp_path / "mine").exists()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ComityError):
        new_case(tmp_path / "file" / "mine")


def test_a_copy_takes_nothing_from_outside_its_source(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    (tmp_path / "secret.csv").write_text("secret")
    (folder / "series.csv").unlink()
    (folder / "series.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(ComityError) as caught:
        new_case(tmp_path / "copy", source=folder)
    assert "leads out of" in str(caught.value)
