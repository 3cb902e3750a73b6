"""The contenders of `import_speed.py`, each run in a process of its own: `contenders.py NAME FILE FOLDER`."""

import sys
from datetime import timedelta
from pathlib import Path


def bare(file: Path, folder: Path) -> None:
    """DuckDB alone: guess the types, write Parquet."""
    import duckdb

    with duckdb.connect() as engine:
        engine.execute(f"COPY (SELECT * FROM read_csv('{file}')) TO '{folder}/bare.parquet' (FORMAT PARQUET)")


def ours(file: Path, folder: Path) -> None:
    """Do the whole import: check, roll up, look for repeats, list what is refused, write by year."""
    from comity.actors import load_registry
    from comity.events import EventStore, find_reader

    EventStore(folder / "store").import_files(find_reader("icews"), [file], load_registry())


def frames(file: Path, folder: Path) -> None:
    """Do the same with pandas, column by column: checks, roll-up of different names, repeats, Parquet."""
    import duckdb
    import pandas as pd

    from comity.actors import load_registry
    from comity.events import load_ontology

    registry, cameo = load_registry(), load_ontology().cameo
    used = (0, 1, 2, 3, 4, 6, 7, 8, 9, 10)
    names = ["id", "day", "s_name", "s_sectors", "s_country", "code", "intensity"]
    names += ["t_name", "t_sectors", "t_country"]
    rows = pd.read_csv(
        file,
        sep="\t",
        quoting=3,
        dtype=str,
        keep_default_na=False,
        usecols=list(used),
        names=names,
        skiprows=1,
    )
    rows["line"] = rows.index + 2
    day = pd.to_datetime(rows["day"], format="%Y-%m-%d", errors="coerce")
    weight = pd.to_numeric(rows["intensity"], errors="coerce")
    known = pd.DataFrame(
        [
            (
                one.cameo_code,
                one.weight,
                one.event_type,
                one.mode,
                one.sign,
                one.kind,
                one.joint,
                one.signed_weight,
            )
            for one in cameo.values()
        ],
        columns=["code", "published", "event_type", "mode", "sign", "kind", "joint", "weight"],
    )
    rows = rows.merge(known, on="code", how="left")
    rows["day"] = day
    faulty = day.isna() | rows["published"].isna() | ((weight - rows["published"]).abs() > 0.05)
    faulty |= ~rows["id"].str.fullmatch("[0-9]{1,20}")
    for side in ("s", "t"):
        key = [f"{side}_name", f"{side}_country", f"{side}_sectors"]
        spans = rows.groupby(key, sort=False)["day"].agg(["min", "max"]).reset_index()
        found = []
        for name, country, sectors, first, last in spans.itertuples(index=False):
            at = first.date()
            while at <= last.date():
                one = registry.roll_up(name, at=at, country=country, sectors=sectors)
                end = one.last_day or last.date()
                found.append(
                    (name, country, sectors, pd.Timestamp(at), pd.Timestamp(end), one.actor, one.side)
                )
                at = end + timedelta(1)
        columns = [*key, f"{side}_first", f"{side}_last", f"{side}_actor", f"{side}_side"]
        table = pd.DataFrame(found, columns=columns)
        rows = rows.merge(table, on=key, how="left")
        rows = rows[rows["day"].between(rows[f"{side}_first"], rows[f"{side}_last"])]
    unknown = (rows["s_side"] == "unknown") | (rows["t_side"] == "unknown")
    faulty = faulty.reindex(rows["line"] - 2).to_numpy()
    rows[unknown | faulty][["line", "s_name", "t_name"]].to_csv(folder / "refused.csv", index=False)
    canonical = {actor.id: registry.canonical(actor.id) for actor in registry}
    domestic = rows["s_actor"].map(canonical) == rows["t_actor"].map(canonical)
    kept = rows[~unknown & ~faulty & ~domestic].drop_duplicates("id")
    for year, part in kept.groupby(kept["day"].dt.year):
        del year
        part = part[["line", "id", "day", "s_actor", "t_actor", "s_name", "t_name", "s_side", "t_side",
                     "code", "event_type", "mode", "sign", "kind", "joint", "weight"]]  # fmt: skip
        with duckdb.connect() as engine:
            engine.register("part", part)
            engine.execute(
                f"COPY (SELECT * FROM part) TO '{folder}/part.parquet' (FORMAT PARQUET, COMPRESSION zstd)"
            )


if __name__ == "__main__":
    {"bare": bare, "ours": ours, "frames": frames}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
