"""Imported daily scores: all or nothing, repeatable, by edition, and never among the events."""

import os
import threading
from pathlib import Path

import duckdb
import pytest

from comity.actors import load_registry
from comity.events import ImportReport, ScoreStore, import_scores, is_scores, read_scores
from comity.provenance import NothingFoundError, UnreadableFileError

from .readers.made_up import written, zipped

REGISTRY = load_registry()
HEADER = "date,country_a,country_b,score"
ROWS = ("2020-04-30,JPN,RUS,1", "2020-05-01,RUS,JPN,-3.5", "2020-05-02,JPN,KOR,2")


@pytest.fixture
def store(tmp_path: Path) -> ScoreStore:
    return ScoreStore(tmp_path / "data" / "scores")


def bring(store: ScoreStore, folder: Path, *rows: str, name: str = "net.csv") -> ImportReport:
    return import_scores(store, [written(folder / name, HEADER, *rows)], REGISTRY)


def test_what_was_imported_is_what_reading_gives(store: ScoreStore, tmp_path: Path) -> None:
    report = bring(store, tmp_path, *ROWS)
    assert (report.reader, report.rows, report.accepted, report.refused) == ("scores", 3, 3, {})
    stored, read = store.load(), read_scores([tmp_path / "net.csv"], REGISTRY)
    assert stored.tone() == read.tone()
    assert stored.missing == read.missing
    assert list(stored.editions) == ["scores/net.csv"]
    assert list(stored.editions.values()) == [report.files[0].sha256]


def test_the_same_file_again_changes_nothing(store: ScoreStore, tmp_path: Path) -> None:
    bring(store, tmp_path, *ROWS)
    before = (store.path / "manifest.json").read_bytes()
    again = bring(store, tmp_path, *ROWS, name="copy.csv")
    assert (again.import_id, again.files[0].status) == (None, "already here")
    assert (store.path / "manifest.json").read_bytes() == before


def test_a_new_edition_replaces_the_older_until_it_is_removed(store: ScoreStore, tmp_path: Path) -> None:
    bring(store, tmp_path, *ROWS)
    newer = bring(store, tmp_path, "2020-04-30,JPN,RUS,9")
    assert newer.files[0].status == "new edition"
    assert store.load().score.tolist() == [9.0]
    assert newer.import_id is not None
    assert store.remove(newer.import_id) == (newer.import_id,)
    assert store.load().score.tolist() == [2.0, 1.0, -3.5]  # JPN KOR, then JPN RUS


def test_a_pair_and_day_that_another_file_gave_is_refused(store: ScoreStore, tmp_path: Path) -> None:
    bring(store, tmp_path, *ROWS)
    report = bring(store, tmp_path, "2020-05-01,JPN,RUS,4", "2020-05-09,JPN,RUS,4", name="more.csv")
    assert report.refused == {"a second score of a pair and day": 1}
    assert report.import_id is not None
    listed = store.refused(report.import_id).read_text("utf-8").splitlines()
    assert listed[1:] == ["more.csv,2,a second score of a pair and day,JPN RUS 2020-05-01"]
    assert sorted(store.load().score.tolist()) == [-3.5, 1.0, 2.0, 4.0]


def test_refused_rows_stand_with_line_and_reason_and_all_add_up(store: ScoreStore, tmp_path: Path) -> None:
    report = bring(store, tmp_path, *ROWS, "2020-05-03,JPN,Atlantis,1", "2020-05-03,JPN", "x,JPN,RUS,1")
    (file,) = report.files
    assert file.rows == file.accepted + sum(file.refused.values()) == 6
    assert dict(file.unmapped) == {"Atlantis": 1}
    assert report.import_id is not None
    rows = [line.split(",")[1:3] for line in store.refused(report.import_id).read_text("utf-8").splitlines()]
    assert sorted(rows[1:]) == [
        ["5", "unknown actor"], ["6", "wrong number of fields"], ["7", "not a day of the calendar"],
    ]  # fmt: skip


