"""Drafts of a case and the decisions on them: what enters the tables, what the log says, what is left."""

import json
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.cases import (
    Case,
    DecidedMeanwhileError,
    RefusedDraftError,
    Review,
    check_case,
    keep_drafts,
    new_case,
    open_case,
)
from comity.cases.pending import PENDING, Pending, carry_out
from comity.cases.review_log import Decision, append_to_log, read_log
from comity.documents import Candidate, Document, Draft, Quotation, make_document, merge
from comity.provenance import (
    ComityError,
    Dating,
    NothingFoundError,
    Passage,
    UnreadableFileError,
    UsageError,
    text_hash,
)

TEXT = "Japan paid Peru in May 2001.\nChile met Peru in 2002.\n“We stand by Peru as ever before,” said Abe.\n"
MAY = Dating(date(2001, 5, 1), date(2001, 5, 31), "month")
ANN = {"by": "Ann", "when": "2024-01-02"}
BO = {"by": "Bo", "when": "2024-01-03"}


def place(words: str, text: str = TEXT, document: str = "note") -> Passage:
    start = text.index(words)
    return Passage(document, text.count("\n", 0, start) + 1, start, start + len(words), text_hash(words))


def paid(
    document: str = "note", text: str = TEXT, words: str = "Japan paid Peru", **more: object
) -> Candidate:
    draft = Draft(
        "event",
        (Quotation(words),),
        ("JPN",),
        ("PER",),
        event_type="AID",
        event_kind="deeds",
        sign=1,
        dating=MAY,
    )
    return Candidate(replace(draft, **more), (place(words, text, document),), "exact", "test")  # type: ignore[arg-type]


def met(**more: object) -> Candidate:
    year = Dating(date(2002, 1, 1), date(2002, 12, 31), "year")
    draft = Draft(
        "event", (Quotation("Chile met Peru"),), ("CHL", "PER"), reciprocal=True, event_type="CONSULT",
        event_kind="talk", sign=1, dating=year,
    )  # fmt: skip
    return Candidate(replace(draft, **more), (place("Chile met Peru"),), "exact", "test")  # type: ignore[arg-type]


def said() -> Candidate:
    words = "We stand by Peru as ever before"
    draft = Draft(
        "quote", (Quotation(words),), speakers=("JPN.ABE",), quote_mode="direct", said=Quotation(words)
    )
    return Candidate(draft, (place(f"“{words},” said Abe"),), "exact", "test", place(words))


def promised() -> Candidate:
    draft = Draft(
        "pledge", (Quotation("Japan paid Peru"),), ("JPN",), ("PER",), pledge_kind="transfer", quantity=40.0,
        unit="generators", stage="announced",
    )  # fmt: skip
    return Candidate(draft, (place("Japan paid Peru"),), "exact", "test")


def note(text: str = TEXT, id: str = "note") -> Document:
    return make_document(text, id=id, written=(date(2003, 1, 1), date(2003, 1, 31)))


