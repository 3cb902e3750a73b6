"""Acts and monthly sums are the same on another engine, to 1e-9."""

import csv
import importlib
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from typing import Any

import duckdb
import numpy as np
import pytest

from comity.actors import load_registry
from comity.events import Acts, Events, EventStore, RolledUp, find_reader
from comity.events.elsewhere import OtherEngine
from comity.events.frame import FrameRows
from comity.events.monthly import Months
from comity.provenance import UsageError
from tests.conftest import missing

pytestmark = [pytest.mark.engines, pytest.mark.filterwarnings("ignore")]  # of another engine's making
ROWS = 1_500
ENGINES = ("polars", "pyspark")


def made_up(rows: int) -> Any:
    """Rows of four states over two years, with mirror rows and repeats; seed 5."""
    pandas = pytest.importorskip("pandas")
    chance = np.random.default_rng(5)
    pairs = chance.permuted(np.tile(["JPN", "RUS", "UKR", "USA"], (rows, 1)), axis=1)
    days = [date(2018, 1, 1) + timedelta(int(day)) for day in chance.integers(0, 700, rows) // 7 * 7]
    return pandas.DataFrame(
        {
            "sender": pairs[:, 0],
            "receiver": pairs[:, 1],
            "date": days,
            "event_type": chance.choice(["CONSULT", "ACCUSE", "SUPPORT", "ASSAULT"], rows),
            "weight": chance.choice([-9.5, -2.0, 0.0, 1.9, 2.8], rows),
        }
    )


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    for needed in ("ibis", request.param):
        if find_spec(needed) is None:
            missing("engines", f"{needed} is not installed")
    ibis = importlib.import_module("ibis")
    if request.param == "polars":
        yield ibis.polars.connect()
        return
    if not shutil.which("java"):
        missing("engines", "no Java on this machine")
    builder = importlib.import_module("pyspark.sql").SparkSession.builder.master("local[1]")
    folder = tmp_path_factory.mktemp("spark")
    for name, value in (
        ("spark.sql.warehouse.dir", str(folder)),
        ("spark.driver.bindAddress", "127.0.0.1"),
        ("spark.driver.host", "127.0.0.1"),
        ("spark.ui.enabled", "false"),
        ("spark.sql.shuffle.partitions", "2"),
    ):
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield ibis.pyspark.connect(session)
    session.stop()


@pytest.fixture
def other(engine: Any) -> OtherEngine:
    pandas = pytest.importorskip("pandas")
    columns = FrameRows.of(made_up(ROWS)).columns
    frame = pandas.DataFrame({name: column.tolist() for name, column in columns.items()})
    engine.create_table("comity_rows", frame, overwrite=True)
    return OtherEngine(engine, "comity_rows")


@pytest.fixture(scope="module")
def here() -> Events:
    return Events.from_frame(made_up(ROWS))


def in_order(acts: Acts) -> list[tuple[Any, ...]]:
    columns = (
        acts.day,
        acts.sender,
        acts.receiver,
        acts.event_type,
        acts.sign,
        acts.kind,
        acts.rows,
        acts.id,
    )
    return sorted(zip(*(column.tolist() for column in columns), acts.weight.tolist(), strict=True))


@pytest.mark.parametrize("count", ["acts", "rows"])
def test_months_are_the_same(other: OtherEngine, here: Events, count: str) -> None:
    there = other.months(half_life_days=90.0, count=count)
    mine = here.months(half_life_days=90.0, count=count)
    assert len(mine) > 200
    for name in ("sender", "receiver", "month", "acts", "rows"):
        assert getattr(there, name).tolist() == getattr(mine, name).tolist()
    for name in ("friendly", "hostile", "mass"):
        assert getattr(there, name) == pytest.approx(getattr(mine, name), abs=1e-9)


@pytest.mark.parametrize("count", ["acts", "rows"])
def test_acts_are_the_same(other: OtherEngine, here: Events, count: str) -> None:
    there, mine = in_order(other.acts(count=count)), in_order(here.acts(count=count))
    assert [one[:-1] for one in there] == [one[:-1] for one in mine]
    assert [one[-1] for one in there] == pytest.approx([one[-1] for one in mine], abs=1e-9)


def test_another_count_is_refused(other: OtherEngine) -> None:
    with pytest.raises(UsageError):
        other.acts(count="stories")
    assert isinstance(Events.of().months(half_life_days=1.0), Months)


RAW = (
    # id, day, source, its country, code, intensity, target, its country
    ("1", "2018-11-01", "Japan", "Japan", "042", "1.9", "Russia", "Russian Federation"),
    ("2", "2018-11-01", "Russia", "Russian Federation", "042", "1.9", "Japan", "Japan"),  # its mirror
    ("3", "2018-11-01", "Citizen (Japan)", "Japan", "112", "-2", "Russia", "Russian Federation"),  # non-state
    ("4", "2018-11-02", "Police (Japan)", "Japan", "112", "-2.0", "Japan", "Japan"),  # domestic
    ("5", "2018-11-02", "Japan", "Japan", "112", "-2.0", "Japan", "Japan"),  # with itself
    ("6", "2018-11-02", "Atlantis", "", "112", "-2.0", "Japan", "Japan"),  # unknown actor
    ("7", "2018-11-31", "Japan", "Japan", "112", "-2.0", "Russia", "Russian Federation"),  # no such day
    ("8", "2018-11-02", "Japan", "Japan", "999", "-2.0", "Russia", "Russian Federation"),  # no such code
    ("9", "2018-11-02", "Japan", "Japan", "112", "3.4", "Atlantis", ""),  # not the code's intensity
    ("x", "2018-11-31", "Japan", "Japan", "999", "-2.0", "Russia", "Russian Federation"),  # no id, first
    ("", "2018-11-02", "Japan", "Japan", "112", "-2.0", "Russia", "Russian Federation"),  # no id
    ("10", "2018-11-20", "Shinzo Abe", "Japan", "112", "-2.0", "Russia", "Russian Federation"),  # in office
    ("11", "2022-01-01", "Shinzo Abe", "Japan", "112", "-2.0", "Russia", "Russian Federation"),  # no longer
    ("13", "1990-05-01", "Soviet Union", "", "112", "-2.0", "Japan", "Japan"),  # counts for its successor
    ("14", "2018-11-02", "Soviet Union", "", "112", "-2.0", "Russia", "Russian Federation"),  # domestic
    ("1", "2018-11-01", "Japan", "Japan", "042", "1.9", "Russia", "Russian Federation"),  # a repeat
    ("0012", "2018-11-05", "Barack Obama", "United States", "112", "-2.0", "Japan", "Japan"),
)  # fmt: skip
PLACES = (0, 1, 2, 4, 6, 7, 8, 10)  # of these fields in a line as published


def published(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    lines = []
    for row in rows:
        line = [""] * 20
        for place, value in zip(PLACES, row, strict=True):
            line[place] = value
        lines.append(line)
    return lines


@pytest.fixture(scope="module")
def raw(engine: Any) -> OtherEngine:
    pandas = pytest.importorskip("pandas")
    header = find_reader("icews").expects.split("\t")
    engine.create_table("raw_rows", pandas.DataFrame(published(RAW), columns=header), overwrite=True)
    return OtherEngine(engine, "raw_rows")


@pytest.fixture(scope="module")
def rolled_up(raw: OtherEngine) -> RolledUp:
    return raw.roll_up(load_registry())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> EventStore:
    folder = tmp_path_factory.mktemp("imported")
    lines = [find_reader("icews").expects, *("\t".join(line) for line in published(RAW))]
    (folder / "rows.tab").write_text("\n".join(lines) + "\n", encoding="utf-8")
    store = EventStore(folder / "store")
    store.import_files(find_reader("icews"), [folder / "rows.tab"], load_registry())
    return store


def test_the_roll_up_decides_on_every_row_as_an_import_does(
    raw: OtherEngine, rolled_up: RolledUp, store: EventStore
) -> None:
    (one,) = store.imports()
    report = one.files[0].report
    assert (rolled_up.rows, rolled_up.accepted) == (report.rows, report.accepted)
    assert rolled_up.set_aside == report.set_aside
    assert rolled_up.refused == report.refused
    assert rolled_up.unmapped == report.unmapped == (("Atlantis", 1),)
    told = [rolled_up.accepted, *rolled_up.set_aside.values(), *rolled_up.refused.values()]
    assert sum(told) == rolled_up.rows == len(RAW)

    found = raw.backend.table(rolled_up.table).to_pandas()
    with store.refused(one.id).open(encoding="utf-8", newline="") as file:
        refused = sorted((RAW[int(row["line"]) - 2][0], row["reason"]) for row in csv.DictReader(file))
    aside = {"kept", "domestic", "with itself"}
    ids = (text if isinstance(text, str) else "" for text in found["id"])
    pairs = zip(ids, found["verdict"], strict=True)
    there = sorted((text, verdict) for text, verdict in pairs if verdict not in aside)
    assert there == sorted((text if text.isdigit() else "", reason) for text, reason in refused)

    kept = found[found["verdict"] == "kept"].set_index("id").sort_index()
    with duckdb.connect() as engine:
        rows = f"{store.relation(engine, nonstate=True)} AS stored"
        stored = {RAW[row[0] - 2][0]: row[1:] for row in engine.execute(
            f"SELECT line, day, sender, receiver, side, event_type, mode, sign, kind, joint FROM {rows}"
        ).fetchall()}  # fmt: skip
    columns = ("day", "sender", "receiver", "side", "event_type", "mode", "sign", "kind", "joint")
    assert {text: tuple(kept.loc[text, name] for name in columns) for text in kept.index} == stored
    assert (kept.loc["10", "side"], kept.loc["11", "side"]) == ("state", "nonstate")
    assert kept.loc["13", "sender"] == "SUN"


@pytest.mark.parametrize("count", ["acts", "rows"])
def test_rolled_up_rows_give_the_acts_and_months_of_an_import(
    raw: OtherEngine, rolled_up: RolledUp, store: EventStore, count: str
) -> None:
    there, here = OtherEngine(raw.backend, rolled_up.accepted_table), Events.of(store=store)
    mine, theirs = (  # ids are the publisher's there, so that the order within a day is another
        sorted(zip(acts.day, acts.sender, acts.receiver, acts.weight, acts.rows, acts.kind, strict=True))
        for acts in (here.acts(count=count), there.acts(count=count))
    )
    assert mine == theirs
    assert mine[0][1] == "RUS"  # the Soviet Union in 1990, by its last name in time
    months, others = (one.months(half_life_days=90.0, count=count) for one in (here, there))
    assert len(months) == 3  # RUS to JPN in May 1990 and November 2018, JPN to RUS in November 2018
    for name in ("sender", "receiver", "month", "acts", "rows"):
        assert getattr(others, name).tolist() == getattr(months, name).tolist()
    for name in ("friendly", "hostile", "mass"):
        assert getattr(others, name) == pytest.approx(getattr(months, name), abs=1e-9)


def test_columns_of_other_names_and_types_can_be_rolled_up(engine: Any) -> None:
    pandas = pytest.importorskip("pandas")
    published_names = find_reader("icews").expects.split("\t")
    header = [name.lower().replace(" ", "_") for name in published_names]
    frame = pandas.DataFrame(published(RAW[:3]), columns=header)
    frame["event_id"] = [1, 2, 3]
    frame["event_date"] = [date(2018, 11, 1)] * 3
    frame["intensity"] = [1.9, 1.9, -2.0]
    frame["source_country"] = ["Japan", None, "Japan"]  # Russia is known without its country
    engine.create_table("raw_rows_typed", frame, overwrite=True)
    found = OtherEngine(engine, "raw_rows_typed").roll_up(
        load_registry(), into="typed", columns=dict(zip(published_names, header, strict=True))
    )
    assert (found.table, found.accepted, found.set_aside, found.refused) == ("typed", 2, {"non-state": 1}, {})


def test_rows_without_any_day_or_code_are_refused_with_what_to_do(engine: Any) -> None:
    pandas = pytest.importorskip("pandas")
    header = find_reader("icews").expects.split("\t")
    frame = pandas.DataFrame(
        published([("1", "yesterday", "Japan", "", "?", "", "Russia", "")]), columns=header
    )
    engine.create_table("raw_rows_odd", frame, overwrite=True)
    with pytest.raises(UsageError, match="yesterday"):
        OtherEngine(engine, "raw_rows_odd").roll_up(load_registry())


def test_a_format_that_is_read_row_by_row_cannot_be_rolled_up_elsewhere(raw: OtherEngine) -> None:
    with pytest.raises(UsageError, match="gdelt"):
        raw.roll_up(load_registry(), reader="gdelt")
