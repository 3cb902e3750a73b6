from datetime import date, timedelta

from lxml import etree

from comity.figures import Tick, TiePoint, tie_chart

SVG = "{http://www.w3.org/2000/svg}"
START = date(2018, 11, 1)


def point(day: int, net: float | None = 0.5) -> TiePoint:
    low, high = (None, None) if net is None else (net - 0.1, net + 0.1)
    return TiePoint(START + timedelta(days=day), 6.0, 2.0, net, low, high)


def test_a_refused_stretch_is_a_gap_in_the_line() -> None:
    days = [point(0), point(10), point(20, None), point(30, None), point(40), point(50)]
    drawn = tie_chart(days)
    lines = [
        one
        for one in etree.fromstring(drawn.encode()).iter(f"{SVG}path")
        if one.get("stroke") == "currentColor"
    ]
    assert len(lines) == 2
    assert "on 2 of them there is too little to measure" in drawn


def test_ticks_too_close_move_to_another_row() -> None:
    ticks = [Tick(START + timedelta(days=1), f"m{n}", "an act", 1) for n in range(3)]
    drawn = etree.fromstring(tie_chart([point(0), point(100)], ticks).encode())
    heights = [one.find(f"{SVG}circle").get("cy") for one in drawn.iter(f"{SVG}a")]
    assert len(set(heights)) == 3


def test_one_day_is_no_line() -> None:
    assert "Too few days" in tie_chart([point(0)])
