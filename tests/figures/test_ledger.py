from datetime import date

from lxml import etree

from comity.figures import LedgerLine, ledger

SVG = "{http://www.w3.org/2000/svg}"
DUE = (date(2028, 3, 31), date(2028, 3, 31))


def test_the_as_of_line_stands_between_made_and_due() -> None:
    line = LedgerLine("P1", "2 % of GDP", "not yet due", (date(2022, 12, 1), date(2022, 12, 31)), DUE)
    drawn = etree.fromstring(ledger([line], as_of=date(2026, 5, 1)).encode())
    as_of = next(one for one in drawn.iter(f"{SVG}path") if one.get("stroke-width") == "1.5")
    x = float(as_of.get("d")[1:].split()[0])
    mark = drawn.find(f".//{SVG}a")
    made = float(mark.find(f"{SVG}rect").get("x"))
    due = next(float(p.get("d")[1:].split()[0]) for p in mark.iter(f"{SVG}path") if p.get("class") == "node")
    assert made < x < due


def test_an_overdue_pledge_says_so_in_words_and_shape() -> None:
    line = LedgerLine("P1", "aid", "overdue", due=(None, date(2020, 1, 1)), overdue=True)
    drawn = ledger([line], as_of=date(2026, 5, 1))
    assert ">overdue<" in drawn
    assert "1 overdue as far as this record knows" in drawn
    assert 'class="h"' in drawn


def test_each_pledge_is_a_link() -> None:
    drawn = ledger([LedgerLine("P 1", "a <b>", "unknown")], as_of=date(2026, 5, 1))
    assert 'href="#row-P~20.1"' in drawn
    assert "a &lt;b&gt;: unknown" in drawn
