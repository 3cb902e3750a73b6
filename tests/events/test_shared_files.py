"""Two ICEWS daily files as published: the counts add up, and an independent count agrees."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.actors import load_registry
from comity.events import Events, EventStore, ImportReport, find_reader, load_ontology
from comity.events.acts import day_number
from comity.provenance import parse_day

pytestmark = pytest.mark.shared
ROWS = {"20181208-icews-events.tab.gz": 1393, "20190114-icews-events.tab.gz": 3100}


@pytest.fixture(scope="module")
def files(shared: Path) -> list[Path]:
    return sorted((shared / "data" / "icews_raw").glob("*.tab.gz"))


@pytest.fixture(scope="module")
def store(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[EventStore, ImportReport]:
    store = EventStore(tmp_path_factory.mktemp("case") / "data")
    return store, store.import_files(find_reader("icews"), files, load_registry())


def published(files: list[Path]) -> Iterator[dict[str, str]]:
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def test_the_counts_add_up_to_the_rows_of_each_file(store: tuple[EventStore, ImportReport]) -> None:
    _, report = store
    assert {file.name: file.rows for file in report.files} == ROWS
    for file in report.files:
        assert file.accepted + sum(file.set_aside.values()) + sum(file.refused.values()) == file.rows
        assert 0.2 < file.accepted / file.rows < 0.6  # half of ICEWS is domestic


def test_rows_between_plain_states_are_all_there(
    store: tuple[EventStore, ImportReport], files: list[Path]
) -> None:
    plain = {"Russia": "RUS", "Ukraine": "UKR", "Japan": "JPN", "United States": "USA", "China": "CHN"}
    expected = sorted(
        (plain[row["Source Name"]], plain[row["Target Name"]], row["Event Date"], row["CAMEO Code"])
        for row in published(files)
        if {row["Source Name"], row["Target Name"]} <= set(plain) and row["Source Name"] != row["Target Name"]
    )
    found = sorted(
        (line["sender"], line["receiver"], line["date_start"], line["cameo_code"])
        for line in store[0].lines()
        if line["sender_agents"][0] in plain and line["receiver_agents"][0] in plain
    )
    assert len(found) > 50
    assert found == expected


def test_acts_agree_with_a_count_in_plain_python(store: tuple[EventStore, ImportReport]) -> None:
    codes = load_ontology().cameo
    groups: dict[tuple[object, ...], list[float]] = defaultdict(list)
    for line in store[0].lines():
        code = codes[line["cameo_code"]]
        day = day_number(parse_day(line["date_start"]))
        pair = (line["sender"], line["receiver"])
        parties = tuple(sorted(pair)) if code.joint else pair
        groups[parties, day, code.event_type, code.sign, code.kind, code.joint].append(line["weight"])
    acts = Events.of(store=store[0]).acts()
    assert len(set(acts.key)) == len(groups)
    assert acts.rows.sum() == store[1].accepted
    means = sorted(round(sum(weights) / len(weights), 6) for weights in groups.values())
    first = dict(zip(acts.key, acts.weight, strict=True))
    assert sorted(round(weight, 6) for weight in first.values()) == means


def test_every_evidence_id_opens_its_row(store: tuple[EventStore, ImportReport], files: list[Path]) -> None:
    events = Events.of(store=store[0])
    acts = events.acts(senders=["RUS"], receivers=["UKR"])
    lines = events.find(acts.id)
    assert [line["id"] for line in lines] == list(acts.id)
    text = gzip.decompress(files[0].read_bytes()).decode("utf-8").split("\n")
    for line in lines:
        if line["document"] == files[0].name:
            fields = text[line["line"] - 1].split("\t")
            assert (fields[2], fields[6], fields[8]) == (
                line["sender_agents"][0], line["cameo_code"], line["receiver_agents"][0])  # fmt: skip
