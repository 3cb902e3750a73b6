"""The page on the Russia gap: its results are worked out when it is built, and its links lead somewhere."""

import re
import sys
from pathlib import Path

import pytest

import comity

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = (DOCS / "background" / "russia-gap.md").read_text("utf-8")


@pytest.fixture(scope="module")
def pieces() -> dict[str, str]:
    sys.path.insert(0, str(DOCS))
    try:
        from russia_gap import pieces  # type: ignore[import-not-found]

        return pieces(comity.open("japan-nato"))  # type: ignore[no-any-return]
    finally:
        sys.path.remove(str(DOCS))


def test_no_result_is_typed_into_the_page() -> None:
    assert re.findall(r"\d\.\d|20\d\d|per cent", PAGE) == []


def test_the_page_takes_in_every_piece_that_is_made(pieces: dict[str, str]) -> None:
    assert set(re.findall(r"russia-gap/(\w+)\.html", PAGE)) == set(pieces)


def test_every_link_leads_to_a_place_on_the_page(pieces: dict[str, str]) -> None:
    text = "".join(pieces.values())
    targets = set(re.findall(r'href="#([^"]+)"', text))
    assert len(targets) > 20
    assert sorted(one for one in targets if f'id="{one}"' not in text) == []


def test_who_moved_adds_up_to_the_change_of_the_gap(pieces: dict[str, str]) -> None:
    rows = re.findall(
        r"<tr><th[^>]*>([^<]+)</th><td>([^<]+)</td><td>([^<]+)</td><td>[^<]+</td><td>([^<]+)</td><td>([^<]+)</td>",
        pieces["moved"],
    )
    assert len(rows) == 11  # ten steps between eleven half-years, and from first to last
    for _, _, *numbers in rows:
        change, first, second = (float(one.replace("−", "-")) for one in numbers)
        assert change == pytest.approx(first - second, abs=0.016)  # three numbers rounded to two decimals
