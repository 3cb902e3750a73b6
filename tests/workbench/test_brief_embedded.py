"""The brief on Japan and NATO out of the box."""

import subprocess
import sys
from typing import Any

import pytest

from comity import ties
from comity.cases import open_case
from comity.ties import measure_gap
from comity.workbench.brief import Brief, to_html
from comity.workbench.brief.html import MOST_BYTES
from comity.workbench.brief.span import Line

from .brief_case import brief_on


def words(line: Line) -> str:
    return "".join(span.text for span in line)


@pytest.fixture(scope="module")
def brief() -> Brief:
    return brief_on(open_case("japan-nato"))


def test_the_first_line_says_whose_account_it_is_and_how_old(brief: Brief) -> None:
    first = words(brief.standing[0])
    assert first.startswith("As told by Tsuruoka 2023, O'Shea & Jacobo 2024 and Goroku 2023")
    assert "July 2023, 2 years and 9 months before 1 May 2026" in first
    assert brief.title == "Japan and NATO"


def test_the_disputed_reading_of_russia_before_the_invasion_is_a_conflict(brief: Brief) -> None:
    found = [
        one
        for one in brief.views.conflicts
        if one.about == "Japan – NATO, over Russia" and "From Abe's return to the invasion" in one.note
    ]
    (before,) = found
    closer, apart = before.sides
    assert "Goroku" in closer.holders
    assert "Tsuruoka" in apart.holders
    assert "Tsuruoka" not in closer.holders  # his claims about the years since stand elsewhere


def test_programmes_have_versions_and_goals_that_nobody_names(brief: Brief) -> None:
    programmes = {one.name: one for one in brief.pledges.programmes}
    assert {"IPCP", "ITPP"} <= set(programmes)
    assert "replaced by ITPP" in programmes["IPCP"].neighbours
    assert len(programmes["IPCP"].versions) == 3  # 2014, 2018, 2020
    assert any("16 goals" in words(line) and "not named" in words(line) for line in programmes["ITPP"].goals)


def test_aid_totals_stand_side_by_side(brief: Brief) -> None:
    figures = [words(line) for one in brief.pledges.pledges for line in one.figures]
    assert any("USD 7.1 billion" in one for one in figures)
    assert any("USD 12 billion" in one for one in figures)
    assert not any("19.1" in one for one in figures)


def test_contested_names_follow_the_case(brief: Brief) -> None:
    page = to_html(brief)
    assert "Taiwan" in page or "South Korea" in page
    assert "Republic of Korea" not in page


def test_the_page_is_small_enough_to_send(brief: Brief) -> None:
    assert len(to_html(brief).encode()) < MOST_BYTES


def test_one_measurement_of_gaps_serves_the_whole_brief(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counting(*where: object, **options: Any) -> ties.Gap:
        asked.append(options["third"])
        return measure_gap(*where, **options)

    monkeypatch.setattr(ties, "measure_gap", counting)
    section = brief_on(open_case("japan-nato")).gap
    assert section.turn
    assert section.placebo
    assert section.statements
    (thirds,) = asked
    assert {one.third for one in section.lines} <= set(thirds)


def test_the_embedded_brief_loads_neither_the_store_nor_the_readers_nor_the_model() -> None:
    code = (
        "import sys, datetime\n"
        "from comity.cases import open_case\n"
        "from comity.workbench.brief import build_brief, render\n"
        "case = open_case('japan-nato')\n"
        "render(build_brief(case, 'JPN', 'NATO', today=datetime.date(2026, 5, 1)), 'html')\n"
        "heavy = ('duckdb', 'comity.model', 'numba', 'scipy', 'docx', 'ruptures', 'comity.ties.eras',\n"
        "    'comity.ties.monthly', 'comity.ties.series', 'comity.events.readers')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("before", "frozen"), [("", True), ("import duckdb", False)])
def test_a_process_that_ends_searches_for_no_cycles_once_more(before: str, frozen: bool) -> None:
    """But where DuckDB is loaded: it would tell on stderr what the search had not taken away."""
    code = (
        f"import gc, sys\n{before}\n"
        "from comity.workbench.__main__ import main\n"
        "sys.argv = ['comity', 'cases']\n"
        "main()\n"
        "print(gc.get_freeze_count() > 0, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "japan-nato" in done.stdout
    assert done.stderr == f"{frozen}\n"
