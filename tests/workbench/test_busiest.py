"""``comity import --pairs`` shows rows and acts side by side."""

from pathlib import Path

from .conftest import Comity


def test_pairs_show_what_the_rule_does(comity: Comity, with_data: Path) -> None:
    pairs = comity("import", "--pairs", "3", "--case", with_data, "--json").lines
    assert 0 < len(pairs) <= 3
    assert all(one["rows"] >= one["acts"] > 0 for one in pairs)
    assert [one["rows"] for one in pairs] == sorted((one["rows"] for one in pairs), reverse=True)


def test_a_case_without_data_has_no_pairs(comity: Comity, mine: Path) -> None:
    answer = comity("import", "--pairs", "--case", mine)
    assert answer.code == 0
    assert "no event data" in answer.err
