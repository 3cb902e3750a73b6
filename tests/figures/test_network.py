from lxml import etree

from comity.figures import Link, angle_of, network

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"JPN": "Japan", "NATO": "NATO", "RUS": "Russia"}


def node_place(drawn: str, label: str) -> tuple[str | None, str | None]:
    texts = [one for one in etree.fromstring(drawn.encode()).iter(f"{SVG}text") if one.text == label]
    return texts[0].get("x"), texts[0].get("y")


def test_an_actor_keeps_its_place_when_others_come_in() -> None:
    few = network("JPN", "NATO", [Link("JPN", "RUS", 1, 9, "x"), Link("JPN", "USA", 5, 0, "y")], names=NAMES)
    more = network(
        "JPN",
        "NATO",
        [Link("JPN", "RUS", 1, 9, "x"), Link("JPN", "USA", 5, 0, "y"), Link("NATO", "AFG", 3, 1, "z")],
        names=NAMES,
    )
    assert node_place(few, "Russia") == node_place(more, "Russia")


def test_angles_leave_the_line_through_both_actors_free() -> None:
    for number in range(500):
        angle = angle_of(f"ACTOR{number}") % 180
        assert 12 <= angle <= 168


def test_both_signs_are_drawn_printed_and_linked() -> None:
    drawn = etree.fromstring(
        network("JPN", "NATO", [Link("JPN", "RUS", 4, 9, "JPN-RUS")], names=NAMES).encode()
    )
    mark = drawn.find(f".//{SVG}a")
    assert mark.get("href") == "#row-JPN-RUS"
    assert mark.get("aria-label") == "Japan and Russia: 4 friendly, 9 hostile acts"
    assert "".join(mark.find(f"{SVG}text").itertext()) == "+4−9"
    classes = [one.get("class") for one in drawn.iter(f"{SVG}path")]
    assert classes == ["fl", "hl", "line-hit"]


def test_a_tie_between_third_parties_is_left_out() -> None:
    drawn = network(
        "JPN", "NATO", [Link("RUS", "UKR", 0, 9, "x"), Link("JPN", "NATO", 1, 0, "y")], names=NAMES
    )
    assert "RUS" not in drawn


def test_the_order_of_links_does_not_matter() -> None:
    links = [Link("JPN", "RUS", 4, 9, "x"), Link("NATO", "RUS", 0, 9, "y"), Link("JPN", "NATO", 7, 0, "z")]
    assert network("JPN", "NATO", links, names=NAMES) == network("JPN", "NATO", links[::-1], names=NAMES)
