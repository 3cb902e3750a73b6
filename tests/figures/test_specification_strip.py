from lxml import etree

from comity.figures import Specification, specification_strip

SVG = "{http://www.w3.org/2000/svg}"


def specifications(values: list[float | None]) -> list[Specification]:
    """Give one a value; those below zero agree."""
    return [
        Specification(
            (("scale", "tone" if n % 2 else "balance"), ("period", "quarter")),
            value,
            None if value is None else value < 0,
            f"spec-{n}",
            is_default=n == 0,
        )
        for n, value in enumerate(values)
    ]


def drawn(values: list[float | None]) -> str:
    return specification_strip(specifications(values), statement="It narrowed")


def test_it_counts_those_that_agree_and_says_how_many_give_no_number() -> None:
    # -0.2 and -0.1 agree, 0.3 does not, None gives no number.
    assert "It narrowed: 2 of 3 agree, 1 more give no number" in drawn([0.3, -0.2, None, -0.1])


def test_marks_stand_from_the_lowest_value_to_the_highest_and_unknown_ones_last() -> None:
    picture = etree.fromstring(drawn([0.3, -0.2, None, -0.1]).encode())
    rows = [one.get("href") for one in picture.iter(f"{SVG}a")]
    assert rows == ["#row-spec-1", "#row-spec-3", "#row-spec-0", "#row-spec-2"]


def test_a_mark_says_its_value_its_verdict_and_its_choices() -> None:
    assert "+0.30, does not agree (the default): balance, quarter" in drawn([0.3, -0.2])


def test_a_choice_that_all_share_needs_no_row() -> None:
    texts = [one.text for one in etree.fromstring(drawn([0.3, -0.2]).encode()).iter(f"{SVG}text")]
    assert "scale" in texts
    assert "period" not in texts


def test_many_marks_take_several_strips_and_keep_room_for_a_finger() -> None:
    picture = etree.fromstring(drawn([n / 100 for n in range(60)]).encode())
    boxes = [one for one in picture.iter(f"{SVG}rect") if one.get("class") == "hit"]
    assert len(boxes) == 60
    assert len({one.get("y") for one in boxes}) == 3  # (860 - 178) // 24 = 28 in a strip
    assert min(float(one.get("width")) for one in boxes) >= 24


def test_none_at_all_is_said() -> None:
    assert "No specification gives a number." in drawn([])
