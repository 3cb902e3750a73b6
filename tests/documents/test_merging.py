"""One record for what is told twice, with all its passages; what the tellings disagree on is kept."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.documents import (
    Candidate,
    Draft,
    Quotation,
    Telling,
    merge,
    read_gold,
    score_merging,
    told_together,
)
from comity.provenance import Dating, Passage, text_hash

MARCH = Dating(date(2014, 3, 1), date(2014, 3, 31), "month")
YEAR = Dating(date(2014, 1, 1), date(2014, 12, 31), "year")
NEVER = Dating(None, None, "unknown", "none")


def on(day: int, month: int = 3) -> Dating:
    return Dating(date(2014, month, day), date(2014, month, day))


def told(
    words: str, dating: Dating, document: str = "a", *, kind: str = "CONSULT", place: int = 0, **more: object
) -> Candidate:
    """Say that Japan did something to Peru; each document has its own passage."""
    sign = -1 if kind in ("ASSAULT", "SANCTION") else 1
    draft = Draft("event", (Quotation(words),), ("JPN",), ("PER",), event_type=kind, sign=sign, dating=dating)
    passage = Passage(document, 1, place, place + len(words), text_hash(words))
    return Candidate(replace(draft, **more), (passage,), "exact", "rules")  # type: ignore[arg-type]


def test_a_month_and_a_day_in_it_are_one_event_with_the_finer_date() -> None:
    (one,) = merge([told("came in March", MARCH, "a"), told("came on the 5th", on(5), "b")])
    assert one.draft.dating == on(5)
    assert [passage.document for passage in one.passages] == ["a", "b"]
    assert one.conflicts == ()


def test_nothing_of_a_telling_is_lost() -> None:
    first, second = told("came in March", MARCH, "a"), told("came on the 5th", on(5), "b")
    (one,) = merge([first, second])
    assert one.told == (first, second)


def test_another_type_sign_or_pair_is_another_event() -> None:
    first = told("came", MARCH, "a")
    others = [
        told("paid", MARCH, "b", kind="AID"),
        told("came", MARCH, "b", receivers=("CHL",)),
        told("came", MARCH, "b", aux="future"),
    ]
    for other in others:
        assert len(merge([first, other])) == 2


def test_dates_far_apart_are_two_events() -> None:
    assert len(merge([told("the visit", on(1), "a"), told("the visit", on(25), "b")])) == 2


def test_two_documents_that_disagree_by_a_day_show_both_days_with_their_passages() -> None:
    words = "signed the fisheries treaty"
    (one,) = merge([told(words, on(5), "a"), told(words, on(6), "b")])
    (conflict,) = one.conflicts
    assert conflict.field == "date"
    assert [(value, [p.document for p in where]) for value, where in conflict.values] == [
        ("2014-03-05", ["a"]),
        ("2014-03-06", ["b"]),
    ]


def test_more_parties_in_one_telling_are_a_conflict_that_is_shown() -> None:
    both = told("the Tokyo talks", MARCH, "b", receivers=("PER", "CHL"))
    (one,) = merge([told("the Tokyo talks", MARCH, "a"), both])
    assert [conflict.field for conflict in one.conflicts] == ["receiver"]
    assert [value for value, _ in one.conflicts[0].values] == ["PER", "CHL;PER"]


def test_in_one_text_a_second_visit_is_a_second_visit() -> None:
    assert len(merge([told("came", MARCH), told("came again", MARCH, place=50)])) == 2


def test_in_one_text_a_noun_takes_up_what_was_told() -> None:
    first, again = told("came", MARCH), told("the visit", MARCH, place=50, by_noun=True)
    assert len(merge([first, again])) == 1


def test_a_war_told_again_without_a_date_is_the_same_war() -> None:
    first, again = told("attacked", MARCH, kind="ASSAULT"), told("the war", NEVER, "b", kind="ASSAULT")
    assert len(merge([first, again])) == 1


def test_a_year_joins_a_month_only_with_a_word_in_common() -> None:
    visit = told("the fisheries visit", MARCH, "a")
    assert len(merge([visit, told("a fisheries mission", YEAR, "b")])) == 1
    assert len(merge([visit, told("a naval mission", YEAR, "b")])) == 2


def test_what_fits_two_events_alike_stays_by_itself() -> None:
    march, june = told("fisheries visit", on(5), "a"), told("fisheries visit", on(5, 6), "b")
    vague = told("fisheries visit", YEAR, "c")
    assert len(merge([march, june, vague])) == 3


def test_what_one_text_tells_as_two_is_not_joined_through_another() -> None:
    # Both months of text a overlap with the quarter of text b, which shares words with both.
    quarter = Dating(date(2014, 3, 1), date(2014, 4, 30), "month")
    first, second = told("fisheries visit", quarter, "a"), told("fisheries trip", quarter, "a", place=50)
    other = told("fisheries visit and trip", quarter, "b")
    assert len(merge([first, second, other])) >= 2
    assert all(
        len({p.document for p in one.passages}) == len(one.passages) for one in merge([first, second, other])
    )


def test_what_two_coders_give_for_the_same_words_is_one() -> None:
    first = told("came", MARCH, place=10)
    assert len(merge([first, replace(told("came in", MARCH, place=12), coder="model")])) == 1
    assert len(merge([first, told("came in", MARCH, place=12)])) == 2  # one coder that gives two means two
    assert len(merge([first, replace(told("came in", MARCH, place=90), coder="model")])) == 2
    assert len(merge([first, replace(told("came in", on(5, 6), place=12), coder="model")])) == 2


def pledge(quantity: float, due: Dating | None, document: str) -> Candidate:
    draft = Draft(
        "pledge", (Quotation("aid for a river"),), ("NOR",), ("MLI",), quantity=quantity, unit="money",
        currency="USD", deadline=due, pledge_kind="transfer",
    )  # fmt: skip
    return Candidate(draft, (Passage(document, 1, 0, 15, text_hash("aid for a river")),), "exact", "rules")


def test_two_amounts_due_on_one_day_stand_side_by_side() -> None:
    due = Dating(date(2030, 1, 1), date(2030, 12, 31), "year")
    (one,) = merge([pledge(50e6, due, "a"), pledge(60e6, due, "b")])
    assert [conflict.field for conflict in one.conflicts] == ["amount"]
    assert [value for value, _ in one.conflicts[0].values] == ["50,000,000 USD", "60,000,000 USD"]


def test_two_amounts_without_a_deadline_are_two_pledges() -> None:
    assert len(merge([pledge(50e6, None, "a"), pledge(60e6, None, "b")])) == 2
    assert len(merge([pledge(50e6, None, "a"), pledge(50e6, None, "b")])) == 1


def quoted(words: str, speaker: str, document: str) -> Candidate:
    draft = Draft(
        "quote", (Quotation(words),), speakers=(speaker,), quote_mode="direct", said=Quotation(words)
    )
    passage = Passage(document, 1, 0, len(words), text_hash(words))
    return Candidate(draft, (passage,), "exact", "rules", passage)


def test_a_line_quoted_in_two_texts_is_one_line() -> None:
    whole = quoted("The river belongs to both of us, and will", "USA", "a")
    part = quoted("the river belongs to both of us", "USA", "b")
    assert len(merge([whole, part])) == 1
    assert len(merge([whole, quoted("the river belongs to both of us", "KEN", "b")])) == 2


@st.composite
def tellings(draw: st.DrawFn) -> list[Candidate]:
    count = draw(st.integers(1, 7))
    dates = st.sampled_from([MARCH, YEAR, NEVER, on(5), on(6), on(5, 6)])
    words = st.sampled_from(["fisheries visit", "naval visit", "the war", "came"])
    return [
        told(
            draw(words),
            draw(dates),
            draw(st.sampled_from("abc")),
            kind=draw(st.sampled_from(["CONSULT", "ASSAULT"])),
            place=100 * i,
        )
        for i in range(count)
    ]


@given(tellings())
def test_every_passage_comes_out_once_and_merging_again_changes_nothing(made: list[Candidate]) -> None:
    once = merge(made)
    places = sorted(passage.char_start for one in once for passage in one.passages)
    assert places == sorted(one.passages[0].char_start for one in made)
    assert merge(once) == once


def test_tellings_without_words_join_by_day_and_pair() -> None:
    pair = frozenset({("JPN", "PER")})
    one = Telling("event", "a", pair, ("CONSULT", 1, ""), on(5))
    assert told_together([one, replace(one, document="b"), replace(one, document="c", dating=on(9))]) == [
        (0, 1),
        (2,),
    ]


@pytest.mark.shared
def test_on_the_gold_set_merging_beats_leaving_all_apart(shared: Path) -> None:
    score = score_merging(read_gold(shared / "reference" / "gold"))
    # Left apart: precision 1 and recall of records 1 - 21 / 191 = 0.89 (29 pairs in 16 groups).
    assert score.recall > 0.93
    assert score.precision > 0.93
    assert score.pairs_right > score.pairs_wanted / 2 - 1


def test_a_thousand_undated_acts_in_other_words_stay_apart_and_are_looked_at_once() -> None:
    unknown = Dating(None, None, "unknown", "none")
    pair, label = frozenset({("KEN", "UGA")}), ("CONSULT", 1, "")
    told = [
        Telling("event", "a", pair, label, unknown, printed=f"Kenya met Uganda {i % 1000}")
        for i in range(2000)
    ]
    # Each is told twice in the same words: 1000 groups of two.
    assert told_together(told) == [(i, i + 1000) for i in range(1000)]
