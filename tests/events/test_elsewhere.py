"""Acts and monthly sums are the same on another engine, to 1e-9."""

import importlib
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from comity.events import Acts, Events
from comity.events.elsewhere import OtherEngine
from comity.events.frame import FrameRows
from comity.events.monthly import Months
from comity.events.sifting import VERDICT_SQL
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


def test_the_roll_up_of_an_import_is_the_same(engine: Any) -> None:
    pandas = pytest.importorskip("pandas")
    names = ["Japan", "Russia", "Soviet Union", "Atlantis"]
    pairs = [(one, other) for one in names for other in names]
    fields = {
        "line": range(2, 2 + len(pairs)), "row_number": range(len(pairs)), "written": "1991-12-26",
        "code": "042", "intensity": "1.9",
    }  # fmt: skip
    sides = {"sender": [one for one, _ in pairs], "receiver": [other for _, other in pairs]}
    for side, named in sides.items():
        fields |= {f"{side}_name": named, f"{side}_country": "", f"{side}_sectors": ""}
    spans = [
        ("Japan", -9, 9, "JPN", "JPN", 1), ("Russia", -9, 0, "SUN", "RUS", 1),
        ("Russia", 1, 9, "RUS", "RUS", 1),
        ("Soviet Union", -9, 9, "SUN", "RUS", 1), ("Atlantis", -9, 9, None, None, 0),
    ]  # fmt: skip
    found_in = [
        "name",
        "country",
        "sectors",
        "first_day",
        "last_day",
        "actor",
        "canonical",
        "known",
        "acting",
    ]
    tables = {
        "fields": pandas.DataFrame(fields),
        "days": pandas.DataFrame({"written": ["1991-12-26"], "day": [3]}),
        "codings": pandas.DataFrame(
            {"code": ["042"], "intensity": ["1.9"], "cameo_code": ["042"], "event_type": ["CONSULT"],
             "mode": ["visit"], "sign": [1], "kind": ["talk"], "joint": [1], "weight": [1.9]}
        ),
        "roll_ups": pandas.DataFrame(
            [(name, "", "", *span, known, known) for name, *span, known in spans],
            columns=found_in,
        ),
    }  # fmt: skip
    for name, table in tables.items():
        engine.create_table(name, table, overwrite=True)
    found = engine.sql(VERDICT_SQL, dialect="duckdb").to_pandas().sort_values("line")
    verdicts = dict(zip(pairs, found["verdict"], strict=True))
    assert len(found) == len(pairs)  # Russia has two spans, of which one holds on that day
    assert verdicts["Japan", "Russia"] == "kept"
    assert verdicts["Japan", "Japan"] == "with itself"
    assert verdicts["Russia", "Soviet Union"] == "domestic"  # its successor
    assert verdicts["Atlantis", "Japan"] == "unknown actor"
    assert set(found["sender"][found["sender_name"] == "Russia"]) == {"RUS"}
