from datetime import date

from lxml import etree

from comity.figures import Band, TimelineAct, timeline

SVG = "{http://www.w3.org/2000/svg}"


def act(id: str = "E1", **changes: object) -> TimelineAct:
    usual = {"number": "1", "label": "Kishida came to Madrid", "row": "talk"}
    june = {"start": date(2022, 6, 1), "end": date(2022, 6, 30)}
    return TimelineAct(id, **(usual | june | changes))


def draw(*acts: TimelineAct) -> etree._Element:
    return etree.fromstring(timeline(acts, rows=["talk", "deeds"]).encode())


def test_every_act_is_a_link_with_its_words() -> None:
    links = draw(act("E1"), act("E2", label="<script>alert(1)</script>")).findall(f".//{SVG}a")
    assert {one.get("href") for one in links} == {"#row-E1", "#row-E2"}
    assert "<script>alert(1)</script>" in {one.get("aria-label") for one in links}
    assert not draw(act(label="<script>")).findall(f".//{SVG}script")


def test_a_month_is_filled_and_a_year_is_pale() -> None:
    month = draw(act()).find(f".//{SVG}a/{SVG}rect")
    year = draw(act(end=date(2023, 5, 31))).find(f".//{SVG}a/{SVG}rect")
    assert month.get("class") == "f"
    assert year.get("class") == "hollow"


def test_an_open_end_has_an_arrow() -> None:
    assert len(draw(act(end=None)).findall(f".//{SVG}a/{SVG}path")) == 1
    assert len(draw(act()).findall(f".//{SVG}a/{SVG}path")) == 0


def test_what_did_not_happen_stands_apart_and_is_not_counted() -> None:
    drawn = draw(act("E1"), act("E2", aux="negation"), act("E3", aux="future"))
    assert drawn.find(f"{SVG}desc").text == "1 acts: 1 friendly, 0 hostile. 2 told but not counted."
    hollow = drawn.find(f".//{SVG}a[@href='#row-E2']/{SVG}rect")
    assert hollow.get("class") == "f hollow"


def test_the_sign_is_printed() -> None:
    text = "".join(draw(act(sign=-1, number="7")).itertext())
    assert "−7" in text


def test_targets_of_one_row_do_not_overlap() -> None:
    crowd = [act(f"E{n}", number=str(n)) for n in range(8)]
    boxes = [
        tuple(float(rect.get(key)) for key in ("x", "y", "width", "height"))
        for rect in draw(*crowd).iter(f"{SVG}rect")
        if rect.get("class") == "hit"
    ]
    assert len(boxes) == 8
    for index, (x, y, wide, high) in enumerate(boxes):
        assert wide >= 24
        assert high >= 24
        for other in boxes[index + 1 :]:
            apart = x + wide <= other[0] + 0.1 or other[0] + other[2] <= x + 0.1 or abs(y - other[1]) >= 24
            assert apart


def test_same_acts_same_bytes_in_any_order() -> None:
    acts = [act("E1"), act("E2", start=date(2021, 1, 1)), act("E3", row="deeds", sign=-1)]
    bands = [Band("now", date(2022, 1, 1), None)]
    one = timeline(acts, rows=["talk"], bands=bands)
    assert one == timeline(acts[::-1], rows=["talk"], bands=bands)


def test_no_act_gives_a_figure_that_says_so() -> None:
    assert "No act with a date" in timeline([], rows=[])
