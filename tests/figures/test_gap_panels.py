from lxml import etree

from comity.figures import GapPanel, gap_panels

from .test_gap_chart import point

SVG = "{http://www.w3.org/2000/svg}"


def test_each_panel_is_one_link_that_tells_its_first_and_last_gap() -> None:
    panel = GapPanel("China", (point(0, 0.5, 0.25), point(1, 0.5, 0.75)), "chn")
    drawn = gap_panels([panel, GapPanel("Iran", (point(0, None),), "irn")], a="Japan", b="NATO")
    (one,) = etree.fromstring(drawn.encode()).iter(f"{SVG}a")
    assert one.get("href") == "#row-chn"
    # 0.5 - 0.25 and 0.5 - 0.75
    assert "gap +0.25 in 2018 H1, −0.25 in 2018 H2" in drawn
    assert "Too little to measure." in drawn


def test_a_fourth_panel_starts_a_new_row() -> None:
    heights = [
        float(
            etree.fromstring(
                gap_panels([GapPanel(f"K{n}", (point(0),)) for n in range(count)], a="A", b="B").encode()
            ).get("height")
        )
        for count in (3, 4)
    ]
    assert heights[1] == 2 * heights[0]
