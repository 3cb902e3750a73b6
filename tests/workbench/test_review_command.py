"""``comity review`` on the command line, in the terminal, and what it does to the other commands."""

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from comity.cases import Review, keep_drafts, new_case, open_case
from comity.documents import Candidate, Draft, Quotation, make_document
from comity.provenance import Dating, Passage, parse_day, text_hash
from comity.workbench.commands.review import says
from comity.workbench.walk import Walk

from .conftest import Comity

HOSTILE = "\x1b[2J\u202eevil\x07"
BLAMED = f"{HOSTILE} Japan blamed Peru in 2002."
TEXT = f"Japan helped Peru in May 2001.\n{BLAMED}\nNorway gave Peru 40 ships by 2030.\n"


def coded(words: str, kind: str, sender: str, sign: int, year: int, **more: Any) -> Candidate:
    start = TEXT.index(words)
    passage = Passage("note", TEXT.count("\n", 0, start) + 1, start, start + len(words), text_hash(words))
    days = Dating(parse_day(f"{year}-05-01"), parse_day(f"{year}-05-31"), "month")
    draft = Draft(
        "event", (Quotation(words),), (sender,), ("PER",), event_type=kind, event_kind="deeds", sign=sign,
        dating=days, **more,
    )  # fmt: skip
    return Candidate(draft, (passage,), "exact", "test")


