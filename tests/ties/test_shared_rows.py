"""ICEWS rows through the store, against a computation that shares no code with the package."""

import csv
import math
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from comity.actors import load_registry
from comity.events import Events, EventStore, find_reader, load_ontology
from comity.ties import measure

pytestmark = pytest.mark.shared
AT = date(2019, 2, 15)
COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
    "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


@pytest.fixture(scope="module")
def events(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Events:
    """Write the rows between Russia and Ukraine as a daily file, and import it."""
    table = shared / "data" / "icews_raw" / "events_2018-11_2019-02.parquet"
    names = ", ".join(column.lower().replace(" ", "_") for column in COLUMNS)
    wanted = "('Russian Federation', 'Ukraine')"
    rows = duckdb.execute(
        f"SELECT {names} FROM '{table}' WHERE source_country IN {wanted} AND target_country IN {wanted} "
        "ORDER BY event_date, event_id"
    ).fetchall()
    folder = tmp_path_factory.mktemp("case")
    daily = folder / "20190301-icews-events.tab"
    with daily.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(
            file, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\", lineterminator="\n"
        )
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow(["" if one is None else one for one in (row[0], f"{row[1]:%Y-%m-%d}", *row[2:])])
    store = EventStore(folder / "data")
    store.import_files(find_reader("icews"), [daily], load_registry())
    return Events.of(store=store)


def acts_in_plain_python(events: Events, sender: str, receiver: str) -> list[dict[str, Any]]:
    """Merge rows of one day, pair, type and sign; a joint act takes its rows from both directions."""
    joint = {code: one.joint for code, one in load_ontology().cameo.items()}
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for line in events.lines(["RUS", "UKR"]):
        if line["date_start"] < AT.isoformat():
            both_ways = joint[line["cameo_code"]]
            way = "both" if both_ways else (line["sender"], line["receiver"])
            groups[line["date_start"], line["event_type"], line["sign"], line["event_kind"], way].append(line)
    acts = []
    for (day, _, sign, kind, _), lines in groups.items():
        mine = [line for line in lines if (line["sender"], line["receiver"]) == (sender, receiver)]
        if mine:
            weight = math.fsum(line["weight"] for line in lines) / len(lines)
            age = (AT - date.fromisoformat(day)).days
            acts.append({"age": age, "sign": sign, "kind": kind, "weight": weight, "rows": len(mine)})
    return acts


@pytest.mark.parametrize(("sender", "receiver"), [("RUS", "UKR"), ("UKR", "RUS")])
@pytest.mark.parametrize("half_life_days", [14.0, 730.0])
def test_ties_of_icews_rows_agree_with_plain_python(
    events: Events, sender: str, receiver: str, half_life_days: float
) -> None:
    tie = measure(events, at=AT, half_life_days=half_life_days)[sender, receiver]
    acts = acts_in_plain_python(events, sender, receiver)
    assert len(acts) > 100
    for kind, reading in tie.readings.items():
        mine = [act for act in acts if kind in ("all", act["kind"])]
        left = [(act, 2.0 ** (-act["age"] / half_life_days)) for act in mine]
        friendly = math.fsum(abs(act["weight"]) * part for act, part in left if act["sign"] > 0)
        hostile = math.fsum(abs(act["weight"]) * part for act, part in left if act["sign"] < 0)
        mass = math.fsum(part for _, part in left)
        assert reading.friendly == pytest.approx(friendly, abs=1e-8)
        assert reading.hostile == pytest.approx(hostile, abs=1e-8)
        assert reading.mass == pytest.approx(mass, abs=1e-8)
        assert (reading.acts, reading.rows) == (len(mine), sum(act["rows"] for act in mine))
        enough = mass >= 5 and len({act["age"] for act in mine}) >= 3
        assert (reading.net is not None) == enough
        if enough:
            assert reading.net == pytest.approx((friendly - hostile) / (friendly + hostile + 3), abs=1e-12)


def test_a_tie_of_imported_rows_names_its_source(events: Events) -> None:
    trace = measure(events, at=AT)["RUS", "UKR"].trace()
    assert len(trace.rows) > 100
    assert trace.sources
