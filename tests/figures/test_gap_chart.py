from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from comity.figures import ClaimBar, GapPoint, gap_chart

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"a": "Japan", "b": "NATO's members", "third": "Russia"}
TIES = st.one_of(st.none(), st.floats(-1, 1))


def point(
    half: int, tie_a: float | None = 0.5, tie_b: float | None = -0.25, *, wide: float = 0.1
) -> GapPoint:
    """Give the n-th half-year since 2018."""
    year, second = 2018 + half // 2, half % 2
    start, end = (date(year, 7, 1), date(year, 12, 31)) if second else (date(year, 1, 1), date(year, 6, 30))
    gap = None if tie_a is None or tie_b is None else tie_a - tie_b
    low, high = (None, None) if gap is None else (gap - wide, gap + wide)
    return GapPoint(f"{year} H{second + 1}", start, end, tie_a, tie_b, low, high, f"half-{half}")


def tree(drawn: str) -> etree._Element:
    return etree.fromstring(drawn.encode())


def links(drawn: str) -> list[str]:
    return [one.get("href") for one in tree(drawn).iter(f"{SVG}a")]


def circles(drawn: str, class_: str) -> list[float]:
    return [float(one.get("cy")) for one in tree(drawn).iter(f"{SVG}circle") if one.get("class") == class_]


def test_every_period_opens_its_row() -> None:
    drawn = gap_chart([point(0), point(1), point(2, None)], **NAMES)
    assert links(drawn) == ["#row-half-0", "#row-half-1", "#row-half-2"]


def test_a_reader_who_does_not_see_hears_both_ties_and_the_gap() -> None:
    # 0.5 - (-0.25) = 0.75; the interval is 0.1 either way.
    drawn = gap_chart([point(0)], **NAMES)
    said = "2018 H1: Japan +0.50, NATO&#39;s members −0.25, gap +0.75, interval +0.65 to +0.85"
    assert said in drawn


def test_a_friendly_tie_is_filled_and_a_hostile_one_dashed() -> None:
    drawn = gap_chart([point(0, 0.5), point(1, -0.5)], **NAMES)
    # The panel runs from y 44 (+1) to y 224 (−1): +0.5 lies at 89, −0.5 at 179.
    assert circles(drawn, "f") == [89.0]
    assert circles(drawn, "h") == [179.0]


def test_a_period_without_a_tie_breaks_the_lines_and_has_no_gap() -> None:
    drawn = gap_chart([point(0), point(1, None), point(2)], **NAMES)
    lines = [one for one in tree(drawn).iter(f"{SVG}path") if one.get("class") == "il"]
    assert len(lines) == 2
    assert len(circles(drawn, "focal")) == 2
    assert "2018 H2: no tie of Japan" in drawn


def test_claims_are_bars_with_their_sign_and_open_their_row() -> None:
    bars = [
        ClaimBar("5 claims: before", -1, date(2012, 12, 1), date(2018, 9, 30), "before"),
        ClaimBar("9 claims: since", 1, date(2018, 10, 1), None, "since"),
    ]
    drawn = gap_chart([point(0), point(1)], bars, **NAMES)
    assert links(drawn)[:2] == ["#row-before", "#row-since"]
    assert "− 5 claims: before" in drawn
    assert "+ 9 claims: since" in drawn


def test_claims_about_other_years_are_not_drawn() -> None:
    old = ClaimBar("2 claims: the 1980s", 1, date(1981, 1, 1), date(1987, 12, 31), "old")
    assert "1980s" not in gap_chart([point(0), point(1)], [old], **NAMES)


def test_bars_and_their_labels_never_lie_on_each_other() -> None:
    bars = [
        ClaimBar("a label much longer than its bar", 1, date(2018, 1, n), date(2018, 1, n), f"n{n}")
        for n in (1, 9, 17)
    ]
    tops = {
        one.get("y")
        for one in tree(gap_chart([point(0), point(1)], bars, **NAMES)).iter(f"{SVG}rect")
        if one.get("class") == "hit" and one.get("height") == "26"
    }
    assert len(tops) == 3


def test_without_a_single_gap_it_says_so() -> None:
    assert "No period in which both have a tie with Russia" in gap_chart([point(0, None)], **NAMES)


@given(st.lists(st.tuples(TIES, TIES), min_size=1, max_size=12), st.text(max_size=30))
def test_any_ties_and_names_give_a_well_formed_picture(
    ties: list[tuple[float | None, float | None]], name: str
) -> None:
    drawn = gap_chart([point(n, *pair) for n, pair in enumerate(ties)], a=name, b="B", third="K")
    placed = [
        one.get(place, "") for one in tree(drawn).iter() for place in ("x", "y", "cx", "cy", "d", "points")
    ]
    assert not [value for value in placed if "nan" in value]
    height = float(tree(drawn).get("height"))
    assert all(0 <= float(one.get("cy")) <= height for one in tree(drawn).iter(f"{SVG}circle"))