def promised() -> Candidate:
    words = "Norway gave Peru 40 ships by 2030"
    start = TEXT.index(words)
    due = Dating(parse_day("2030-01-01"), parse_day("2030-12-31"), "year")
    draft = Draft(
        "pledge", (Quotation(words),), ("NOR",), ("PER",), pledge_kind="transfer", quantity=40.0,
        unit="ships", stage="committed", deadline=due,
    )  # fmt: skip
    return Candidate(
        draft, (Passage("note", 3, start, start + len(words), text_hash(words)),), "exact", "test"
    )


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A case with three drafts: help, blame beside hostile signs, and a promise."""
    folder = new_case(tmp_path / "mine")
    candidates = [
        coded("Japan helped Peru", "AID", "JPN", 1, 2001),
        coded("Japan blamed Peru", "ACCUSE", "JPN", -1, 2002),
        promised(),
    ]
    written = (parse_day("2003-01-01"), parse_day("2003-12-31"))
    keep_drafts(
        open_case(folder),
        make_document(TEXT, id="note", written=written),
        candidates,
        coder="test",
        version="1",
    )
    return folder


def ids(folder: Path) -> list[str]:
    return [one.draft.id for one in Review(open_case(folder)).drafts]


# by options


def test_the_list_has_an_object_for_each_draft(comity: Comity, mine: Path) -> None:
    ran = comity("review", "--list", "--json", "--case", mine)
    assert [(one["id"], one["status"], one["document"]) for one in ran.lines] == [
        (id, "open", "note") for id in ids(mine)
    ]
    assert ran.lines[0]["words"] == "Japan helped Peru"
    assert ran.lines[0]["fields"]["event_type"] == "AID"
    assert "3 open, 0 accepted, 0 rejected" in ran.err


def test_accept_reject_edit_and_undo_by_options(comity: Comity, mine: Path) -> None:
    helped, blamed, promise = ids(mine)
    by = ("--by", "Ann", "--today", "2024-01-02", "--case", mine)
    assert comity("review", "--accept", helped, promise, *by).code == 0
    assert comity("review", "--reject", blamed, *by).code == 0
    assert comity("review", "--undo", blamed, *by).code == 0
    assert comity("review", "--edit", blamed, "summary=Japan found fault.", "confidence=low", *by).code == 0
    ran = comity("review", "--list", "--json", "--case", mine)
    assert [(one["status"], one["by"], one["when"]) for one in ran.lines] == [
        ("accepted", "Ann", "2024-01-02"),
        ("open", "Ann", "2024-01-02"),
        ("accepted", "Ann", "2024-01-02"),
    ]
    assert comity("check", mine).code == 0
    assert comity("pledges", "--case", mine, "--as-of", "2024-01-01", "--json").code == 0


def test_of_several_decisions_those_carried_out_before_a_fault_are_named(comity: Comity, mine: Path) -> None:
    helped, blamed, _ = ids(mine)
    by = ("--by", "Ann", "--today", "2024-01-02", "--case", mine)
    comity("review", "--edit", helped, "event_key=k", *by)
    comity("review", "--edit", blamed, "event_key=k", *by)
    comity("review", "--accept", helped, *by)
    ran = comity("review", "--reject", ids(mine)[2], "--accept", blamed, *by)
    assert ran.code == 1  # one key, another type
    assert "[event-key]" in ran.err
    assert f"carried out before that: {ids(mine)[2]}" in ran.err


def test_the_same_decisions_on_the_same_day_give_the_same_bytes(
    comity: Comity, tmp_path: Path, mine: Path
) -> None:
    shutil.copytree(mine, tmp_path / "again")
    for folder in (mine, tmp_path / "again"):
        comity("review", "--accept", ids(mine)[0], "--by", "Ann", "--today", "2024-01-02", "--case", folder)
    for name in ("review.jsonl", "events.csv", "drafts/note.jsonl"):
        assert (mine / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--accept", "E-none"), 3, "no draft 'E-none'"),
        (("--edit", "E-none"), 2, "nothing to change"),
        (("--edit", "E-none", "summary"), 2, "is no change"),
        (("--undo",), 3, "nothing that could be taken back"),
        (("--accept-all-of", "other"), 3, "There are some of note"),
        (("--list", "--accept", "E-1"), 2, "--list lists"),
        (("--accept", "E-1", "--reject", "E-1"), 2, "cannot be accepted and rejected"),
    ],
)
def test_a_question_that_is_not_well_formed_is_answered(
    comity: Comity, mine: Path, options: tuple[str, ...], code: int, said: str
) -> None:
    ran = comity("review", *options, "--case", mine)
    assert ran.code == code
    assert said in ran.err


def test_a_reviewer_without_a_name_is_refused(comity: Comity, mine: Path) -> None:
    ran = comity("review", "--accept", ids(mine)[0], "--by", " ", "--case", mine)
    assert (ran.code, "no reviewer" in ran.err) == (2, True)


def test_the_embedded_case_is_not_reviewed(comity: Comity) -> None:
    ran = comity("review", "--list")
    assert (ran.code, "no drafts" in ran.err) == (3, True)


def test_a_case_without_drafts_says_how_to_make_them(comity: Comity, tmp_path: Path) -> None:
    ran = comity("review", "--case", new_case(tmp_path / "empty"))
    assert (ran.code, "comity read" in ran.err) == (3, True)


def test_a_broken_draft_file_is_named(comity: Comity, mine: Path) -> None:
    path = mine / "drafts" / "note.jsonl"
    path.write_text(path.read_text("utf-8") + '{"id": "E-1"}\n', "utf-8")
    ran = comity("review", "--list", "--case", mine)
    assert (ran.code, "line 4 of note.jsonl is no draft" in ran.err) == (1, True)


# drafts in other commands


def test_only_with_drafts_do_other_commands_see_them_and_mark_them(comity: Comity, mine: Path) -> None:
    helped, blamed, promise = ids(mine)
    comity("review", "--accept", helped, "--by", "Ann", "--case", mine)
    assert [one["id"] for one in comity("events", "--case", mine, "--json").lines] == [helped]
    marked = comity("events", "--case", mine, "--json", "--with-drafts").lines
    assert [(one["id"], one["draft"]) for one in marked] == [(helped, False), (blamed, True)]
    assert comity("pledges", "--case", mine, "--as-of", "2024-01-01").code == 3
    (pledge,) = comity("pledges", "--case", mine, "--as-of", "2024-01-01", "--json", "--with-drafts").lines
    assert pledge["drafts"] == [promise]


def test_a_tie_counts_drafts_only_if_asked_and_names_them(comity: Comity, mine: Path) -> None:
    helped, blamed, _ = ids(mine)
    comity("review", "--accept", helped, "--by", "Ann", "--case", mine)
    asked = ("tie", "JPN", "PER", "--at", "2003-01-01", "--case", mine, "--json")
    without, with_them = comity(*asked).json, comity(*asked, "--with-drafts").json
    assert (without["all"]["acts"], with_them["all"]["acts"]) == (1, 2)
    assert "drafts" not in without
    assert with_them["drafts"] == [blamed]
    assert without["run"] != with_them["run"]


def test_quotations_that_are_drafts_are_named_among_the_lines(comity: Comity, tmp_path: Path) -> None:
    folder = new_case(tmp_path / "said")
    words = "We stand by Peru as ever before"
    text = f"“{words},” he said."
    place = Passage("note", 1, 1, 1 + len(words), text_hash(words))
    draft = Draft(
        "quote", (Quotation(words),), speakers=("JPN.ABE",), quote_mode="direct", said=Quotation(words)
    )
    quoted = Candidate(draft, (place,), "exact", "test", place)
    keep_drafts(open_case(folder), make_document(text, id="note"), [quoted], coder="test", version="1")
    assert comity("claims", "--lines", "--case", folder).code == 3
    (line,) = comity("claims", "--lines", "--case", folder, "--json", "--with-drafts").lines
    assert line["drafts"] == ids(folder)


def test_a_brief_marks_drafts_in_every_format(comity: Comity, mine: Path) -> None:
    helped, blamed, _ = ids(mine)
    comity("review", "--accept", helped, "--by", "Ann", "--case", mine)
    asked = ("brief", "JPN", "PER", "--case", mine, "--today", "2024-01-01")
    assert "Draft" not in comity(*asked, "--format", "md").out
    assert "Draft: Japan towards Peru: accuse." in comity(*asked, "--format", "md", "--with-drafts").out
    brief = comity(*asked, "--json", "--with-drafts").json
    assert {one["row"]: one["draft"] for one in brief["evidence"]}[blamed] is True
    assert {one["row"]: one["draft"] for one in brief["evidence"]}[helped] is False
    assert [one["draft"] for one in brief["chronology"]["acts"]] == [False, True]
    page = comity(*asked, "--with-drafts").out
    assert "nobody has reviewed" in page
    assert not set(page) & set("\x1b\u202e\x07")


# in the terminal


class Keys:
    """Gives what a reviewer types, and keeps what was asked."""

    def __init__(self, *typed: str) -> None:
        self.typed: Iterator[str] = iter(typed)

    def __call__(self, prompt: str) -> str:
        found = next(self.typed, None)
        if found is None:
            raise EOFError
        return found


def walk(folder: Path, *typed: str, by: str = "Ann") -> Review:
    review = Review(open_case(folder))
    Walk(review, by=by, when=lambda: "2024-01-02", colour=False, ask=Keys(*typed)).go(says)
    return review


def statuses(folder: Path) -> list[str]:
    return [one.status for one in Review(open_case(folder)).drafts]


def test_one_key_decides_and_the_next_draft_comes(mine: Path) -> None:
    walk(mine, "a", "r", "s", "q")
    assert statuses(mine) == ["accepted", "rejected", "open"]


def test_undo_goes_back_to_the_draft_and_asks_again(mine: Path) -> None:
    walk(mine, "a", "u", "r", "q")
    assert statuses(mine) == ["rejected", "open", "open"]


def test_the_last_decision_can_be_taken_back_at_the_end(mine: Path) -> None:
    walk(mine, "a", "a", "a", "u", "r", "q")
    assert statuses(mine) == ["accepted", "accepted", "rejected"]


def test_an_edit_is_shown_and_then_accepted(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    walk(mine, "e", "summary=Japan helped out.", "nonsense=1", "", "a", "q")
    printed = capsys.readouterr().out
    assert "No such column: 'nonsense=1'." in printed
    assert "summary: Japan helped out." in printed
    assert "Japan helped out." in (mine / "events.csv").read_text("utf-8")


def test_an_edit_that_breaks_a_rule_is_refused_in_words(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    walk(mine, "e", "date_start=2001-02-31", "", "q")
    assert "is not a day of the calendar" in capsys.readouterr().out
    assert statuses(mine)[0] == "open"


def test_an_unknown_key_decides_nothing(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    walk(mine, "x", "", "q")
    assert "One of: a accept" in capsys.readouterr().out
    assert statuses(mine) == ["open"] * 3


def test_what_another_has_decided_is_told_and_passed_over(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review = Review(open_case(mine))
    keys = Keys("a", "s", "s", "q")

    def ask(prompt: str) -> str:
        if statuses(mine)[0] == "open":  # Bo is quicker
            Review(open_case(mine)).reject([ids(mine)[0]], by="Bo", when="2024-01-03")
        return keys(prompt)

    Walk(review, by="Ann", when=lambda: "2024-01-02", colour=False, ask=ask).go(says)
    assert "Bo has meanwhile decided" in capsys.readouterr().out
    assert statuses(mine) == ["rejected", "open", "open"]


def test_hostile_signs_of_a_text_do_not_reach_the_terminal(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    walk(mine, "s", "s", "s", "q")
    printed = capsys.readouterr().out
    assert "»Japan blamed Peru« in 2002." in printed
    assert not set(printed) & set("\x1b\u202e\x07")


def test_ctrl_c_keeps_what_was_decided(mine: Path) -> None:
    review = Review(open_case(mine))
    typed = iter(["a"])

    def ask(prompt: str) -> str:
        for key in typed:
            return key
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Walk(review, by="Ann", when=lambda: "2024-01-02", colour=False, ask=ask).go(says)
    assert statuses(mine) == ["accepted", "open", "open"]


def test_in_a_real_terminal_the_passage_is_shown_in_reverse(mine: Path) -> None:
    main, other = pty.openpty()
    command = [sys.executable, "-m", "comity.workbench", "review", "--case", str(mine), "--by", "Ann"]
    with subprocess.Popen(command, stdin=other, stdout=other, stderr=other, close_fds=True) as ran:
        os.close(other)
        os.write(main, b"a\nq\n")
        printed = b""
        while True:
            try:
                part = os.read(main, 4096)
            except OSError:  # the other end is closed
                break
            printed += part
            if not part:
                break
        assert ran.wait(timeout=30) == 0
    os.close(main)
    assert b"\x1b[7mJapan helped Peru\x1b[0m" in printed
    assert statuses(mine) == ["accepted", "open", "open"]


def test_without_a_terminal_answers_are_read_from_the_input(mine: Path) -> None:
    command = [sys.executable, "-m", "comity.workbench", "review", "--case", str(mine), "--by", "Ann"]
    ran = subprocess.run(command, input="a\nr\n", capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    assert statuses(mine) == ["accepted", "rejected", "open"]
    assert json.loads((mine / "review.jsonl").read_text("utf-8").splitlines()[1])["by"] == "Ann"
