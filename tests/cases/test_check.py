"""Every rule of the case format finds what breaks it, with file and line."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.actors import load_registry
from comity.cases import attach, check_case, open_case
from comity.cases.layout import TABLES
from comity.cases.rules import RULES
from comity.events import find_reader
from comity.provenance import ComityError, NothingFoundError, text_hash
from tests.events.worlds import icews_file, icews_row

from .small_case import (
    ROWS,
    SETTINGS,
    TEXT,
    add_row,
    another,
    appended,
    both,
    changed,
    rewritten,
    small_case,
    written,
)

ROOT = Path(__file__).resolve().parents[2]
Change = Callable[[Path], None]
SECOND = '[[document]]\nid = "d1"\ntitle = "Twice"\n'


def removed(folder: Path) -> None:
    (folder / "quotes.csv").unlink()


def linked_outside(folder: Path) -> None:
    outside = folder.parent / "outside.csv"
    (folder / "events.csv").rename(outside)
    (folder / "events.csv").symlink_to(outside)


def attached_with_another_passage(folder: Path) -> None:
    (folder / "text").write_bytes(TEXT.encode())
    changed("claims.csv", passage_sha256=text_hash("other words"))(folder)
    attach(open_case(folder), folder / "text")


FAULTS: list[tuple[str, str, int, Change]] = [
    ("missing-file", "quotes.csv", 0, removed),
    ("unreadable-file", "events.csv", 0, written("events.csv", b"")),
    ("unreadable-file", "events.csv", 0, written("events.csv", b"id\0x")),
    ("unreadable-file", "claims.csv", 2, written("claims.csv", "id\nZürich\n".encode("latin-1"))),
    ("unreadable-file", "case.toml", 0, written("case.toml", b"")),
    ("unreadable-file", "sources.toml", 1, written("sources.toml", b"\xff\xfe")),
    ("outside-folder", "events.csv", 0, linked_outside),
    ("outside-folder", "sources.toml", 14, appended("sources.toml", 'file = "../x"\n')),
    ("outside-folder", "sources.toml", 14, appended("sources.toml", 'file = "/etc/x"\n')),
    ("outside-folder", "data", 0, lambda folder: (folder / "data").symlink_to(folder.parent)),
    ("header", "events.csv", 1, rewritten("events.csv", "id,date_start", "id,start")),
    ("header", "events.csv", 1, written("events.csv", b"\xef\xbb\xbf")),
    ("not-a-table", "events.csv", 3, appended("events.csv", '"E2,2005')),
    ("fields", "events.csv", 3, appended("events.csv", "E2,2005-01-01\n")),
    ("toml", "case.toml", 3, rewritten("case.toml", 'title = "A small case"', "title = A small case")),
    ("toml", "sources.toml", 1, rewritten("sources.toml", "[[document]]", "[[document")),
    ("toml", "case.toml", 0, appended("case.toml", "deep = " + "[" * 5000)),
    ("format", "case.toml", 1, rewritten("case.toml", "format = 1", "format = 2")),
    ("format", "case.toml", 1, rewritten("case.toml", "format = 1", 'format = "one"')),
    ("format", "case.toml", 0, rewritten("case.toml", "format = 1\n", "")),
    ("setting", "case.toml", 4, rewritten("case.toml", '[["JPN", "NATO"]]', '["JPN", "NATO"]')),
    ("setting", "case.toml", 3, rewritten("case.toml", "title", "titel")),
    ("setting", "case.toml", 2, rewritten("case.toml", '"small"', '"../small"')),
    ("setting", "sources.toml", 8, rewritten("sources.toml", "chars = 36", "chars = -36")),
    ("overlapping-eras", "case.toml", 13, rewritten("case.toml", "start = 2010-01-01", "start = 2009-12-31")),
    ("missing-value", "case.toml", 3, rewritten("case.toml", '"A small case"', '""')),
    ("missing-value", "events.csv", 2, changed("events.csv", summary="")),
    ("missing-value", "events.csv", 2, changed("events.csv", paragraph="")),
    ("missing-value", "quotes.csv", 2, changed("quotes.csv", said_end="")),
    ("duplicate-id", "events.csv", 3, another("events.csv")),
    ("duplicate-id", "case.toml", 12, rewritten("case.toml", '"late"', '"early"')),
    ("duplicate-id", "sources.toml", 15, appended("sources.toml", SECOND)),
    ("date", "events.csv", 2, changed("events.csv", date_start="2022-02-31")),
    ("date", "pledges.csv", 2, changed("pledges.csv", said_start="1 May 2022")),
    ("date", "series.csv", 2, changed("series.csv", month="2005-13")),
    ("date", "actors.csv", 2, changed("actors.csv", office="x", office_from="2005-13-01")),
    ("date", "case.toml", 8, rewritten("case.toml", "2000-01-01", "2000-02-31")),
    ("date", "case.toml", 8, rewritten("case.toml", "2000-01-01", '"2000"')),
    ("interval", "events.csv", 2, changed("events.csv", date_end="2005-05-04")),
    ("interval", "case.toml", 9, rewritten("case.toml", "2009-12-31", "1999-12-31")),
    ("interval", "sources.toml", 6, rewritten("sources.toml", "2020-12-31", "2019-12-31")),
    ("precision", "events.csv", 2, changed("events.csv", precision="unknown")),
    ("precision", "quotes.csv", 2, changed("quotes.csv", date_start="", date_end="")),
    ("number", "pledges.csv", 2, changed("pledges.csv", quantity="7,1")),
    ("number", "pledges.csv", 2, changed("pledges.csv", quantity="nan")),
    ("number", "events.csv", 2, changed("events.csv", char_start="-1")),
    ("number", "series.csv", 2, changed("series.csv", total="much")),
    ("unknown-value", "events.csv", 2, changed("events.csv", event_type="MEET", mode="")),
    ("unknown-value", "events.csv", 2, changed("events.csv", mode="dinner")),
    ("unknown-value", "events.csv", 2, changed("events.csv", event_kind="words")),
    ("unknown-value", "events.csv", 2, changed("events.csv", contexts="diplomatic;cooking")),
    ("unknown-value", "events.csv", 2, changed("events.csv", sign="2")),
    ("unknown-value", "events.csv", 2, changed("events.csv", precision="week")),
    ("unknown-value", "pledges.csv", 2, changed("pledges.csv", stage="paid")),
    ("unknown-value", "claims.csv", 2, changed("claims.csv", direction="up")),
    ("unknown-value", "quotes.csv", 2, changed("quotes.csv", mode="spoken")),
    ("unknown-actor", "events.csv", 2, changed("events.csv", sender="JPM")),
    ("unknown-actor", "pledges.csv", 2, changed("pledges.csv", via="NOBODY")),
    ("unknown-actor", "claims.csv", 2, changed("claims.csv", cause="NOBODY")),
    ("unknown-actor", "quotes.csv", 2, changed("quotes.csv", addressee="NOBODY")),
    ("unknown-actor", "series.csv", 2, changed("series.csv", a="NOBODY")),
    ("unknown-actor", "actors.csv", 2, changed("actors.csv", part_of="NOBODY")),
    ("unknown-actor", "case.toml", 4, rewritten("case.toml", '"JPN", "NATO"', '"JPN", "NOBODY"')),
    ("unknown-actor", "case.toml", 16, rewritten("case.toml", '["JPN"]', '["NOBODY"]')),
    ("unknown-actor", "case.toml", 19, rewritten("case.toml", "TWN", "NOBODY")),
    ("control-character", "events.csv", 2, changed("events.csv", summary="They met.\x07")),
    ("control-character", "claims.csv", 2, changed("claims.csv", paraphrase="It \u202ehelped.")),
    ("control-character", "case.toml", 3, rewritten("case.toml", "A small case", "A small\\u0007case")),
    ("value", "actors.csv", 2, changed("actors.csv", kind="planet")),
    ("active-text", "events.csv", 2, changed("events.csv", summary="=HYPERLINK(1)")),
    ("active-text", "events.csv", 2, changed("events.csv", summary="<script>alert(1)</script>")),
    ("active-text", "claims.csv", 2, changed("claims.csv", outcome="-cmd")),
    ("active-text", "case.toml", 3, rewritten("case.toml", "A small case", "<b>A small case")),
    ("setting", "sources.toml", 14, appended("sources.toml", 'url = "javascript:alert(1)"\n')),
    ("unknown-document", "events.csv", 2, changed("events.csv", document="d2")),
    ("offset", "events.csv", 2, changed("events.csv", char_end=37)),
    ("offset", "events.csv", 2, changed("events.csv", char_start=14)),
    ("offset", "events.csv", 2, changed("events.csv", paragraph=3)),
    ("hash", "events.csv", 2, changed("events.csv", passage_sha256="abc")),
    ("hash", "sources.toml", 7, rewritten("sources.toml", text_hash(TEXT), "abc")),
    ("passage", "claims.csv", 2, attached_with_another_passage),
    ("sign", "events.csv", 2, changed("events.csv", sign="-1")),
    ("self-dyad", "events.csv", 2, changed("events.csv", receiver="NATO;JPN")),
    ("self-dyad", "events.csv", 2, changed("events.csv", sender="JPN;JPN")),
    ("self-dyad", "series.csv", 2, changed("series.csv", b="JPN")),
    ("self-dyad", "case.toml", 4, rewritten("case.toml", '"JPN", "NATO"', '"JPN", "JPN"')),
    ("reciprocal", "events.csv", 2, changed("events.csv", reciprocal="true")),
    ("event-key", "events.csv", 4, both(
        another("events.csv", id="E2", event_key="k"),
        another("events.csv", id="E3", event_key="k", receiver="KOR"))),
    ("event-key", "events.csv", 4, both(
        another("events.csv", id="E2", event_key="k"),
        another("events.csv", id="E3", event_key="k", event_type="SUPPORT", mode=""))),
    ("unit", "pledges.csv", 2, changed("pledges.csv", unit="dollars")),
    ("unit", "pledges.csv", 2, changed("pledges.csv", unit="", currency="")),
    ("unit", "pledges.csv", 2, changed("pledges.csv", currency="")),
    ("unit", "pledges.csv", 2, changed("pledges.csv", currency="dollars")),
    ("relation", "pledges.csv", 2, changed("pledges.csv", relations="same_as:P9")),
    ("relation", "pledges.csv", 2, changed("pledges.csv", relations="P1")),
    ("unknown-era", "claims.csv", 2, changed("claims.csv", era="middle")),
    ("unknown-event", "claims.csv", 2, changed("claims.csv", first_of="E9")),
    ("tie", "claims.csv", 2, changed("claims.csv", tie_b="")),
    ("tie", "claims.csv", 2, changed("claims.csv", tie_b="JPN")),
    ("said", "quotes.csv", 2, changed("quotes.csv", said_end=15)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "file", "line", "change"), FAULTS, ids=[f"{n}-{fault[0]}" for n, fault in enumerate(FAULTS)]
)
def test_a_broken_rule_is_reported_with_file_and_line(
    tmp_path: Path, rule: str, file: str, line: int, change: Change
) -> None:
    folder = small_case(tmp_path)
    change(folder)
    found = [(problem.rule, problem.file, problem.line) for problem in check_case(folder)]
    assert (rule, file, line) in found


def test_every_rule_is_broken_by_some_test() -> None:
    assert {fault[0] for fault in FAULTS} | {"imported-data"} == set(RULES)


def test_imported_rows_that_were_changed_or_are_gone_are_reported(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    source = icews_file(tmp_path / "a.tab", [icews_row(1), icews_row(2)])
    open_case(folder).store.import_files(find_reader("icews"), [source], load_registry())
    (stored,) = (folder / "data").glob("icews/*.parquet")
    place = f"data/icews/{stored.name}"
    assert check_case(folder) == []
    content = bytearray(stored.read_bytes())
    content[len(content) // 2] ^= 1
    stored.write_bytes(content)
    (problem,) = check_case(folder)
    assert (problem.rule, problem.file, problem.severity) == ("imported-data", place, "error")
    stored.unlink()
    assert [one.file for one in check_case(folder)] == [place]


def test_every_rule_stands_in_the_reference_with_its_severity() -> None:
    page = (ROOT / "docs" / "reference" / "case-rules.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (error|warning) \|", page, re.MULTILINE)
    assert dict(rows) == {code: rule.severity for code, rule in RULES.items()}


def test_every_column_stands_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "case-rules.md").read_text("utf-8")
    for name, columns in TABLES.items():
        section = page.split(f"\n### {name}\n")[1].split("\n### ")[0]
        assert f"\n{','.join(columns)}\n" in section


def test_a_sound_case_breaks_no_rule(tmp_path: Path) -> None:
    assert check_case(small_case(tmp_path)) == []


def test_the_embedded_case_breaks_no_rule() -> None:
    assert check_case("japan-nato") == []


def test_a_byte_order_mark_is_allowed(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    for name in ("events.csv", "case.toml", "sources.toml"):
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())
    assert check_case(folder) == []


def test_every_fault_of_a_row_is_reported_at_once(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    changed("events.csv", sender="JPM", date_start="2022-02-31", char_end=99)(folder)
    assert {problem.rule for problem in check_case(folder)} == {"unknown-actor", "date", "offset"}


def test_an_unknown_actor_gets_its_nearest(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    changed("events.csv", sender="Japn")(folder)
    (problem,) = check_case(folder)
    assert "'JPN'" in problem.message


def test_a_warning_refuses_no_row(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    changed("events.csv", summary="=1+1")(folder)
    (problem,) = check_case(folder)
    assert problem.severity == "warning"
    assert [event.id for event in open_case(folder).events.coded] == ["E1"]


def test_numbers_and_signs_are_no_formulas(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    changed("claims.csv", direction="-")(folder)
    changed("pledges.csv", quantity="-5.5")(folder)
    changed("events.csv", event_type="ACCUSE", mode="", sign="-1")(folder)
    assert check_case(folder) == []


def test_a_case_of_a_newer_format_is_not_searched_for_eras(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    (folder / "case.toml").write_text(SETTINGS.replace("format = 1", "format = 7"), "utf-8")
    assert [problem.rule for problem in check_case(folder)] == ["format"]


def test_a_huge_table_is_refused_unread(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    with (folder / "events.csv").open("wb") as file:
        os.truncate(file.fileno(), 2 * 1024**3)  # sparse: takes no room on disk
    problems = check_case(folder)
    assert ("events.csv", "unreadable-file") in [(one.file, one.rule) for one in problems]


def test_records_of_one_event_may_hang_together_through_a_third(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    another("events.csv", id="E2", event_key="k", receiver="NATO")(folder)
    another("events.csv", id="E3", event_key="k", receiver="KOR")(folder)
    another("events.csv", id="E4", event_key="k", receiver="NATO;KOR")(folder)
    assert check_case(folder) == []


def test_a_promise_and_its_keeping_may_share_a_key(tmp_path: Path) -> None:
    folder = small_case(tmp_path)
    another("events.csv", id="E2", event_key="k")(folder)
    another("events.csv", id="E3", event_key="k", event_type="AGREE", mode="", aux="future")(folder)
    assert check_case(folder) == []


def test_a_missing_folder_is_nothing_found(tmp_path: Path) -> None:
    with pytest.raises(NothingFoundError) as caught:
        check_case(tmp_path / "none")
    assert "japan-nato" in str(caught.value)


def test_an_empty_folder_lacks_every_file(tmp_path: Path) -> None:
    assert {problem.rule for problem in check_case(tmp_path)} == {"missing-file"}
    assert len(check_case(tmp_path)) == 8  # case.toml, six tables, sources.toml


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["case.toml", "sources.toml", "events.csv", "quotes.csv", "actors.csv"]),
    content=st.binary(max_size=120) | st.text(max_size=120).map(str.encode),
)
def test_any_bytes_in_any_file_give_a_clear_answer(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    folder = small_case(tmp_path_factory.mktemp("any"))
    (folder / name).write_bytes(content)
    check_case(folder)
    try:
        case = open_case(folder)
        read = len(case.events.coded), len(case.ledger.statements), case.claims
    except ComityError:
        return
    assert read[0] + case.refused.get("events.csv", 0) == (0 if name == "events.csv" else 1)
    assert read[1] + case.refused.get("pledges.csv", 0) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_text_in_any_field_is_taken_or_reported(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = small_case(tmp_path_factory.mktemp("any"))
    name = data.draw(st.sampled_from(["events.csv", "pledges.csv", "claims.csv", "quotes.csv", "actors.csv"]))
    columns = (folder / name).read_text("utf-8").splitlines()[0].split(",")
    column = data.draw(st.sampled_from(columns))
    text = data.draw(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30))
    add_row(folder, name, **{**_row(name), "id": "NEW", column: text})
    problems = [problem for problem in check_case(folder) if problem.severity == "error"]
    case = open_case(folder)
    counts = (len(case.events.coded), len(case.ledger.statements))
    assert all(problem.file == name for problem in problems) or name == "actors.csv"
    assert sum(counts) + sum(case.refused.get(one, 0) for one in ("events.csv", "pledges.csv")) == 2 + (
        name in ("events.csv", "pledges.csv")
    )


def _row(name: str) -> dict[str, object]:
    return dict(ROWS[name])
