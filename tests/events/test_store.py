"""The store: what an import did, editions, repeats, removal, and what a case then answers."""

import csv
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from comity.events import Events, EventStore, StoreError, find_reader, write_events_csv
from comity.provenance import NothingFoundError, UnreadableFileError, UsageError

from .worlds import SmallRegistry, icews_file, icews_row, make_event

ICEWS = find_reader("icews")
VISIT = [icews_row(1), icews_row(2, source="Russia", code="043", intensity="2.8", target="Japan")]


def store_with(folder: Path, *files: Path) -> EventStore:
    store = EventStore(folder / "data")
    store.import_files(ICEWS, files, SmallRegistry())
    return store


def events_in(store: EventStore) -> Events:
    return Events.of(store=store, registry=SmallRegistry())


def content(store: EventStore) -> dict[str, bytes]:
    return {
        path.relative_to(store.path).as_posix(): path.read_bytes()
        for path in sorted(store.path.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def test_the_counts_of_a_file_add_up_to_its_rows(tmp_path: Path) -> None:
    rows = [*VISIT, icews_row(3, source="Police (Japan)", target="Citizen (Japan)"), "broken",
            icews_row(4, source="Citizen (Japan)"), icews_row(5, target="Atlantis")]  # fmt: skip
    store = EventStore(tmp_path / "data")
    report = store.import_files(ICEWS, [icews_file(tmp_path / "a.tab.gz", rows)], SmallRegistry())
    (file,) = report.files
    assert (file.rows, file.accepted) == (6, 2)
    assert file.set_aside == {"domestic": 1, "non-state": 1}
    assert file.refused == {"unknown actor": 1, "wrong number of fields": 1}
    assert file.examples[0] == (5, "wrong number of fields: 1, not 20")
    assert file.unmapped == (("Atlantis", 1),)
    assert "6 rows = 2 accepted + 2 set aside (domestic 1, non-state 1) + 2 refused" in report.in_words()[0]
    with store.refused(report.import_id).open(encoding="utf-8", newline="") as listing:
        assert list(csv.reader(listing)) == [
            ["file", "line", "reason", "detail"],
            ["a.tab.gz", "5", "wrong number of fields", "1, not 20"],
            ["a.tab.gz", "7", "unknown actor", "Atlantis"],
        ]


def test_acts_are_formed_from_stored_rows(tmp_path: Path) -> None:
    events = events_in(store_with(tmp_path, icews_file(tmp_path / "a.tab", VISIT)))
    acts = events.acts()
    # visit and reception: (1.9 + 2.8) / 2 = 2.35 in both directions
    assert sorted(zip(acts.sender, acts.receiver, acts.weight.round(9), strict=True)) == [
        ("JPN", "RUS", 2.35),
        ("RUS", "JPN", 2.35),
    ]
    assert events.data_span == (date(2018, 12, 1), date(2018, 12, 1))
    assert [line["document"] for line in events.find(acts.id)] == ["a.tab", "a.tab"]
    assert {(line["line"], line["summary"]) for line in events.lines()} == {
        (2, "Goes on a visit"),
        (3, "Receives a visitor"),
    }


def test_non_state_rows_come_in_with_a_switch_only(tmp_path: Path) -> None:
    rows = [icews_row(1), icews_row(2, source="Citizen (Japan)", target="Ukraine")]
    events = events_in(store_with(tmp_path, icews_file(tmp_path / "a.tab", rows)))
    assert list(events.acts().receiver) == ["RUS"]
    assert sorted(events.acts(nonstate=True).receiver) == ["RUS", "UKR"]


def test_rows_are_parted_by_source_and_year(tmp_path: Path) -> None:
    rows = [icews_row(1), icews_row(2, day="2019-01-01")]
    store = store_with(tmp_path, icews_file(tmp_path / "a.tab", rows))
    (one,) = store.imports()
    assert [output.path for output in one.outputs] == [
        f"icews/{year}-{one.id}.parquet" for year in (2018, 2019)
    ]
    kept = duckdb.sql(f"SELECT sender, day FROM '{store.path / one.outputs[1].path}'").fetchall()
    assert kept == [("JPN", 17897)]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = icews_file(tmp_path / "a.tab", VISIT)
    store = store_with(tmp_path, path)
    before = content(store)
    report = store.import_files(ICEWS, [path], SmallRegistry())
    assert report.import_id is None
    assert report.files[0].status == "already here"
    assert "a.tab is already here" in report.in_words()[0]
    assert content(store) == before


def test_two_imports_of_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    path = icews_file(tmp_path / "a.tab", VISIT)
    stores = [EventStore(tmp_path / name) for name in ("one", "two")]
    for store in stores:
        store.import_files(ICEWS, [path], SmallRegistry())
    assert content(stores[0]) == content(stores[1])


def test_a_row_that_is_here_already_is_refused_as_a_repeat(tmp_path: Path) -> None:
    store = store_with(tmp_path, icews_file(tmp_path / "a.tab", VISIT))
    rows = [icews_row(1), icews_row(7), icews_row(7), icews_row(8)]
    report = store.import_files(ICEWS, [icews_file(tmp_path / "b.tab", rows)], SmallRegistry())
    assert report.accepted == 2
    assert report.refused == {"repeat of a row already here": 2}
    assert report.rows == 4
    assert len(events_in(store).acts(count="rows")) == 4
    with store.refused(report.import_id).open(encoding="utf-8", newline="") as listing:
        assert [row["line"] for row in csv.DictReader(listing)] == ["2", "4"]


def test_repeats_are_found_between_the_files_of_one_import(tmp_path: Path) -> None:
    files = [
        icews_file(tmp_path / name, [*VISIT, icews_row(i + 10)]) for i, name in enumerate(("a.tab", "b.tab"))
    ]
    store = EventStore(tmp_path / "data")
    report = store.import_files(ICEWS, files, SmallRegistry())
    assert [file.accepted for file in report.files] == [3, 1]


def test_a_changed_file_of_the_same_name_is_another_edition(tmp_path: Path) -> None:
    store = store_with(tmp_path, icews_file(tmp_path / "a.tab", VISIT))
    changed = icews_file(tmp_path / "new" / "a.tab", [icews_row(1), icews_row(3, target="Ukraine")])
    report = store.import_files(ICEWS, [changed], SmallRegistry())
    assert report.files[0].status == "new edition"
    assert report.accepted == 2  # row 1 is no repeat: its older edition is no longer in force
    assert sorted(events_in(store).acts().receiver) == ["RUS", "UKR"]
    assert list(store.editions.values()) == [report.files[0].sha256]
    assert len(store.imports()) == 2  # the older edition is kept

    removed = store.remove(report.import_id)
    assert removed.restored == ("a.tab",)
    assert len(events_in(store).acts(count="rows")) == 2
    assert list(store.editions.values()) != [report.files[0].sha256]


def test_an_older_edition_does_not_come_back_where_others_repeat_it(tmp_path: Path) -> None:
    store = store_with(tmp_path, icews_file(tmp_path / "a.tab", [icews_row(1)]))
    changed = icews_file(tmp_path / "new" / "a.tab", [icews_row(2)])
    newer = store.import_files(ICEWS, [changed], SmallRegistry()).import_id
    store.import_files(ICEWS, [icews_file(tmp_path / "c.tab", [icews_row(1), icews_row(3)])], SmallRegistry())
    removed = store.remove(newer)
    assert (removed.restored, removed.dropped, removed.repeating) == ((), ("a.tab",), ())
    assert len(events_in(store).acts(count="rows")) == 2  # rows 1 and 3, each once


@pytest.mark.parametrize("harm", ["gone", "cut", "another import's"])
def test_a_harmed_file_of_the_store_is_named_and_its_import_can_go(tmp_path: Path, harm: str) -> None:
    store = store_with(tmp_path, icews_file(tmp_path / "a.tab", VISIT))
    (path,) = store.path.glob("icews/*.parquet")
    if harm == "gone":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        rows = icews_file(tmp_path / "b.tab", [icews_row(i, target=f"Citizen {i}") for i in range(1, 90)])
        (other,) = store_with(tmp_path / "b", icews_file(tmp_path / "c.tab", VISIT[:1]), rows).path.glob(
            "icews/*.parquet"
        )
        path.write_bytes(other.read_bytes())
    with pytest.raises(StoreError, match=r"(is missing|bytes, not the).*comity import --remove"):
        events_in(store).acts()
    store.remove("icews")
    assert store.imports() == ()


def test_removing_tells_which_files_may_miss_rows_now(tmp_path: Path) -> None:
    store = store_with(tmp_path, icews_file(tmp_path / "day.tab", [icews_row(1)]))
    (day,) = store.imports()
    year = icews_file(tmp_path / "year.tab", [icews_row(1), icews_row(2)])
    store.import_files(ICEWS, [year], SmallRegistry())  # row 1 is refused: it repeats the day's
    assert store.remove(day.id).repeating == ("year.tab",)
    assert len(events_in(store).acts(count="rows")) == 1


def test_an_import_is_removed_by_its_id_or_its_reader(tmp_path: Path) -> None:
    files = [icews_file(tmp_path / f"{i}.tab", [icews_row(i)]) for i in (1, 2)]
    store = store_with(tmp_path, files[0])
    empty = EventStore(tmp_path / "data").imports()
    store.import_files(ICEWS, files[1:], SmallRegistry())
    assert list(store.remove(empty[0].id)) == [empty[0].id]
    assert len(store.imports()) == 1
    store.remove("icews")
    assert store.imports() == ()
    assert not store.has_rows
    assert list(content(store)) == ["manifest.json"]
    with pytest.raises(NothingFoundError, match="no import 'icews'"):
        store.remove("icews")


def test_removing_and_importing_again_gives_the_store_as_it_was(tmp_path: Path) -> None:
    path = icews_file(tmp_path / "a.tab", VISIT)
    store = store_with(tmp_path, path)
    rows = [line["id"] for line in store.lines()]
    store.remove("icews")
    store.import_files(ICEWS, [path], SmallRegistry())
    assert [line["id"] for line in store.lines()] == rows


def test_one_bad_file_keeps_all_out(tmp_path: Path) -> None:
    good, bad = icews_file(tmp_path / "a.tab", VISIT), icews_file(tmp_path / "b.tab.gz", VISIT)
    bad.write_bytes(bad.read_bytes()[:-10])
    store = EventStore(tmp_path / "data")
    with pytest.raises(UnreadableFileError, match="cut short"):
        store.import_files(ICEWS, [good, bad], SmallRegistry())
    assert store.imports() == ()
    assert content(store) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "not ICEWS.*first line is 'a,b'"),
        ("Event ID\tEvent Date\n", "not ICEWS"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "a.tab"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=message):
        EventStore(tmp_path / "data").import_files(ICEWS, [path], SmallRegistry())


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="a header and no rows"):
        store_with(tmp_path, icews_file(tmp_path / "a.tab", []))


