"""One line told in several ways is one line with variants."""

from collections.abc import Callable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from comity.claims import ClaimBook, Quote
from comity.provenance import Dating, Passage, text_hash

Say = Callable[..., Quote]
MAY, JUNE = date(2022, 5, 5), date(2022, 6, 29)


def test_one_line_in_several_wordings_and_datings_is_one_line_with_variants(say: Say) -> None:
    quotes = [
        say("Q1", "one way", MAY),
        say("Q2", "one way", MAY, source="E"),
        say("Q3", "another way", MAY),
        say("Q4", "one way", JUNE, venue="Madrid"),
    ]
    (line,) = ClaimBook(quotes=quotes).lines()
    assert [[quote.id for quote in variant.quotes] for variant in line.variants] == [
        ["Q1", "Q2"],
        ["Q3"],
        ["Q4"],
    ]
    assert (len(line.wordings), len(line.datings), line.venues) == (2, 2, ("Madrid",))
    assert line.differs
    assert line.title == "LINE (JPN.KISHIDA): 4 quotations, 2 wordings, 2 datings"
    assert line.trace().sources == ("D", "E")


def test_a_line_told_twice_alike_has_one_variant(say: Say) -> None:
    (line,) = ClaimBook(quotes=[say("Q1", "one way", MAY), say("Q2", "one way", MAY)]).lines()
    assert not line.differs


def test_another_mode_or_speaker_is_another_variant(say: Say) -> None:
    quotes = [say("Q1"), say("Q2", mode="indirect"), say("Q3", speaker=("NATO.STOLTENBERG",))]
    (line,) = ClaimBook(quotes=quotes).lines()
    assert len(line.variants) == 3
    assert line.speakers == ("JPN.KISHIDA", "NATO.STOLTENBERG")


def test_quotations_without_a_key_are_lines_of_their_own(say: Say) -> None:
    lines = ClaimBook(quotes=[say("Q1", line_key=""), say("Q2", line_key="")]).lines()
    assert [line.key for line in lines] == ["Q1", "Q2"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "A", "B"]), st.sampled_from(["", "x", "y"]), st.sampled_from([MAY, JUNE])
        ),
        max_size=8,
    )
)
def test_every_quotation_stands_in_exactly_one_variant(told: list[tuple[str, str, date]]) -> None:
    quotes = [
        Quote(
            f"Q{number}",
            "direct",
            Dating(day, day),
            "Something.",
            "D",
            line_key=key,
            said=Passage("D", 1, 0, 1, text_hash(words)) if words else None,
        )
        for number, (key, words, day) in enumerate(told)
    ]
    lines = ClaimBook(quotes=quotes).lines()
    assert sorted(one.id for line in lines for one in line.quotes) == sorted(one.id for one in quotes)
    for line in lines:
        for variant in line.variants:
            assert {one.wording for one in variant.quotes} == {variant.wording}
