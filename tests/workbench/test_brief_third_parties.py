"""The part of a brief on third parties: authors beside data, and what moved the tie."""

import json
from pathlib import Path
from typing import Any

import pytest

from comity.provenance import UnreadableFileError, UsageError
from comity.workbench.brief import Brief, build_brief, read_answer, to_html, to_markdown
from comity.workbench.brief.span import Line

from .brief_case import ATTACK, TODAY, brief_case, brief_on
from .conftest import Comity

ANSWER: dict[str, Any] = {
    "pair": ["JPN", "NATO"],
    "before": ["2018-01-01", "2018-12-31"],
    "after": ["2022-01-01", "2022-12-31"],
    "account": "instant",
    "total": 0.75,
    "own_history": 0.5,
    "third_parties": [
        {
            "actor": "CHN",
            "triads": 0.0,
            "degrees": -0.25,
            "value": -0.25,
            "low": -0.5,
            "high": 0.0,
            "events": [],
        },
        {
            "actor": "RUS",
            "triads": 0.5,
            "degrees": 0.25,
            "value": 0.75,
            "low": 0.25,
            "high": 1.25,
            "events": ["E5", "E7"],
            "smallest_detectable": 0.125,
        },
    ],
    "eras": 0.0,
    "covariates": 0.0,
    "rounding": 0.0,
    "system": -0.25,
    "n_acts": 40,
    "coefficients_from": "this case",
    "refused": None,
}


def words(line: Line) -> str:
    return "".join(span.text for span in line)


@pytest.fixture
def brief(tmp_path: Path) -> Brief:
    return brief_on(brief_case(tmp_path))


def with_factor(tmp_path: Path, **changes: Any) -> Brief:
    case = brief_case(tmp_path)
    return build_brief(case, "JPN", "NATO", today=TODAY, factors=[{**ANSWER, **changes}])


def test_claims_are_counted_by_third_party_era_and_sign_with_their_holders(brief: Brief) -> None:
    # C1 says + and C2 says −; C3 is a prediction and C4 advice, which are not counted here.
    (russia,) = brief.gap.beside
    assert (russia.third, russia.era) == ("Russia", "Since the Cold War")
    assert words(russia.closer) == "1: Ann One"
    assert words(russia.apart) == "1: Bo Two"


def test_a_count_of_claims_opens_them(brief: Brief) -> None:
    (russia,) = brief.gap.beside
    counts = {one.row: one.acts for one in brief.counts}
    assert counts[russia.closer[0].row] == ("C1",)
    assert {"C1", "C2"} <= {one.row for one in brief.evidence}


def test_a_case_without_scores_says_so_in_one_line(brief: Brief) -> None:
    assert "this case holds neither scores of pairs nor event data" in brief.gap.why_not
    assert brief.gap.why_not in to_html(brief)
    assert [words(one.data) for one in brief.gap.beside] == ["No data."]


def test_a_factor_answer_is_drawn_with_the_largest_third_party_first(tmp_path: Path) -> None:
    (factor,) = with_factor(tmp_path).gap.factors
    labels = [one.label for one in factor.parts]
    assert labels == ["Own history", "Russia", "China", "System"]  # what is nothing is not drawn
    assert sum(one.value for one in factor.parts) == factor.total  # 0.5 + 0.75 - 0.25 - 0.25


def test_every_bar_opens_its_rows(tmp_path: Path) -> None:
    brief = with_factor(tmp_path)
    counts = {one.row: one for one in brief.counts}
    (factor,) = brief.gap.factors
    assert counts[factor.parts[1].row].acts == ("E5", "E7")
    assert all(part.row in counts for part in factor.parts)
    page = to_html(brief)
    assert all(f'href="#row-{part.row}"' in page and f'id="row-{part.row}"' in page for part in factor.parts)


def test_many_third_parties_are_one_bar_that_keeps_the_sum(tmp_path: Path) -> None:
    many = [{"actor": f"A{n:02}", "value": 0.25, "events": []} for n in range(20)]
    (factor,) = with_factor(tmp_path, third_parties=many, total=5.25).gap.factors
    assert "8 other third parties" in [one.label for one in factor.parts]
    assert sum(one.value for one in factor.parts) == pytest.approx(5.25)  # 0.5 + 20 × 0.25 − 0.25


def test_a_declined_answer_says_why_and_draws_nothing(tmp_path: Path) -> None:
    brief = with_factor(tmp_path, refused="too few acts: 3")
    (factor,) = brief.gap.factors
    assert factor.parts == ()
    assert "Declined: too few acts: 3" in to_markdown(brief)


def test_factors_of_another_pair_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="this brief is on Japan and NATO"):
        with_factor(tmp_path, pair=["JPN", "RUS"])


def test_other_factors_give_the_run_another_id(tmp_path: Path) -> None:
    case = brief_case(tmp_path)
    runs = {
        build_brief(case, "JPN", "NATO", today=TODAY, factors=answers).run
        for answers in ([], [ANSWER], [{**ANSWER, "n_acts": 41}])
    }
    assert len(runs) == 3


def test_hostile_words_in_an_answer_stay_words(tmp_path: Path) -> None:
    brief = with_factor(tmp_path, coefficients_from=ATTACK, account=ATTACK, before=ATTACK)
    assert "<script" not in to_html(brief)
    assert "<script" not in to_markdown(brief)


@pytest.mark.parametrize("content", ["", "[1, 2]", '{"pair": ["JPN", "NATO"]}', "\x00\xff"])
def test_a_file_that_is_no_answer_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "factor.json"
    path.write_text(content, "latin-1")
    with pytest.raises(UnreadableFileError):
        read_answer(path)


def test_the_command_draws_an_answer_from_a_file(comity: Comity, tmp_path: Path) -> None:
    (tmp_path / "factor.json").write_text(json.dumps(ANSWER), "utf-8")
    ran = comity("brief", "JPN", "NATO", "--today", "2026-05-01", "--factor", "factor.json", "--format", "md")
    assert ran.code == 0
    assert (
        "What moved it: Japan and NATO, from 1 January 2018 – 31 December 2018 to 1 January 2022" in ran.out
    )
    assert comity("brief", "JPN", "NATO", "--factor", "absent.json").code == 1
