"""Make the table of coefficients that comes with `comity.factors`, from ICEWS18 rolled up to states.

Run with ``python benchmarks/factor_coefficients.py [OUTPUT.csv]``; COMITY_SHARED names the folder that holds
``data/icews18``. The set is what models of temporal knowledge graphs are trained on: quadruples of January to
September 2018, each held once. Acts merge repeats of a day anyway, so little is lost by that. Unlike ICEWS14
and ICEWS05-15 it has plain Russia, United States and Ukraine.
"""

import csv
import os
import sys
import tempfile
from pathlib import Path

import duckdb

from comity.actors import load_registry
from comity.events import Acts, Events, EventStore, choose_reader
from comity.factors import fit_coefficients
from comity.factors.shipped import COLUMNS, rows_of
from comity.model import History

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src" / "comity" / "factors" / "data" / "coefficients.csv"
OUTCOMES = ("rate:cooperation", "rate:conflict", "type")
KINDS = (None, "talk", "institutions", "deeds")
HALF_LIFE_DAYS = 30.0
FEWEST = 800  # acts of an outcome: fifty a term
HEAD = """\
# Coefficients of the relational event model between states and organisations, by outcome and kind of act.
# A result table of ours; made by benchmarks/factor_coefficients.py. std_error: clustered by ordered pair.
# covariances: with the terms so far of the same outcome and kind, the last one the term's own variance.
"""
FACTS = {
    "data_set": "ICEWS18",
    "edition": "training and validation part as distributed for temporal knowledge graphs",
    "licence": "ICEWS under its publisher's terms; these results under the licence of comity",
}


def published() -> Path:
    """Find the quadruples."""
    shared = Path(os.environ.get("COMITY_SHARED", ROOT.parent / "shared"))
    found = shared / "data" / "icews18"
    if not found.is_dir():
        raise SystemExit(f"no {found}: set COMITY_SHARED to the folder of shared data")
    return found


def write_as_distributed(source: Path, folder: Path) -> Path:
    """Write the quadruples with their maps, as the repositories of models hold them."""
    for what, table in (("entity", "entities"), ("relation", "relations")):
        rows = duckdb.execute(f"SELECT name, id FROM '{source / table}.parquet' ORDER BY id").fetchall()
        text = "".join(f"{name}\t{number}\n" for name, number in rows)
        (folder / f"{what}2id.txt").write_text(text, "utf-8")
    rows = duckdb.execute(f"SELECT s, r, o, t FROM '{source / 'facts.parquet'}' ORDER BY ALL").fetchall()
    quadruples = folder / "train.txt"
    quadruples.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), "utf-8")
    return quadruples


def acts_of(source: Path) -> Acts:
    """Roll the quadruples up to states and organisations, and form acts."""
    with tempfile.TemporaryDirectory() as folder:
        quadruples = write_as_distributed(source, Path(folder))
        store = EventStore(Path(folder) / "data")
        reader = choose_reader("tkg-icews18", [quadruples])
        store.import_files(reader, [quadruples], load_registry())
        return Events.of(store=store).acts()


def table_of(acts: Acts) -> list[dict[str, str]]:
    """Fit every outcome and kind that has acts enough."""
    actors = sorted({*acts.sender.tolist(), *acts.receiver.tolist()})
    rows = []
    for kind in KINDS:
        history = History.of_acts(acts if kind is None else acts.select(acts.kind == kind), actors=actors)
        for outcome in OUTCOMES:
            signs = {"rate:cooperation": (0,), "rate:conflict": (1,)}.get(outcome, (0, 1))
            least = min(int((history.sign == sign).sum()) for sign in signs)
            if least < FEWEST:
                print(f"{outcome} of {kind}: {least} acts, left out", file=sys.stderr)
                continue
            found = fit_coefficients(history, outcome, half_life_days=HALF_LIFE_DAYS)
            rows += rows_of(found, kind=kind, n_actors=len(actors), **FACTS)
            print(f"{outcome} of {kind or 'all'}: {found.n_events:,} acts", file=sys.stderr)
    return rows


def write_table(rows: list[dict[str, str]], path: Path) -> None:
    """Write the table with its head."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    write_table(table_of(acts_of(published())), Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE)
