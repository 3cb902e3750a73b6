"""GDELT samples and benchmark quadruples as they are published: counts add up, and known facts are found."""

from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from comity.actors import load_registry
from comity.events import Events, EventStore, ImportReport, choose_reader

from .readers.made_up import outcomes

pytestmark = pytest.mark.shared


def benchmark(shared: Path, name: str, folder: Path, *, every: int = 1, since: int = 0) -> list[Path]:
    """Write a benchmark as it is published: quadruples of ids, and the two maps.

    Rows that name Japan or Russia on both sides, and of the others one in `every`, from time `since`.
    """
    source = shared / "data" / name
    folder.mkdir()
    facts = pl.read_parquet(source / "facts.parquet").with_columns(pl.col("split").cast(pl.String))
    entities = pl.read_parquet(source / "entities.parquet")
    ours = entities.filter(pl.col("country").is_in(["Japan", "Russia", "Russian Federation"]))["id"].to_list()
    both = pl.col("s").is_in(ours) & pl.col("o").is_in(ours)
    facts = facts.filter((both | (pl.int_range(pl.len()) % every == 0)) & (pl.col("t") >= since))
    paths = []
    for (split,), rows in facts.group_by("split", maintain_order=True):
        path = folder / f"{split}.txt"
        rows.select("s", "r", "o", "t").write_csv(path, separator="\t", include_header=False)
        paths.append(path)
    for table, file in (("entities", "entity2id.txt"), ("relations", "relation2id.txt")):
        names = pl.read_parquet(source / f"{table}.parquet").select("name", "id")
        names.write_csv(folder / file, separator="\t", include_header=False, quote_style="never")
    return sorted(paths)


def imported(store: EventStore, name: str, paths: list[Path]) -> ImportReport:
    report = store.import_files(choose_reader(name, paths), paths, load_registry())
    for file in report.files:
        assert file.accepted + sum(file.set_aside.values()) + sum(file.refused.values()) == file.rows
    return report


def test_japan_and_russia_meet_in_every_year_of_a_set_without_a_plain_russia(
    shared: Path, tmp_path: Path
) -> None:
    paths = benchmark(shared, "icews0515", tmp_path / "icews0515", every=8)
    names = set((tmp_path / "icews0515" / "entity2id.txt").read_text("utf-8").replace("\t", "\n").split("\n"))
    assert not names & {"Russia", "United States", "Ukraine"}
    store = EventStore(tmp_path / "data")
    report = imported(store, "tkg-icews0515", paths)
    assert report.rows > 50_000
    assert sum(report.refused.values()) - report.refused["unknown actor"] < 100
    acts = Events.of(store=store).acts(senders=["JPN", "RUS"], receivers=["JPN", "RUS"])
    years = Counter(str(day)[:4] for day in acts.day.astype("datetime64[D]"))
    assert sorted(years) == [str(year) for year in range(2005, 2015)]
    assert min(years.values()) >= 5


def test_japan_and_russia_meet_in_icews14_and_a_later_set_is_not_counted_twice(
    shared: Path, tmp_path: Path
) -> None:
    paths = benchmark(shared, "icews14", tmp_path / "icews14")
    names = set((tmp_path / "icews14" / "entity2id.txt").read_text("utf-8").replace("\t", "\n").split("\n"))
    assert not names & {"Russia", "United_States", "Ukraine"}
    store = EventStore(tmp_path / "data")
    assert imported(store, "tkg-icews14", paths).rows == 90_730
    events = Events.of(store=store)
    assert len(events.acts(senders=["JPN", "RUS"], receivers=["JPN", "RUS"])) >= 20
    assert len(events.acts(senders=["RUS"], receivers=["UKR"])) > 30
    in_2014 = 24 * (date(2014, 1, 1) - date(2005, 1, 1)).days
    paths = benchmark(shared, "icews0515", tmp_path / "icews0515", every=8, since=in_2014)
    later = imported(store, "tkg-icews0515", paths)
    assert later.refused["repeat of a row already here"] > later.accepted


def test_a_gdelt_file_as_published_is_read_to_its_last_row(shared: Path, tmp_path: Path) -> None:
    path = shared / "data" / "gdelt_samples" / "gdelt1_raw_export_58col.tsv.gz"
    report = imported(EventStore(tmp_path / "data"), "auto", [path])
    assert (report.reader, report.rows, report.refused) == ("gdelt", 710, {})
    assert report.accepted == 121


def test_pairs_in_gdelt_are_those_that_a_plain_count_finds(shared: Path, tmp_path: Path) -> None:
    rows = pl.read_parquet(shared / "data" / "gdelt_samples" / "gdelt_events_2020-11-13_15.parquet")
    lines = []
    for values in rows.iter_rows():
        cells = ["" if value is None else str(value) for value in values]
        lines.append("\t".join([*cells[:51], *[""] * 8, *cells[59:61]]))  # back to the 61 columns of 2.0
    reader = choose_reader("gdelt", [])
    found = [row for row in outcomes(reader, lines) if hasattr(row, "sender") and row.side == "state"]
    pairs = Counter((row.sender, row.receiver) for row in found)
    plain = rows.filter((pl.col("Actor_1_Country_Code") == "CHN") & (pl.col("Actor_2_Country_Code") == "USA"))
    assert pairs["CHN", "USA"] >= len(plain) > 50
    assert pairs["NATO", "RUS"] + pairs["RUS", "NATO"] == 3
