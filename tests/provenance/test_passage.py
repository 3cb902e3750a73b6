"""A passage finds its words again, or says that they are not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.provenance import BadValueError, Passage, PassageMismatchError, text_hash

TEXT = "Japan joined. NATO agreed."


def test_a_passage_returns_the_words_it_was_coded_from() -> None:
    assert Passage("000", 1, 14, 18, text_hash("NATO")).words(TEXT) == "NATO"


def test_other_words_in_that_place_are_refused() -> None:
    with pytest.raises(PassageMismatchError) as caught:
        Passage("000", 1, 14, 18, text_hash("NATO")).words(TEXT.replace("NATO", "ANZU"))
    assert "characters 14 to 18" in str(caught.value)


def test_a_place_behind_the_end_is_refused() -> None:
    with pytest.raises(PassageMismatchError):
        Passage("000", 1, 100, 104, text_hash("NATO")).words(TEXT)


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (5, 4)])
def test_a_passage_is_a_stretch_of_at_least_one_character(start: int, end: int) -> None:
    with pytest.raises(BadValueError):
        Passage("000", 1, start, end, text_hash("x"))


@given(st.text(min_size=1), st.data())
def test_every_stretch_of_every_text_is_found_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    assert Passage("d", 1, start, end, text_hash(words)).words(text) == words