def test_parquet_zip_and_csv_give_the_same(store: ScoreStore, tmp_path: Path) -> None:
    table = "SELECT * FROM (VALUES (TIMESTAMP '2020-04-30', 'JPN', 'RUS', 1::FLOAT), "
    table += "(TIMESTAMP '2020-05-01', 'RUS', 'JPN', -3.5), (TIMESTAMP '2020-05-02', 'JPN', 'KOR', 2.0)) "
    path = tmp_path / "net.parquet"
    duckdb.execute(f"COPY ({table} AS t(date, a, b, score)) TO '{path}' (FORMAT PARQUET)")
    packed = tmp_path / "net.zip"
    packed.write_bytes(zipped("\n".join((HEADER, *ROWS))))
    assert is_scores(path)
    assert is_scores(packed)
    import_scores(store, [path], REGISTRY)
    other = ScoreStore(tmp_path / "other")
    import_scores(other, [packed], REGISTRY)
    assert store.load().tone() == other.load().tone()


def test_a_parquet_row_that_is_faulty_is_refused_by_its_place(store: ScoreStore, tmp_path: Path) -> None:
    path = tmp_path / "net.parquet"
    rows = "(DATE '2020-04-30', 'JPN', 'RUS', 1.0), (NULL, 'JPN', 'RUS', 1.0)"
    more = "(DATE '2020-05-01', 'JPN', NULL, 1.0), "
    more += "(DATE '2020-05-02', 'JPN', 'RUS', NULL), (DATE '2020-05-03', 'JPN', 'RUS', 'nan'::DOUBLE)"
    duckdb.execute(
        f"COPY (SELECT * FROM (VALUES {rows}, {more}) AS t(date, a, b, score)) TO '{path}' (FORMAT PARQUET)"
    )
    (file,) = import_scores(store, [path], REGISTRY).files
    assert file.refused == {"not a day of the calendar": 1, "score is not a number": 2, "unknown actor": 1}
    assert sorted(line for line, _ in file.examples) == [2, 3, 4, 5]


def test_nothing_is_stored_of_files_that_cannot_be_used(store: ScoreStore, tmp_path: Path) -> None:
    good = written(tmp_path / "good.csv", HEADER, *ROWS)
    other = written(tmp_path / "other.csv", "date,pair,score", "2020-05-01,JPN-RUS,1")
    with pytest.raises(UnreadableFileError, match="no scores of pairs"):
        import_scores(store, [good, other], REGISTRY)
    with pytest.raises(NothingFoundError, match=r"no score can be used.*unknown actor: Atlantis"):
        bring(store, tmp_path, "2020-05-01,JPN,Atlantis,1", name="lost.csv")
    assert not store.has_rows
    assert not list(store.path.glob("*/*.parquet"))
    assert not list(store.path.glob(".staging-*"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a thing of POSIX")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    asked = threading.Thread(target=is_scores, args=(pipe,), daemon=True)
    asked.start()
    asked.join(10)
    assert not asked.is_alive()
    assert not is_scores(pipe)


def test_what_is_no_table_of_scores_is_told(tmp_path: Path) -> None:
    assert not is_scores(written(tmp_path / "a.csv", "date,sender,receiver,weight"))
    assert not is_scores(tmp_path / "nowhere.csv")
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and nothing more")
    assert not is_scores(broken)
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_scores([broken], REGISTRY)


@pytest.mark.shared
def test_all_published_rows_come_in(shared: Path, store: ScoreStore) -> None:
    path = shared / "data" / "gdelt_daily_net" / "net_2018_2023h1.parquet"
    report = import_scores(store, [path], REGISTRY)
    assert (report.rows, report.accepted) == (860_805, 860_805)
    monthly = store.load().monthly()
    (found,) = duckdb.execute(
        f"SELECT sum(score::DOUBLE), sum(abs(score::DOUBLE)), count(*) FROM '{path}' "
        "WHERE least(a, b) = 'JPN' AND greatest(a, b) = 'RUS' "
        "AND date >= '2022-02-01' AND date < '2022-03-01'"
    ).fetchall()
    (february,) = [one for one in monthly.of("JPN", "RUS") if one.month == "2022-02"]
    assert (february.total, february.size) == pytest.approx(found[:2])
    assert february.days == found[2]
