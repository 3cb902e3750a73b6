"""Only what the text says comes through the gate."""

from hypothesis import given
from hypothesis import strategies as st

from comity.documents import Found, Gate, Rejected, make_document

TEXT = (
    "First, “the river  is\n\nours”, he said. Then again: the river is ours. Nothing else was said that day."
)


def found(quotation: str, text: str = TEXT, near: int = 0) -> tuple[str, str]:
    place = Gate(make_document(text)).find(quotation, near=near)
    assert isinstance(place, Found)
    return text[place.char_start : place.char_end], place.verification


def test_words_as_printed_are_found_exactly() -> None:
    assert found("Nothing else was said") == ("Nothing else was said", "exact")


def test_other_marks_spaces_and_case_are_found_normalised() -> None:
    assert found('first, "The river is ours"') == ("First, “the river  is\n\nours”", "normalised")


def test_a_run_of_85_percent_is_fuzzy_and_shows_what_the_text_says() -> None:
    # "Nothing else was said that day" are 30 of 34 characters: 88 percent in one run.
    assert found("Nothing else was said that day yes") == ("Nothing else was said that day", "fuzzy")


def test_less_than_85_percent_is_rejected_with_the_reason() -> None:
    place = Gate(make_document(TEXT)).find("Nothing else was said, and everybody went home early")
    assert isinstance(place, Rejected)
    assert "nor any run of 85%" in place.reason


def test_two_runs_do_not_add_up() -> None:
    text = "The first half of it stands here. " + "x" * 50 + " And the second half of it stands there."
    place = Gate(make_document(text)).find(
        "The first half of it stands here. And the second half of it stands there."
    )
    assert isinstance(place, Rejected)


def test_of_several_places_the_one_near_is_taken() -> None:
    place = Gate(make_document("ours and ours")).find("ours", near=4)
    assert isinstance(place, Found)
    assert place.char_start == 9


def test_an_empty_quotation_is_rejected() -> None:
    assert isinstance(Gate(make_document(TEXT)).find("  \n "), Rejected)


@given(st.text(min_size=1, max_size=200), st.data())
def test_whatever_is_cut_out_of_a_text_is_found_and_equals_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    gate = Gate(make_document(text))
    place = gate.find(text[start:end])
    if not text[start:end].strip():
        assert isinstance(place, Rejected)
        return
    assert isinstance(place, Found)
    assert place.verification == "exact"
    assert text[place.char_start : place.char_end] == text[start:end].strip()
    assert gate.passage(place).words(text) == text[start:end].strip()


@given(st.text(max_size=300), st.text(max_size=80))
def test_the_gate_never_gives_a_place_outside_the_text(text: str, quotation: str) -> None:
    place = Gate(make_document(text)).find(quotation)
    if isinstance(place, Found):
        assert 0 <= place.char_start < place.char_end <= len(text)


def test_a_run_that_starts_late_or_ends_early_is_found_alike() -> None:
    # 30 of 34 characters in one run, with four wrong ones before, and four wrong ones after.
    for wrong in ("XXXXnothing else was said that day", "nothing else was said that dayXXXX"):
        assert found(wrong) == ("Nothing else was said that day", "fuzzy")


def test_a_text_of_one_letter_does_not_hold_the_gate_up() -> None:
    gate = Gate(make_document("a" * 200_000))
    place = gate.find("b" * 300 + "a" * 1_400 + "b" * 300)
    assert isinstance(place, Rejected)
    assert "nor any run of 85%" in place.reason  # 1,400 of 2,000 are 70 percent


def test_a_sentence_that_a_page_breaks_is_found_with_what_stands_between() -> None:
    text = (
        "Everybody knew at once that on that day Norway sent two hundred soldiers to\n\n13\n\nMali. "
        "It was late, and nobody in the whole of the city had heard any of it: the coun-\ntry slept."
    )
    assert found("soldiers to Mali", text) == ("soldiers to\n\n13\n\nMali", "normalised")
    assert found("the country slept", text) == ("the coun-\ntry slept", "normalised")
    assert isinstance(Gate(make_document(text)).find("soldiers to Chad"), Rejected)
