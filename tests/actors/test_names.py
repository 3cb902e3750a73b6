import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.actors.names import MAX_NAME, nearest, normalise, orders, readings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "us"),
        ("the Alliance", "ALLIANCE"),
        ("Wörner", "Worner"),
        ("Türkiye", "turkiye"),
        ("Paul O’Shea", "Paul O'Shea"),
        ("Organisation for Security and Co-operation", "Organization for Security and Cooperation"),
        ("Guinea-Bissau", "guinea bissau"),
        ("  Côte   d'Ivoire ", "Cote dIvoire"),
        ("Trinidad & Tobago", "Trinidad and Tobago"),
        ("Łódź", "lodz"),
    ],
)
def test_spellings_of_one_name_come_out_alike(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


def test_different_names_stay_different() -> None:
    assert normalise("Niger") != normalise("Nigeria")
    assert normalise("the") == "the"  # a lone article is not taken away


@given(st.text(max_size=60))
def test_what_is_normal_already_stays_as_it_is(text: str) -> None:
    once = normalise(text).removeprefix("the ")  # a second article goes at a second reading
    assert normalise(once) == once.removeprefix("the ")


def test_a_full_name_is_known_with_the_family_name_first_and_last() -> None:
    assert set(orders("Kishida Fumio")) == set(orders("Fumio KISHIDA"))


def test_a_title_leaves_a_person_and_government_leaves_a_state() -> None:
    assert ("abe", "person") in readings(normalise("Prime Minister Abe"))
    assert ("stoltenberg", "person") in readings(normalise("Secretary-General Stoltenberg"))
    assert ("japan", "state") in readings(normalise("the Government of Japan"))
    assert list(readings("minister")) == [("minister", "")]


def test_the_nearest_name_comes_first() -> None:
    assert nearest("Japn", ["japan", "jordan", "spain"])[0] == "japan"


def test_nothing_is_near_to_nonsense() -> None:
    assert list(nearest("qqqq", ["japan", "jordan"])) == []
    assert list(nearest("", ["japan"])) == []


def test_a_megabyte_of_text_is_cut_before_it_is_compared() -> None:
    assert list(nearest("japan " * 200_000, ["japan"])) == []
    assert list(nearest("japan" + " " * MAX_NAME + "x" * 1_000_000, ["japan"])) == ["japan"]
