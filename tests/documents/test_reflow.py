"""The joined view and the way back from it."""

from hypothesis import given
from hypothesis import strategies as st

from comity.documents import make_document, reflow

BROKEN = (
    "The minister of one country met the minister of the other and they agreed\n\n"
    "to share the river. That was in May.\n\nThen Foreign\n\nA new paragraph starts here and ends."
)


def test_a_sentence_broken_by_a_page_is_joined() -> None:
    views = list(reflow(make_document(BROKEN)))
    assert "they agreed to share the river." in views[0].text


def test_a_hyphen_at_a_line_end_goes() -> None:
    views = list(reflow(make_document("They spoke for a long time about the co-\noperation of the two.")))
    assert views[0].text.endswith("about the cooperation of the two.")


def test_a_heading_is_not_joined_to_the_text_below() -> None:
    views = list(reflow(make_document("The Long Road Ahead\nKenya and Uganda met.")))
    assert [one.text for one in views] == ["The Long Road Ahead", "Kenya and Uganda met."]


def test_a_place_in_the_view_leads_back_to_the_text() -> None:
    view = next(reflow(make_document(BROKEN)))
    start = view.text.index("share the river")
    left, right = view.span(start, start + len("share the river"))
    assert BROKEN[left:right] == "share the river"


@given(st.text(alphabet=st.sampled_from("ab .\n-?X“”\u00a0"), max_size=300))
def test_every_character_but_joining_spaces_stands_at_its_place(text: str) -> None:
    for view in reflow(make_document(text)):
        assert len(view.text) == len(view.origin)
        assert list(view.origin) == sorted(set(view.origin))
        for sign, place in zip(view.text, view.origin, strict=True):
            assert text[place] == sign or (sign == " " and text[place].isspace())


def test_a_line_with_the_end_of_a_sentence_in_it_is_no_heading() -> None:
    text = "Then President Obama visited Kenya in January 2023. The Kenya-Uganda\n\nJoint Statement followed."
    assert [len(one.blocks) for one in reflow(make_document(text))] == [2]
