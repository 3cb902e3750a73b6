"""``comity prune`` says what it frees."""

from pathlib import Path

from .conftest import EXAMPLE, Comity


def test_prune_says_what_went_and_what_it_freed(comity: Comity, mine: Path, tmp_path: Path) -> None:
    file = tmp_path / EXAMPLE.name
    text = EXAMPLE.read_text("utf-8")
    for content in (text, text[: text.rstrip("\n").rindex("\n") + 1]):  # the newer one lacks a row
        file.write_text(content, "utf-8")
        assert comity("import", "icews", file, "--case", mine).code == 0
    would = comity("prune", "--dry-run", "--case", mine, "--json").json
    assert would["dry_run"]
    assert [one["name"] for one in would["editions"]] == [f"icews/{EXAMPLE.name}"]
    assert would["bytes"] > 0
    done = comity("prune", "--case", mine)
    assert done.code == 0
    assert "older editions: 1, rows: " in done.out
    assert "freed" in done.out
    assert comity("prune", "--case", mine, "--json").json["editions"] == []


def test_every_answer_names_its_editions(comity: Comity, with_data: Path) -> None:
    name = f"icews/{EXAMPLE.name}"
    run = comity("tie", "RUS", "UKR", "--at", "2018-12-31", "--case", with_data, "--json").json["run"]
    record = next(iter((with_data / "runs").glob(f"{run}.json"))).read_text("utf-8")
    assert name in record
    for command in (
        ("brief", "RUS", "UKR", "--today", "2020-01-01", "-o", with_data / "b.html"),
        ("eras", "RUS", "UKR"),
    ):
        before = set((with_data / "runs").glob("*.json"))
        assert comity(*command, "--case", with_data).code in (0, 3)
        (fresh,) = set((with_data / "runs").glob("*.json")) - before
        assert name in fresh.read_text("utf-8"), command
