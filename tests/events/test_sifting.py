"""Deciding on all rows at once gives what reading them one by one gives."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.actors import load_registry
from comity.events import EventStore, find_reader, importing, staging
from comity.events.layout import LAYOUTS
from comity.events.sheet import Sheet
from comity.events.survey import Survey
from comity.provenance import ComityError, UnreadableFileError

from .worlds import SmallRegistry, icews_file, icews_row

ICEWS = find_reader("icews")
ROWS = st.builds(
    icews_row,
    st.sampled_from([*range(1, 40), "007", "x", "", "123456789012345678901", "18446744073709551616"]),
    day=st.sampled_from(["2018-12-01", "2019-01-01", "1989-06-04", "1989-13-01", "", "2018-12-1"]),
    source=st.sampled_from(["Japan", "Russia", "Soviet Union", "Police (Japan)", "Atlantis", "", "=1"]),
    code=st.sampled_from(["042", "043", "190", "9999", "05", ""]),
    intensity=st.sampled_from(["1.9", "2.8", "-10", "-10.0", "x", "", "1e400"]),
    target=st.sampled_from(["Russia", "Japan", "Citizen (Ukraine)", "Atlantis", "Barack Obama", "z" * 250]),
)
LINES = st.one_of(ROWS, st.sampled_from(["", "a\tb", "\t" * 19, "\t" * 20, "ü\x01", '"a\tb', "a\rb"]))


@pytest.fixture(autouse=True)
def _small_files_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "LEAST_BYTES", 0)


def everything(store: EventStore) -> Iterator[object]:
    for one in store.imports():
        yield one.id, one.reader, one.actors, one.unmapped
        yield from (file for file in one.files)
        yield store.refused(one.id).read_bytes()
        for output in one.outputs:
            rows = duckdb.sql(f"SELECT * FROM '{store.path / output.path}'").fetchall()
            yield output.year, rows


def imported(folder: Path, path: Path, registry: object) -> list[object]:
    store = EventStore(folder)
    try:
        store.import_files(ICEWS, [path], registry)  # type: ignore[arg-type]
    except ComityError as error:
        return [str(error)]
    return list(everything(store))


@settings(max_examples=25, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=30), st.booleans())
def test_all_rows_at_once_or_one_by_one_come_out_the_same(rows: list[str], real: bool) -> None:
    registry = load_registry() if real else SmallRegistry()
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        path = icews_file(folder / "a.tab", rows)
        at_once = imported(folder / "one", path, registry)
        patch.setattr(staging, "LAYOUTS", {})
        assert at_once == imported(folder / "two", path, registry)


def test_a_sound_file_is_decided_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_reading(*_: object, **__: object) -> None:
        raise AssertionError("read row by row")

    monkeypatch.setattr(staging.Staging, "read", no_reading)
    rows = [
        icews_row(1),
        icews_row(2, target="Atlantis"),
        icews_row(3, source="Russia"),
        icews_row("x"),
        "a\tb",
    ]
    store = EventStore(tmp_path / "data")
    report = store.import_files(ICEWS, [icews_file(tmp_path / "a.tab", rows)], SmallRegistry())
    (file,) = report.files
    assert (file.rows, file.accepted, file.set_aside) == (5, 1, {"with itself": 1})
    assert file.refused == {"no event id": 1, "unknown actor": 1, "wrong number of fields": 1}
    assert [line for line, _ in file.examples] == [3, 5, 6]


@pytest.mark.parametrize("strange", ["\x01", "\x02", "a\rb"])
def test_signs_that_an_engine_may_take_for_an_end_are_left_to_the_reader(
    tmp_path: Path, strange: str
) -> None:
    path = icews_file(tmp_path / "a.tab", [icews_row(1), strange])
    survey = Survey.of(path)
    assert survey.lines <= 3
    assert not survey.plain
    with duckdb.connect() as engine:
        assert Sheet.split(engine, path, survey, LAYOUTS["icews"], tmp_path / "s.parquet") is None


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = icews_file(tmp_path / "a.tab", [icews_row(1)])
    monkeypatch.setattr(Survey, "still", lambda self, path: False)
    with pytest.raises(UnreadableFileError, match="changed while it was read"):
        EventStore(tmp_path / "data").import_files(ICEWS, [path], SmallRegistry())


def test_ids_are_found_again_in_shares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "IDS_AT_ONCE", 2)
    store = EventStore(tmp_path / "data")
    first = icews_file(tmp_path / "a.tab", [icews_row(i) for i in range(9)])
    second = icews_file(tmp_path / "b.tab", [icews_row(i % 12) for i in range(24)])
    store.import_files(ICEWS, [first], SmallRegistry())
    # ids 0-8 are here; 9, 10, 11 are new, and each comes twice
    assert store.import_files(ICEWS, [second], SmallRegistry()).accepted == 3


@pytest.mark.parametrize("at_once", [True, False])
def test_a_large_year_goes_to_several_files_in_the_order_of_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    if not at_once:
        monkeypatch.setattr(staging, "LAYOUTS", {})
    # ids 0-8, each twice, then 9-20: 21 rows stay, of them those with odd ids in 2019
    ids = [*range(9), *range(9), *range(9, 21)]
    rows = [icews_row(i, day="2019-01-01" if i % 2 else "2018-12-01") for i in ids]
    files = [icews_file(tmp_path / f"{name}.tab", rows[start::2]) for start, name in enumerate("ab")]

    def imported(name: str) -> tuple[list[int], list[tuple[object, ...]]]:
        store = EventStore(tmp_path / name)
        assert store.import_files(ICEWS, files, SmallRegistry()).accepted == 21
        outputs = store.imports()[0].outputs
        found = [
            duckdb.sql(f"SELECT * FROM '{store.path / one.path}'").fetchall() for one in outputs
        ]  # as they lie in the files
        return [one.year for one in outputs], [row for part in found for row in part]

    years, rows_of_one = imported("one")
    assert years == [2018, 2019]
    monkeypatch.setattr(staging, "ROWS_AT_ONCE", 4)
    monkeypatch.setattr(staging, "BLOCK_LINES", 2)
    years, rows_of_several = imported("several")
    assert years.count(2018) >= 3
    assert years.count(2019) >= 3
    assert rows_of_several == rows_of_one
    assert sorted(row[:2] for row in rows_of_one[:11]) == [row[:2] for row in rows_of_one[:11]]


def test_progress_is_told_while_a_large_file_is_decided(tmp_path: Path) -> None:
    path = icews_file(tmp_path / "a.tab", [icews_row(1)])
    told: list[int] = []
    EventStore(tmp_path / "data").import_files(
        ICEWS, [path], SmallRegistry(), lambda name, done, total: told.append(done)
    )
    size = path.stat().st_size
    assert told == [0, size // 2, size]


def test_many_cores_get_the_memory_that_they_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    sift = staging.Staging.sift

    def seen(self: staging.Staging, *args: object, **named: object) -> bool:
        ((limit, cores),) = self._engine.execute(
            "SELECT current_setting('memory_limit'), current_setting('threads')"
        ).fetchall()
        asked.append(limit)
        assert int(cores) <= importing.MOST_CORES
        return sift(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(staging.Staging, "sift", seen)
    monkeypatch.setattr(importing, "IMPORT_MB", 128)
    monkeypatch.setattr(importing, "CORE_MB", 64)
    monkeypatch.setattr(importing, "MOST_CORES", 1)
    path = icews_file(tmp_path / "a.tab", [icews_row(1)])
    EventStore(tmp_path / "data").import_files(ICEWS, [path], SmallRegistry())
    assert asked == ["183.1 MiB"]  # 192,000,000 bytes
