"""An import that is stopped, killed or doubled leaves the store as before or as after."""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.actors import load_registry
from comity.events import EventStore, find_reader
from comity.events.locking import WAITING
from comity.events.manifest import Manifest
from comity.provenance import ComityError

from .worlds import SmallRegistry, icews_file, icews_row

ICEWS = find_reader("icews")
SCRIPT = """
import sys
from pathlib import Path
from comity.actors import load_registry
from comity.actors import load_registry
from comity.events import EventStore, find_reader
print("ready", flush=True)
EventStore(Path(sys.argv[1])).import_files(
    find_reader("icews"), [Path(name) for name in sys.argv[2:]], load_registry())
"""


def state(store: EventStore) -> tuple[object, ...]:
    return store.imports(), len(list(store.lines()))


def test_ctrl_c_leaves_the_store_as_before(tmp_path: Path) -> None:
    store = EventStore(tmp_path / "data")
    store.import_files(ICEWS, [icews_file(tmp_path / "a.tab", [icews_row(1)])], SmallRegistry())
    before = state(store)

    def interrupt(name: str, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.import_files(
            ICEWS, [icews_file(tmp_path / "b.tab", [icews_row(2)])], SmallRegistry(), interrupt
        )
    assert state(store) == before
    assert not list(store.path.glob(".staging-*"))


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    path = icews_file(tmp_path / "a.tab", [icews_row(1)])
    told: list[tuple[str, int, int]] = []
    EventStore(tmp_path / "data").import_files(
        ICEWS, [path], SmallRegistry(), lambda *news: told.append(news)
    )
    size = path.stat().st_size
    assert told == [("a.tab", 0, size), ("a.tab", size, size)]


def test_the_second_of_two_imports_waits_and_says_so(tmp_path: Path) -> None:
    store = EventStore(tmp_path / "data")
    store.path.mkdir()
    lock = FileLock(store.path / ".lock")
    lock.acquire()
    told: list[str] = []

    def tell(message: str, done: int, total: int) -> None:
        told.append(message)
        if message == WAITING:
            lock.release()

    report = store.import_files(
        ICEWS, [icews_file(tmp_path / "a.tab", [icews_row(1)])], SmallRegistry(), tell
    )
    assert told[0] == WAITING
    assert report.waited
    assert report.accepted == 1


def test_two_processes_at_once_both_succeed(tmp_path: Path) -> None:
    files = [icews_file(tmp_path / f"{i}.tab", [icews_row(i)]) for i in (1, 2)]
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(tmp_path / "data"), str(file)], stdout=subprocess.DEVNULL
        )
        for file in files
    ]
    assert [run.wait(60) for run in runs] == [0, 0]
    assert EventStore(tmp_path / "data").span == (17866, 17866)
    assert len(EventStore(tmp_path / "data").imports()) == 2


def test_what_a_killed_import_left_is_swept_by_the_next(tmp_path: Path) -> None:
    store = EventStore(tmp_path / "data")
    for name in (
        ".staging-x/part-00000.parquet",
        "icews/2018-0123456789ab.parquet",
        "refused/0123456789ab.csv",
    ):
        path = store.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("left over")
    mine = store.path / "icews" / "notes.parquet"
    mine.write_text("not of this store")
    store.import_files(ICEWS, [icews_file(tmp_path / "a.tab", [icews_row(1)])], SmallRegistry())
    kept = [path for path in store.path.rglob("*") if path.is_file() and path.suffix != ".csv"]
    assert mine in kept
    assert len(kept) == 4  # the lock, the manifest, one year of rows, and what is not ours
    assert len(list(store.lines())) == 1


def kill_imports(folder: Path, times: int, *, rows: int) -> set[str]:
    """Kill an import at random moments, look at the store each time, and go on; tell what was seen."""
    days = [f"2018-{month:02}-{day:02}" for month in (11, 12) for day in range(1, 29)]
    lines = [icews_row(i, day=days[i % len(days)]) for i in range(1, rows + 1)]
    first = icews_file(folder / "a.tab", lines[:100])
    second = icews_file(folder / "b.tab", lines[100:])
    store = EventStore(folder / "data")
    store.import_files(ICEWS, [first], load_registry())
    before = state(store)
    command = [sys.executable, "-c", SCRIPT, str(store.path), str(second)]
    moments = random.Random(7)
    seen, longest = set(), 0.4
    for _ in range(times):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            run.stdout.readline()
            begun = time.monotonic()
            try:
                run.wait(moments.uniform(0.0, longest))
                longest = (time.monotonic() - begun) * 1.2  # as long as an import takes, and a little
            except subprocess.TimeoutExpired:
                run.kill()
        found = state(store)
        if found == before:
            seen.add("before")
            longest *= 1.05
            continue
        assert (len(found[0]), found[1]) == (2, rows)
        assert EventStore(store.path).manifest.current()
        seen.add("after")
        store.remove(store.imports()[1].id)
        assert state(store) == before
    store.import_files(ICEWS, [second], load_registry())
    assert state(store)[1] == rows
    assert not list(store.path.glob(".staging-*"))
    return seen


def test_an_import_killed_at_any_moment_leaves_the_store_as_before_or_as_after(tmp_path: Path) -> None:
    assert "before" in kill_imports(tmp_path, 4, rows=5_000)


@pytest.mark.slow
def test_fifty_kills_leave_the_store_as_before_or_as_after(tmp_path: Path) -> None:
    assert kill_imports(tmp_path, 50, rows=2_000) == {"before", "after"}


def test_a_pruning_that_is_killed_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = EventStore(tmp_path / "data")
    files = [icews_file(tmp_path / name, [icews_row(i)]) for i, name in enumerate(("a.tab", "b.tab"), 1)]
    store.import_files(ICEWS, files, SmallRegistry())
    store.import_files(ICEWS, [icews_file(tmp_path / "a.tab", [icews_row(3)])], SmallRegistry())
    before = state(store)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Manifest, "write", stop)
        with pytest.raises(KeyboardInterrupt):
            store.prune()
    assert state(store) == before
    store.prune()
    assert state(store)[1] == 2
    assert len(list(store.path.glob("icews/*.parquet"))) == 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=4), st.booleans())
def test_a_file_with_changed_bytes_is_accounted_for_or_refused(
    changes: list[tuple[int, int]], packed: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = icews_file(
            Path(folder) / ("a.tab.gz" if packed else "a.tab"), [icews_row(i) for i in range(9)]
        )
        content = bytearray(path.read_bytes())
        for place, value in changes:
            content[place % len(content)] = value
        path.write_bytes(bytes(content))
        store = EventStore(Path(folder) / "data")
        try:
            report = store.import_files(ICEWS, [path], SmallRegistry())
        except ComityError:
            assert store.imports() == ()
        else:
            counted = report.accepted + sum(report.set_aside.values()) + sum(report.refused.values())
            assert counted == report.rows > 0
