"""Older editions stay until they are pruned, and then are gone for good."""

from pathlib import Path

import pytest

from comity.events import Events, EventStore, find_reader
from comity.provenance import NothingFoundError

from .worlds import SmallRegistry, icews_file, icews_row

ICEWS = find_reader("icews")


def bring(store: EventStore, *files: Path) -> None:
    store.import_files(ICEWS, files, SmallRegistry())


def two_editions(folder: Path) -> EventStore:
    """a.tab and b.tab in one import, then a newer a.tab."""
    store = EventStore(folder / "data")
    a, b = (
        icews_file(folder / "a.tab", [icews_row(1), icews_row(2)]),
        icews_file(folder / "b.tab", [icews_row(3)]),
    )
    bring(store, a, b)
    bring(store, icews_file(folder / "a.tab", [icews_row(4)]))
    return store


def stored_rows(store: EventStore) -> int:
    return sum(output.rows for one in store.imports() for output in one.outputs)


def test_an_older_edition_is_kept_until_it_is_pruned(tmp_path: Path) -> None:
    store = two_editions(tmp_path)
    assert stored_rows(store) == 4
    before = list(store.lines())
    pruned = store.prune()
    assert [name for name, _ in pruned.editions] == ["icews/a.tab"]
    assert pruned.rows == 2
    assert pruned.bytes != 0
    assert stored_rows(store) == 2
    assert list(store.lines()) == before
    assert len(list(store.path.glob("icews/*.parquet"))) == 2


def test_an_import_of_nothing_but_older_editions_goes_altogether(tmp_path: Path) -> None:
    store = EventStore(tmp_path / "data")
    for row in (1, 2):
        bring(store, icews_file(tmp_path / "a.tab", [icews_row(row)]))
    first, second = store.imports()
    assert store.prune().rows == 1
    assert store.imports() == (second,)
    with pytest.raises(NothingFoundError):
        store.refused(first.id)


def test_a_dry_run_deletes_nothing(tmp_path: Path) -> None:
    store = two_editions(tmp_path)
    before = store.imports()
    assert store.prune(dry_run=True).rows == 2
    assert store.imports() == before
    assert not list(store.path.glob(".staging-*"))


def test_nothing_is_pruned_where_every_edition_is_in_use(tmp_path: Path) -> None:
    store = EventStore(tmp_path / "data")
    assert store.prune().editions == ()
    bring(store, icews_file(tmp_path / "a.tab", [icews_row(1)]))
    assert store.prune() == store.prune()
    assert store.prune().bytes == 0
    assert stored_rows(store) == 1


def test_a_pruned_edition_can_be_brought_in_again(tmp_path: Path) -> None:
    store = two_editions(tmp_path)
    store.prune()
    bring(store, icews_file(tmp_path / "a.tab", [icews_row(1), icews_row(2)]))
    assert {line["document"] for line in store.lines()} == {"a.tab", "b.tab"}
    assert len(list(store.lines())) == 3


def test_answers_name_the_editions_in_force_only(tmp_path: Path) -> None:
    store = two_editions(tmp_path)
    editions = Events.of(store=store, registry=SmallRegistry()).editions
    assert sorted(editions) == ["icews/a.tab", "icews/b.tab", "ontology"]
    newest = store.imports()[1].files[0].report.sha256
    assert editions["icews/a.tab"] == newest