def keep(case: Path, *candidates: Candidate, document: Document | None = None, coder: str = "test") -> object:
    return keep_drafts(
        open_case(case), document or note(), merge(candidates), coder=coder, version="1", file="note.txt"
    )


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A case with four drafts of one document."""
    folder = new_case(tmp_path / "mine")
    keep(folder, paid(), met(), said(), promised())
    return folder


def review(folder: Path) -> Review:
    return Review(open_case(folder))


def ids(folder: Path, kind: str = "event") -> list[str]:
    return [one.draft.id for one in review(folder).drafts if one.draft.kind == kind]


def lines(folder: Path, name: str = "events.csv") -> int:
    return len((folder / name).read_text("utf-8").splitlines()) - 1


# keeping


def test_a_document_that_the_case_does_not_list_is_added_and_attached(mine: Path) -> None:
    case = open_case(mine)
    source = case.sources["note"]
    assert (source.sha256, source.chars, source.written_to) == (text_hash(TEXT), len(TEXT), "2003-01-31")
    assert case.text_of("note") == TEXT
    assert check_case(mine) == []


def test_a_document_that_the_case_lists_keeps_its_id(mine: Path) -> None:
    keep(mine, paid("other"), document=note(id="other"))
    assert list(open_case(mine).sources) == ["note"]


def test_another_text_of_the_same_name_gets_another_id(mine: Path) -> None:
    text = "Japan paid Peru again."
    keep(mine, paid(text=text), document=note(text))
    assert list(open_case(mine).sources) == ["note", "note-2"]


def test_reading_again_changes_no_byte(mine: Path) -> None:
    before = (mine / "drafts" / "note.jsonl").read_bytes()
    sources = (mine / "sources.toml").read_bytes()
    keep(mine, paid(), met(), said(), promised())
    assert (mine / "drafts" / "note.jsonl").read_bytes() == before
    assert (mine / "sources.toml").read_bytes() == sources


def test_a_better_date_replaces_an_open_draft_and_leaves_a_decided_one(mine: Path) -> None:
    aid, talk = ids(mine)
    review(mine).reject([aid], **ANN)
    day = Dating(date(2001, 5, 7), date(2001, 5, 7))
    keep(mine, paid(dating=day), met(dating=day), said(), promised())
    dated = {one.draft.id: one.draft.fields.get("date_start") for one in review(mine).drafts}
    assert (dated[aid], dated[talk]) == ("2001-05-01", "2001-05-07")
    assert review(mine).find(aid)[0].status == "rejected"


def test_what_is_no_longer_proposed_is_withdrawn_unless_somebody_decided(mine: Path) -> None:
    aid, talk = ids(mine)
    review(mine).accept([aid], **ANN)
    kept = keep(mine, said(), promised())
    assert kept.withdrawn == (talk,)  # type: ignore[attr-defined]
    assert ids(mine) == [aid]


def test_another_coder_withdraws_nothing(mine: Path) -> None:
    keep(mine, said(), coder="model")
    assert len(ids(mine)) == 2


def test_what_another_document_tells_again_gets_the_key_of_the_first(mine: Path) -> None:
    (aid, _) = ids(mine)
    text = "In May 2001 Japan paid Peru, the papers say."
    keep(mine, paid("second", text), document=note(text, "second"))
    (again,) = [one for one in review(mine).drafts if one.draft.document == "second"]
    assert again.draft.key == aid
    review(mine).accept([aid, again.draft.id], **ANN)
    assert check_case(mine) == []
    assert len(open_case(mine).events.acts(basis="coded").day) == 1  # one act, two records


def test_what_two_coders_find_in_the_same_words_gets_one_key(mine: Path) -> None:
    (aid, _) = ids(mine)
    keep(mine, paid(words="Japan paid Peru in May 2001"), coder="model")
    (other,) = [one for one in review(mine).drafts if one.draft.coder == "model"]
    assert other.draft.key == aid
    assert [one.draft.id for one in review(mine).tellings(other)] == [aid]


def test_a_row_by_hand_on_the_same_words_lends_its_key(mine: Path) -> None:
    where = place("Japan paid Peru in May 2001")
    dated = "2001-01-01,2001-12-31,year,stated"
    row = f"H1,{dated},JPN,PER,,,,AID,,,deeds,1,,,By hand.,gift,high,note,1,0,27,{where.sha256}\n"
    with (mine / "events.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    keep(mine, paid(), met(), said(), promised())
    assert check_case(mine) == []
    (aid, _) = ids(mine)
    assert review(mine).find(aid)[0].draft.key == "gift"


def test_tellings_of_one_text_are_drafts_with_one_key(tmp_path: Path) -> None:
    text = "Japan paid Peru. The payment helped."
    again = paid(text=text, words="The payment", by_noun=True)
    folder = new_case(tmp_path / "one")
    first = paid(text=text)
    keep(folder, replace(first, tellings=(first, again)), document=note(text))
    one, other = review(folder).drafts
    assert one.draft.key == other.draft.key == one.draft.id
    review(folder).accept([f"{other.draft.id}+"], **ANN)
    assert lines(folder) == 2


def test_a_read_only_case_is_named(tmp_path: Path) -> None:
    with pytest.raises(ComityError, match="read-only"):
        keep_drafts(open_case("japan-nato"), note(), [paid()], coder="test", version="1")


def test_a_hostile_title_does_not_break_sources_toml(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "one")
    text = 'A "title" = \\ <b>\x1b[31m\u202e\n\nJapan paid Peru.\n'
    keep(folder, paid("../x y", text), document=note(text, "../x y"))
    assert list(open_case(folder).sources) == ["x-y"]
    assert [one.severity for one in check_case(folder)] == []


# deciding


def test_an_accepted_draft_enters_its_table_and_every_rule_holds(mine: Path) -> None:
    every = [one.draft.id for one in review(mine).drafts]
    review(mine).accept(every, **ANN)
    assert [lines(mine, name) for name in ("events.csv", "pledges.csv", "quotes.csv")] == [2, 1, 1]
    assert check_case(mine) == []


def test_only_accepted_rows_count(mine: Path) -> None:
    assert open_case(mine).events.coded == ()
    assert len(open_case(mine).ledger) == 0
    review(mine).accept(ids(mine)[:1], **ANN)
    assert [event.id for event in open_case(mine).events.coded] == ids(mine)[:1]


def test_with_drafts_the_open_ones_are_read_and_named(mine: Path) -> None:
    aid, talk = ids(mine)
    review(mine).accept([aid], **ANN)
    case = open_case(mine, with_drafts=True)
    assert [event.id for event in case.events.coded] == [aid, talk]
    assert case.draft_ids == {talk, *ids(mine, "pledge"), *ids(mine, "quote")}
    assert open_case(mine).draft_ids == frozenset()


def test_rejected_drafts_and_sides_that_are_no_state_are_not_read_with_the_drafts(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "one")
    keep(folder, paid(), met(nonstate=True))
    review(folder).reject(ids(folder)[:1], **ANN)
    case = open_case(folder, with_drafts=True)
    assert case.events.coded == ()
    assert "1 draft is left out" in case.refusals[0]
    assert open_case(folder).refusals == ()


def test_a_draft_whose_row_stands_in_the_table_without_a_log_counts_once(mine: Path) -> None:
    aid, talk = ids(mine)
    review(mine).accept([aid], **ANN)
    (mine / "review.jsonl").unlink()  # as in a copy of the tables without the log
    case = open_case(mine, with_drafts=True)
    assert [event.id for event in case.events.coded] == [aid, talk]
    assert aid not in case.draft_ids
    with pytest.raises(RefusedDraftError, match="already"):
        review(mine).accept([aid], **ANN)


def test_undoing_takes_the_row_out_and_nothing_else(mine: Path) -> None:
    events = mine / "events.csv"
    by_hand = 'H1,2000-01-01,2000-01-01,day,stated,JPN,PER,,,,AID,,,deeds,1,,,"By hand,\nso.",,,note,,,,\n'
    events.write_text(events.read_text("utf-8") + by_hand, "utf-8")
    before = events.read_bytes()
    aid, talk = ids(mine)
    review(mine).accept([aid, talk], **ANN)
    assert lines(mine) == 4  # the row by hand has two lines
    review(mine).undo([aid, talk], **ANN)
    assert events.read_bytes() == before
    assert {one.status for one in review(mine).drafts} == {"open"}


def test_undo_without_a_name_takes_back_ones_own_last_decision(mine: Path) -> None:
    aid, talk = ids(mine)
    review(mine).accept([aid], **ANN)
    review(mine).reject([talk], **BO)
    (back,) = review(mine).undo(**ANN)
    assert back.draft.id == aid
    with pytest.raises(NothingFoundError, match="Ann has decided nothing"):
        review(mine).undo(**ANN)


def test_undoing_twice_takes_back_the_decision_before(mine: Path) -> None:
    (aid, _) = ids(mine)
    review(mine).edit(aid, {"summary": "Japan gave money."}, **ANN)
    review(mine).accept([aid], **ANN)
    review(mine).undo([aid], **ANN)
    assert review(mine).find(aid)[0].draft.fields["summary"] == "Japan gave money."
    review(mine).undo([aid], **ANN)
    assert review(mine).find(aid)[0].draft.fields["summary"] == "Japan towards Peru: aid."


def test_the_log_keeps_a_row_that_was_changed_by_hand_and_then_taken_back(mine: Path) -> None:
    (aid, _) = ids(mine)
    review(mine).accept([aid], **ANN)
    events = mine / "events.csv"
    events.write_text(
        events.read_text("utf-8").replace("Japan towards Peru: aid.", "Changed by hand."), "utf-8"
    )
    review(mine).undo([aid], **ANN)
    assert read_log(mine).decisions[-1].fields["summary"] == "Changed by hand."


def test_an_edit_is_checked_by_the_rules_of_the_case(mine: Path) -> None:
    (aid, _) = ids(mine)
    with pytest.raises(RefusedDraftError, match="not a day"):
        review(mine).edit(aid, {"date_start": "2001-02-31"}, **ANN)
    with pytest.raises(RefusedDraftError, match="JPM"):
        review(mine).edit(aid, {"sender": "JPM"}, **ANN)
    with pytest.raises(UsageError, match="char_start"):
        review(mine).edit(aid, {"char_start": "3"}, **ANN)
    assert read_log(mine).decisions == ()


def test_a_draft_that_breaks_a_rule_is_not_accepted_and_the_others_with_it(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "one")
    keep(folder, met(), paid(event_kind=""))
    with pytest.raises(RefusedDraftError, match="event_kind"):
        review(folder).accept(ids(folder), **ANN)
    assert lines(folder) == 0
    assert read_log(folder).decisions == ()


def test_accepting_all_leaves_open_what_breaks_a_rule_or_is_no_state(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "one")
    keep(folder, met(nonstate=True), paid(event_kind=""), said())
    taken, left = review(folder).accept_all_of("note", **ANN)
    assert [one.draft.kind for one in taken] == ["quote"]
    assert len(left) == 2
    assert read_log(folder).decisions[0].how == "all of note"


def test_an_accepted_draft_is_neither_edited_nor_rejected(mine: Path) -> None:
    (aid, _) = ids(mine)
    review(mine).accept([aid], **ANN)
    with pytest.raises(UsageError, match="accepted"):
        review(mine).edit(aid, {"summary": "x"}, **ANN)
    with pytest.raises(UsageError, match="accepted"):
        review(mine).reject([aid], **ANN)
    assert review(mine).accept([aid], **BO) == []  # a second time is nothing new


def test_the_beginning_of_an_id_is_enough_if_it_is_one_draft(mine: Path) -> None:
    (aid, _) = ids(mine)
    assert review(mine).find(aid[:9])[0].draft.id == aid
    with pytest.raises(UsageError, match="several"):
        review(mine).find("E-")
    with pytest.raises(NothingFoundError):
        review(mine).find("nonsense")


def test_a_unit_that_the_format_does_not_know_is_told_in_the_definition(mine: Path) -> None:
    (one,) = [one.draft.fields for one in review(mine).drafts if one.draft.kind == "pledge"]
    assert (one["quantity"], one["unit"], one["definition"]) == ("40", "items", "generators")


# the log


def test_the_log_says_who_decided_what_and_when(mine: Path) -> None:
    (aid, talk) = ids(mine)
    review(mine).accept([aid], **ANN)
    review(mine).reject([talk], **BO)
    told = [json.loads(line) for line in (mine / "review.jsonl").read_text("utf-8").splitlines()]
    assert [(one["n"], one["by"], one["when"], one["action"], one["draft"]) for one in told] == [
        (1, "Ann", "2024-01-02", "accept", aid),
        (2, "Bo", "2024-01-03", "reject", talk),
    ]


def test_the_log_only_grows(mine: Path) -> None:
    aid, talk = ids(mine)
    review(mine).accept([aid], **ANN)
    before = (mine / "review.jsonl").read_bytes()
    review(mine).undo([aid], **ANN)
    review(mine).edit(talk, {"summary": "They met."}, **BO)
    assert (mine / "review.jsonl").read_bytes().startswith(before)


@pytest.mark.parametrize("rest", [b'{"n": 2, "when": "20', b'{"n": 2, "by": "\xc3', b"\0\0\0\0", b"[1]"])
def test_a_line_cut_short_is_told_and_no_decision_is_lost(mine: Path, rest: bytes) -> None:
    aid, talk = ids(mine)
    review(mine).accept([aid], **ANN)
    with (mine / "review.jsonl").open("ab") as log:
        log.write(rest)
    opened = review(mine)
    assert "line 2: cut short" in opened.remarks[0]
    opened.reject([talk], **BO)
    assert [(one.number, one.action) for one in read_log(mine).decisions] == [(1, "accept"), (2, "reject")]


def test_a_log_with_a_decision_missing_is_refused(mine: Path) -> None:
    append_to_log(mine, [Decision(2, "2024-01-01", "Ann", "reject", "E-1")])
    with pytest.raises(UnreadableFileError, match="decision 1 is missing"):
        review(mine)


@pytest.mark.parametrize("step", ["append_to_log", "add_rows"])
def test_a_decision_cut_off_on_its_way_is_finished(
    mine: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    (aid, _) = ids(mine)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"comity.cases.pending.{step}", stop)
        with pytest.raises(KeyboardInterrupt):
            review(mine).accept([aid], **ANN)
    assert lines(mine) == 0
    again = review(mine)
    assert again.find(aid)[0].status == "accepted"
    assert lines(mine) == 1
    assert "finished what was cut off: accept" in again.remarks[0]
    assert review(mine).remarks == ()


def test_a_decision_cut_off_before_it_is_written_down_is_not_made(
    mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (aid, _) = ids(mine)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("comity.cases.pending.write_whole", stop)
        with pytest.raises(KeyboardInterrupt):
            review(mine).accept([aid], **ANN)
    assert (review(mine).find(aid)[0].status, lines(mine)) == ("open", 0)


def test_a_decision_cut_off_at_its_very_end_is_not_made_twice(mine: Path) -> None:
    (aid, _) = ids(mine)
    row = review(mine).find(aid)[0].draft.row().fields
    made = Decision(1, "2024-01-02", "Ann", "accept", aid)
    carry_out(mine, Pending((made,), {"events.csv": [row]}))
    content = {"decisions": [made.to_dict()], "add": {"events.csv": [row]}, "remove": {}}
    (mine / PENDING).write_text(json.dumps(content), "utf-8")  # all was done, but for deleting this
    assert review(mine).find(aid)[0].status == "accepted"
    assert (lines(mine), len(read_log(mine).decisions)) == (1, 1)


def test_check_reports_drafts_and_a_log_that_cannot_be_read(mine: Path) -> None:
    with (mine / "drafts" / "note.jsonl").open("a", encoding="utf-8") as file:
        file.write("no draft\n")
    append_to_log(mine, [Decision(2, "2024-01-01", "Ann", "reject", "E-1")])
    assert [(one.file, one.rule) for one in check_case(mine)] == [
        ("drafts", "unreadable-file"),
        ("review.jsonl", "unreadable-file"),
    ]


# two reviewers


def test_a_reviewer_is_told_that_another_decided_meanwhile(mine: Path) -> None:
    (aid, _) = ids(mine)
    ann = review(mine)
    (seen,) = ann.find(aid)
    review(mine).reject([aid], **BO)
    with pytest.raises(DecidedMeanwhileError, match="Bo has meanwhile"):
        ann.accept([aid], **ANN, expecting={aid: seen.last})
    assert lines(mine) == 0


def test_two_reviewers_at_once_lose_no_decision(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "one")
    words = [f"Japan paid Peru {i:02}" for i in range(20)]
    text = "\n".join(words)
    keep(folder, *(paid(text=text, words=one) for one in words), document=note(text))
    every = ids(folder)

    def decide(mine: list[str], by: str) -> None:
        for id in mine:
            review(folder).accept([id], by=by, when="2024-01-02")

    both = [threading.Thread(target=decide, args=(every[i::2], who)) for i, who in enumerate(("Ann", "Bo"))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert lines(folder) == 20
    assert [one.number for one in read_log(folder).decisions] == list(range(1, 21))
    assert check_case(folder) == []


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["accept", "reject", "undo"]), st.integers(0, 3)), max_size=12))
def test_the_tables_always_hold_just_what_is_accepted(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    folder = new_case(tmp_path_factory.mktemp("case") / "mine")
    keep(folder, paid(), met(), said(), promised())
    opened = review(folder)
    for action, nth in steps:
        id = opened.drafts[nth].draft.id
        try:
            getattr(opened, action)([id], **ANN)
        except (UsageError, NothingFoundError):
            continue
    wanted = {one.draft.id for one in review(folder).drafts if one.status == "accepted"}
    case: Case = open_case(folder)
    there = {one.id for one in (*case.events.coded, *case.ledger.statements, *case.claims.quotes)}
    assert there == wanted
    assert check_case(folder) == []
