import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from comity.figures import Part, waterfall

SVG = "{http://www.w3.org/2000/svg}"


def bars(drawn: str) -> list[tuple[float, float]]:
    """Give left and right end of every bar, the total last."""
    found = [
        one
        for one in etree.fromstring(drawn.encode()).iter(f"{SVG}rect")
        if one.get("class") in ("f", "h", "n")
    ]
    return [(float(one.get("x")), float(one.get("x")) + float(one.get("width"))) for one in found]


def test_each_bar_begins_where_the_last_one_ended() -> None:
    # 0 → 4 → 1 → 2: the second runs back by three quarters of the first, the third up by a quarter.
    first, second, third, total = bars(waterfall([Part("a", 4), Part("b", -3), Part("c", 1)], total=2))
    unit = (first[1] - first[0]) / 4
    assert second[1] == pytest.approx(first[1], abs=0.02)
    assert second[0] == pytest.approx(first[0] + unit, abs=0.02)
    assert third[0] == pytest.approx(second[0], abs=0.02)
    assert total == (pytest.approx(first[0], abs=0.02), pytest.approx(third[1], abs=0.02))


def test_every_bar_opens_its_row_and_says_its_interval() -> None:
    drawn = waterfall([Part("Russia", -0.25, -0.4, -0.1, "rus"), Part("China", 0.1, row="chn")], total=-0.15)
    assert [one.get("href") for one in etree.fromstring(drawn.encode()).iter(f"{SVG}a")] == [
        "#row-rus",
        "#row-chn",
    ]
    assert "Russia: −0.25, interval −0.40 to −0.10" in drawn


def test_what_raises_is_solid_and_what_lowers_dashed() -> None:
    picture = etree.fromstring(waterfall([Part("up", 1), Part("down", -2)], total=-1).encode())
    classes = [one.get("class") for one in picture.iter(f"{SVG}rect") if one.get("class") in ("f", "h")]
    assert classes == ["f", "h", "h"]  # the total lowers


def test_no_part_is_said() -> None:
    assert "Nothing changed." in waterfall([], total=0)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=12), st.text(max_size=20))
def test_all_bars_stay_inside_the_picture(values: list[float], label: str) -> None:
    drawn = waterfall([Part(label, value, value - 1, value + 1) for value in values], total=sum(values))
    assert all(0 <= left <= right <= 860 for left, right in bars(drawn))