def test_a_file_for_another_reader_is_named(tmp_path: Path) -> None:
    write_events_csv(tmp_path / "events.csv", [make_event()])
    with pytest.raises(UnreadableFileError, match="import it as 'comity'"):
        store_with(tmp_path, tmp_path / "events.csv")


def test_a_file_in_which_nearly_every_row_is_malformed_is_refused(tmp_path: Path) -> None:
    rows = [icews_row(i, day="1/1/2017") for i in range(20_000)]
    with pytest.raises(UnreadableFileError, match="not a day of the calendar"):
        store_with(tmp_path, icews_file(tmp_path / "a.tab", rows))


def test_no_files_and_two_of_one_name_are_usage_errors(tmp_path: Path) -> None:
    paths = [icews_file(tmp_path / folder / "a.tab", VISIT) for folder in ("x", "y")]
    with pytest.raises(UsageError, match="no files"):
        store_with(tmp_path)
    with pytest.raises(UsageError, match=r"two files of the name a\.tab"):
        store_with(tmp_path, *paths)


def test_comitys_own_table_is_imported_beside_icews(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    write_events_csv(path, [make_event("x", senders=("JPN", "UKR", "USA"), reciprocal=True, weight=3.03)])
    store = store_with(tmp_path, icews_file(tmp_path / "a.tab", VISIT))
    report = store.import_files(find_reader("comity"), [path], SmallRegistry())
    assert (report.rows, report.accepted) == (1, 1)
    acts = events_in(store).acts(receivers=["UKR", "USA"])
    assert len(acts) == 4
    assert set(acts.share) == {0.5}
    assert sorted(store.editions) == ["comity/mine.csv", "icews/a.tab"]


def test_a_store_of_a_newer_comity_is_left_alone(tmp_path: Path) -> None:
    store = store_with(tmp_path, icews_file(tmp_path / "a.tab", VISIT))
    manifest = store.path / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 2}))
    for act in (store.imports, lambda: store.remove("icews")):
        with pytest.raises(StoreError, match=r"format 2.*Install a newer comity"):
            act()
    with pytest.raises(StoreError, match="format 2"):
        store.import_files(ICEWS, [icews_file(tmp_path / "b.tab", VISIT)], SmallRegistry())


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 1}', '{"format": "x"}', "\0", '{"format": 1, "imports": 3}']
)
def test_a_damaged_manifest_is_a_clear_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match="manifest"):
        EventStore(tmp_path).imports()


def test_a_manifest_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    store = store_with(tmp_path, icews_file(tmp_path / "a.tab", VISIT))
    manifest = store.path / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"icews/2018', '"../../icews/2018'))
    with pytest.raises(StoreError, match="damaged"):
        EventStore(store.path).imports()


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the place of the folder")
    with pytest.raises(StoreError, match="cannot be written"):
        store_with(tmp_path, icews_file(tmp_path / "a.tab", VISIT))


def test_a_folder_that_does_not_exist_is_an_empty_store(tmp_path: Path) -> None:
    store = EventStore(tmp_path / "nowhere")
    assert not store.has_rows
    assert store.span is None
    assert list(store.lines()) == []
    assert len(events_in(store).acts(basis="data")) == 0
    assert not store.path.exists()


def test_names_from_a_file_do_not_become_formulas_in_the_listing(tmp_path: Path) -> None:
    store = store_with(
        tmp_path, icews_file(tmp_path / "a.tab", [icews_row(1), icews_row(2, source='=HYPERLINK("x")')])
    )
    text = store.refused(store.imports()[0].id).read_text(encoding="utf-8")
    assert "'=HYPERLINK" in text
