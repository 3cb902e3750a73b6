from lxml import etree

from comity.figures import EraCount, counts

SVG = "{http://www.w3.org/2000/svg}"
CELLS = [
    EraCount("then", "talk", 2, 0, "then-talk"),
    EraCount("then", "deeds", 0, 0, "then-deeds"),
    EraCount("now", "talk", 9, 3, "now-talk"),
    EraCount("now", "deeds", 4, 0, "now-deeds"),
]


def test_every_number_is_printed_with_its_sign_and_opens_its_acts() -> None:
    drawn = etree.fromstring(counts(CELLS).encode())
    links = {one.get("href"): "".join(one.itertext()) for one in drawn.iter(f"{SVG}a")}
    assert sorted(links) == [
        "#row-now-deeds-friendly",
        "#row-now-talk-friendly",
        "#row-now-talk-hostile",
        "#row-then-talk-friendly",
    ]
    assert links["#row-now-talk-hostile"].endswith("−3")
    assert links["#row-now-talk-friendly"].endswith("+9")


def test_bars_are_drawn_at_one_scale() -> None:
    drawn = etree.fromstring(counts(CELLS).encode())
    wide = {one.get("href"): float(one.find(f"{SVG}rect").get("width")) for one in drawn.iter(f"{SVG}a")}
    assert abs(wide["#row-now-talk-friendly"] / 9 - wide["#row-now-deeds-friendly"] / 4) < 0.01
    assert abs(wide["#row-now-talk-hostile"] / 3 - wide["#row-now-deeds-friendly"] / 4) < 0.01


def test_an_empty_cell_says_none() -> None:
    assert counts(CELLS).count(">none<") == 1
