"""The engine: texts quoted, faults of the store and Ctrl-C turned into what callers expect."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from comity.events import Events, EventStore, StoreError, find_reader
from comity.events.engine import connect, listed

from .worlds import SmallRegistry, icews_file, icews_row


def test_quotes_in_a_text_stay_in_the_text() -> None:
    names = ["O'Brien", "x'); DROP TABLE acts; --"]
    with connect() as engine:
        found = engine.execute(
            f"SELECT * FROM (VALUES ('O''Brien')) AS t(name) WHERE name IN {listed(names)}"
        )
        assert found.fetchall() == [("O'Brien",)]


def test_a_missing_or_damaged_file_of_the_store_is_a_clear_error(tmp_path: Path) -> None:
    store = EventStore(tmp_path / "data")
    store.import_files(find_reader("icews"), [icews_file(tmp_path / "a.tab", [icews_row()])], SmallRegistry())
    (output,) = store.imports()[0].outputs
    events = Events.of(store=store, registry=SmallRegistry())
    (store.path / output.path).write_bytes(b"PAR1 no more".ljust(output.bytes, b"."))
    with pytest.raises(StoreError, match="import it again"):
        events.acts()
    (store.path / output.path).write_bytes(b"PAR1 no more")
    with pytest.raises(StoreError, match="has 12 bytes"):
        events.acts()
    (store.path / output.path).unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        list(events.lines())


def test_ctrl_c_in_the_engine_is_ctrl_c() -> None:
    script = """
import signal, sys
from comity.events.engine import connect
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    with connect() as engine:
        print("ready", flush=True)
        engine.execute("SELECT COUNT(*) FROM range(1000000000000) AS t(i) WHERE i % 7 = 3").fetchall()
except KeyboardInterrupt:
    sys.exit(42)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        try:
            assert run.wait(20) == 42
        finally:
            run.kill()


def test_the_engine_is_not_loaded_before_rows_are_asked_for() -> None:
    script = (
        "import sys; from comity.events import Events, EventStore; from pathlib import Path;"
        "e = Events.of(store=EventStore(Path('nowhere'))); e.acts(); list(e.lines()); e.find(['0' * 16]);"
        "print('duckdb' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
