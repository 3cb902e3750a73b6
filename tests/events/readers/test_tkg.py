"""Quadruples of temporal knowledge graphs: names, days and what one set repeats of another."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from comity.events.readers import Kept, Refused, Tkg, choose_reader
from comity.events.readers.tkg import code_names, known_sets, read_ids
from comity.provenance import UnreadableFileError, UsageError

from .made_up import ENTITIES, RELATIONS, outcomes, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "entity2id.txt").write_text(ENTITIES, encoding="utf-8")
    (tmp_path / "relation2id.txt").write_text(RELATIONS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def icews14(folder: Path) -> Tkg:
    return known_sets()["tkg-icews14"].with_maps(folder)


def test_ids_become_names_and_hours_days(icews14: Tkg) -> None:
    (row,) = outcomes(icews14, ["0\t0\t1\t24\t0"])
    assert isinstance(row, Kept)
    assert (row.sender, row.receiver, row.cameo_code) == ("JPN", "RUS", "042")
    assert row.receiver_name == "Sergey Viktorovich Lavrov"
    assert row.day == 16072  # 2014-01-02: 44 years of 365 days, 11 leap days, 1 day


def test_names_with_a_day_need_no_map() -> None:
    (row,) = outcomes(Tkg(), ["Japan\tMake a visit\tMilitary (Russia)\t2014-01-02"])
    assert (row.sender, row.receiver, row.day) == ("JPN", "RUS", 16072)


def test_the_same_fact_in_two_sets_has_one_id(icews14: Tkg) -> None:
    other = replace(icews14, id="tkg-icews0515", origin=date(2005, 1, 1), last_day=date(2015, 12, 31))
    days = (date(2014, 1, 2) - date(2005, 1, 1)).days
    (one,), (two,) = outcomes(icews14, ["0\t0\t1\t24"]), outcomes(other, [f"0\t0\t1\t{24 * days}"])
    assert one.id == two.id


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("0\t0\t9\t0", "an id that the maps do not have"),
        ("0\t9\t1\t0", "an id that the maps do not have"),
        ("0\t0\t1\t25", "not a whole day: are the times days, not hours?"),
        ("0\t0\t1\t8760", "after the last day of the set"),  # 365 days
        ("0\t0\t1", "not subject, relation, object and time"),
    ],
)
def test_a_faulty_row_is_refused(icews14: Tkg, row: str, reason: str) -> None:
    (found,) = outcomes(icews14, [row])
    assert isinstance(found, Refused)
    assert found.reason == reason


def test_time_may_count_days(icews14: Tkg) -> None:
    (row,) = outcomes(replace(icews14, hours_per_step=24), ["0\t0\t1\t1"])
    assert row.day == 16072


def test_the_set_or_the_first_day_must_be_named(folder: Path) -> None:
    path = written(folder / "train.txt", "0\t0\t1\t24")
    with pytest.raises(UsageError, match=r"tkg-icews14.*--origin"):
        choose_reader("auto", [path])
    with pytest.raises(UsageError, match="first day of ICEWS14 is known"):
        choose_reader("tkg-icews14", [path], origin=date(2014, 1, 1))
    reader = choose_reader("tkg", [path], origin=date(2014, 1, 1), step="day")
    assert isinstance(reader, Tkg)
    assert (reader.hours_per_step, len(reader.entities)) == (24, 4)
    with pytest.raises(UsageError, match="need their maps"):
        outcomes(Tkg(), ["0\t0\t1\t24"])


def test_one_known_set_is_not_read_as_another(folder: Path) -> None:
    names = list(code_names())[:256]  # ICEWS18 has 256 relations, ICEWS14 230
    map_of = "".join(f"{name}\t{number}\n" for number, name in enumerate(names))
    (folder / "relation2id.txt").write_text(map_of, encoding="utf-8")
    path = written(folder / "train.txt", "0\t0\t1\t24")
    with pytest.raises(UnreadableFileError, match=r"that of ICEWS18 .*, not of ICEWS14.*'tkg-icews18'"):
        choose_reader("tkg-icews14", [path])
    for name, origin in (("tkg-icews18", None), ("tkg", date(2018, 1, 1))):
        reader = choose_reader(name, [path], origin=origin)
        assert isinstance(reader, Tkg)
        assert len(reader.relations) == 256


def test_a_set_is_not_read_as_a_known_one_that_has_fewer_relations(folder: Path) -> None:
    names = list(code_names())[:231]  # ICEWS14 has 230, ICEWS18 256
    map_of = "".join(f"{name}\t{number}\n" for number, name in enumerate(names))
    (folder / "relation2id.txt").write_text(map_of, encoding="utf-8")
    path = written(folder / "train.txt", "0\t0\t1\t24")
    with pytest.raises(UnreadableFileError, match=r"has 231 relations, and ICEWS14 230.*--origin"):
        choose_reader("tkg-icews14", [path])
    assert choose_reader("tkg-icews18", [path]).id == "tkg-icews18"  # a part of it


def test_the_set_that_a_folder_is_likely_to_be_is_named_and_not_taken(folder: Path) -> None:
    path = written(folder / "train.txt", "0\t0\t1\t24")
    with pytest.raises(UsageError) as few:
        choose_reader("auto", [path])
    assert "as many relations" not in str(few.value)
    map_of = "".join(f"{name}\t{number}\n" for number, name in enumerate(list(code_names())[:251]))
    (folder / "relation2id.txt").write_text(map_of, encoding="utf-8")
    with pytest.raises(UsageError, match="as many relations as ICEWS05-15: 'tkg-icews0515'"):
        choose_reader("auto", [path])


def test_maps_lie_beside_the_file(tmp_path: Path) -> None:
    path = written(tmp_path / "train.txt", "0\t0\t1\t24")
    with pytest.raises(UnreadableFileError, match=r"no file entity2id\.txt"):
        choose_reader("tkg-icews14", [path])


@pytest.mark.parametrize(
    "text", ["Japan\t0\nRussia\t1\n", "0\tJapan\n1\tRussia\n", "2\nJapan\t0\nRussia\t1\n"]
)
def test_maps_come_in_either_order_and_with_a_count(tmp_path: Path, text: str) -> None:
    path = tmp_path / "entity2id.txt"
    path.write_text(text, encoding="utf-8")
    assert read_ids(path) == {0: "Japan", 1: "Russia"}


@pytest.mark.parametrize("text", ["Japan\n", "Japan\tx\n", "Japan\t0\nRussia\t0\n", "\t0\n"])
def test_what_is_no_map_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "entity2id.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="is not a map of names and ids"):
        read_ids(path)


def test_relations_are_names_of_cameo_codes() -> None:
    assert code_names()["make a visit"] == "042"
    assert len(code_names()) == len(set(code_names().values()))
