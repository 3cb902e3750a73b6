"""The book finds claims and quotations by actor, and groups them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from comity.actors import load_registry
from comity.claims import Claim, ClaimBook, Quote
from comity.claims.eras import Span
from comity.provenance import BadValueError, Passage, UsageError, text_hash

Make = Callable[..., Claim]
Say = Callable[..., Quote]


def found(book: ClaimBook) -> list[str]:
    return [claim.id for claim in book.claims]


def test_a_tie_is_asked_for_either_way_round(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook([make(), make("C2", tie=("JPN", "USA")), make("C3", tie=None)], eras=eras)
    assert found(book.about("NATO", "JPN")) == ["C1"]
    assert found(book.about("JPN", "NATO")) == ["C1"]


def test_one_actor_asks_for_all_its_ties_and_for_what_names_it(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook(
        [make(), make("C2", tie=("CHN", "TWN")), make("C3", tie=None, cause=(), actors=("JPN",))], eras=eras
    )
    assert found(book.about("JPN")) == ["C1", "C3"]
    assert found(book.about()) == ["C1", "C2", "C3"]


def test_persons_and_past_states_are_found_under_their_actor(
    make: Make, say: Say, eras: dict[str, Span]
) -> None:
    book = ClaimBook([make(tie=("JPN", "SUN"))], [say(about=("UKR",))], eras, registry=load_registry())
    assert found(book.about("RUS", "JPN")) == ["C1"]
    assert [quote.id for quote in book.about("JPN", "NATO").quotes] == ["Q1"]  # Kishida speaks for Japan
    assert [quote.id for quote in book.about("UKR").quotes] == ["Q1"]
    assert book.about("KOR", "UKR").quotes == ()


def test_an_actor_has_no_tie_with_itself(eras: dict[str, Span]) -> None:
    with pytest.raises(UsageError, match="SUN and RUS are one actor"):
        ClaimBook(eras=eras, registry=load_registry()).about("SUN", "RUS")


def test_facts_stand_apart_from_questions_predictions_hypotheticals_and_advice(
    make: Make, eras: dict[str, Span]
) -> None:
    kinds = ("causal", "assessment", "prediction", "question", "counterfactual", "normative")
    book = ClaimBook([make(f"C{n}", kind=kind) for n, kind in enumerate(kinds)], eras=eras)
    assert [claim.nature for claim in book.claims] == [
        "fact",
        "fact",
        "prediction",
        "question",
        "hypothetical",
        "advice",
    ]
    assert [claim.id for claim in book.of_nature("fact")] == ["C0", "C1"]
    assert make(modality="question").nature == "question"


def test_open_predictions_are_listed_to_be_scored_later(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook(
        [
            make("C1", kind="prediction", era="future"),
            make("C2", kind="prediction"),
            make("C3", kind="normative", era="future"),
        ],
        eras=eras,
    )
    assert [claim.id for claim in book.predictions()] == ["C1"]
    assert [claim.id for claim in book.predictions(None)] == ["C1", "C2"]


def test_claims_are_grouped_by_holder_cause_sign_and_era(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook(
        [
            make(cause=("CHN", "RUS")),
            make("C2", modality="hedged"),
            make("C3", "A.TWO", "+", cause=()),
            make("C4", kind="prediction"),
        ],
        eras=eras,
    )
    rows = [(tuple(dict(group.values).values()), len(group.claims)) for group in book.by_cause()]
    # C1 stands under both its causes; the prediction C4 is no fact.
    assert rows == [
        (("A.ONE", "CHN", "-", "old"), 1),
        (("A.ONE", "RUS", "-", "old"), 2),
        (("A.TWO", "", "+", "old"), 1),
    ]
    assert book.by_cause()[1].to_dict()["hedged"] == 1
    assert [(group["nature"], len(group.claims)) for group in book.table("nature")] == [
        ("fact", 3),
        ("prediction", 1),
    ]


def test_a_table_shows_for_whom_a_person_stands(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook([make(holder="JPN.KISHIDA")], eras=eras, registry=load_registry())
    (group,) = book.table("holder", "stands_for")
    assert (group["holder"], group["stands_for"]) == ("JPN.KISHIDA", "JPN")


def test_an_unknown_column_is_named(eras: dict[str, Span]) -> None:
    with pytest.raises(UsageError, match="no column mood"):
        ClaimBook(eras=eras).table("mood")
    with pytest.raises(UsageError, match="no column named"):
        ClaimBook(eras=eras).table()


def test_first_claims_name_their_event(make: Make, eras: dict[str, Span]) -> None:
    book = ClaimBook([make(first_of="E7"), make("C2")], eras=eras)
    assert [(claim.id, claim.first_of) for claim in book.firsts()] == [("C1", "E7")]


def test_an_era_that_the_case_does_not_have_is_refused(make: Make, eras: dict[str, Span]) -> None:
    with pytest.raises(BadValueError, match="era 'ancient' of claim C1"):
        ClaimBook([make(era="ancient")], eras=eras)


def test_an_id_used_twice_is_refused(make: Make, eras: dict[str, Span]) -> None:
    with pytest.raises(BadValueError, match="two rows have the id 'C1'"):
        ClaimBook([make(), make()], eras=eras)


def test_the_eras_of_a_case_will_do(make: Make) -> None:
    @dataclass(frozen=True)
    class Era:
        id: str
        start: date | None
        end: date | None

    assert ClaimBook([make()], eras=[Era("old", None, date(2021, 12, 31))]).eras == {
        "old": (None, date(2021, 12, 31))
    }


def test_a_book_traces_to_its_passages(make: Make, say: Say, eras: dict[str, Span]) -> None:
    passage = Passage("D", 1, 0, 3, text_hash("abc"))
    trace = ClaimBook([make(passage=passage)], [say(source="E")], eras).trace()
    assert (trace.rows, trace.passages, trace.sources) == (("C1", "Q1"), (passage,), ("D", "E"))


def test_what_authors_wrote_is_escaped_in_a_notebook(make: Make, eras: dict[str, Span]) -> None:
    page = ClaimBook([make(paraphrase="<script>alert(1)</script>")], eras=eras)._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_an_empty_book_answers() -> None:
    book = ClaimBook()
    assert (book.conflicts(), book.agreements(), book.lines(), book.predictions()) == ([], [], [], ())
    assert book.in_words() == ["Conflicts: none", "Agreements: none", "Lines told in several ways: none"]
