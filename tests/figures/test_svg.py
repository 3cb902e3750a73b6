from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from comity.figures import anchor
from comity.figures.svg import escape, figure, number, shorten, tag, text_width, wrap


@given(st.text(), st.text())
def test_any_text_gives_well_formed_xml(content: str, attribute: str) -> None:
    drawn = figure(
        [tag("text", escape(content), class_=attribute)],
        name=attribute or "x",
        title=content,
        description=attribute,
        width=10,
        height=10,
    )
    assert etree.fromstring(drawn.encode()).tag == "{http://www.w3.org/2000/svg}svg"


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_rows_have_different_anchors_of_safe_signs(one: str, other: str) -> None:
    assert (anchor(one) == anchor(other)) == (one == other)
    assert all(sign.isascii() and (sign.isalnum() or sign in "-._~") for sign in anchor(one))


def test_a_coordinate_has_two_decimals_and_no_minus_zero() -> None:
    assert [number(value) for value in (1.0, 2.345678, -0.001, 1e5)] == ["1", "2.35", "0", "100000"]


@given(st.text(alphabet="abcdefghij Wim", max_size=80), st.floats(30, 200))
def test_a_shortened_text_fits(text: str, width: float) -> None:
    assert text_width(shorten(text, width)) <= width


def test_a_label_breaks_between_words() -> None:
    assert wrap("Since the full-scale invasion", 110) == ["Since the full-scale", "invasion"]
