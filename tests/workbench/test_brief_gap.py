"""The part of a brief on gaps: measured on the scores of a case, in words that follow from the numbers."""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from comity.cases import Case, open_case
from comity.events import EVENT_COLUMNS, find_reader
from comity.workbench.brief import Brief, to_docx, to_html, to_json, to_markdown

from .brief_case import brief_case, brief_on
from .test_brief_data import event
from .test_brief_third_parties import words

HEADER = "a,b,month,total,size,days,friendly_days,hostile_days,missing_days,source\n"
DATASET = (
    '\n[[dataset]]\nid = "made"\ntitle = "Made-up scores"\nauthors = ["Jo Ek"]\nedition = "2024"\n'
    'licence = "none"\ncite = "Ek (2024). Made-up scores."\n'
)
HALVES = {"2021-H1": range(1, 7), "2021-H2": range(7, 13)}
Tones = Mapping[str, tuple[float, float]]  # pair: tone of each month in the first and second half


def with_scores(tmp_path: Path, tones: Tones) -> Case:
    """Make the small case with scores of 2021; every month has 100 points of news on 20 days."""
    folder = brief_case(tmp_path).path
    with (folder / "sources.toml").open("a", encoding="utf-8") as file:
        file.write(DATASET)
    rows = [
        f"{pair.replace('-', ',')},2021-{month:02},{100 * tone:g},100,20,10,10,0,made\n"
        for pair, halves in sorted(tones.items())
        for months, tone in zip(HALVES.values(), halves, strict=True)
        for month in months
    ]
    (folder / "series.csv").write_text(HEADER + "".join(rows), "utf-8")
    return open_case(folder)


def gap_brief(tmp_path: Path, **options: date) -> Brief:
    """Japan turns from Russia; NATO's members there, Germany and France, stay as they are on average."""
    case = with_scores(
        tmp_path,
        {"JPN-RUS": (0.75, 0.25), "DEU-RUS": (0.5, 0.25), "FRA-RUS": (-0.25, 0.0), "JPN-PRK": (-0.5, -0.5)},
    )
    return brief_on(case, **options)


def test_the_gap_is_the_first_tie_less_the_mean_of_the_members(tmp_path: Path) -> None:
    (line,) = gap_brief(tmp_path).gap.lines
    assert line.name == "Russia"
    # Members: (0.5 − 0.25) / 2 = 0.125, then (0.25 + 0) / 2 = 0.125.
    assert [(one.label, one.tie_a, one.tie_b, one.gap) for one in line.periods] == [
        ("2021-H1", 0.75, pytest.approx(0.125), pytest.approx(0.625)),
        ("2021-H2", 0.25, pytest.approx(0.125), pytest.approx(0.125)),
    ]


def test_the_words_say_whose_tie_moved(tmp_path: Path) -> None:
    (line,) = gap_brief(tmp_path).gap.lines
    said = words(line.finding)
    assert "The gap is +0.62 in 2021-H1 (the friendlier tie is that of Japan)" in said
    assert "The tie of Japan fell by 0.50, that of NATO’s members stayed as it was." in said


def test_the_top_of_the_brief_has_the_latest_gap_and_opens_its_months(tmp_path: Path) -> None:
    last = gap_brief(tmp_path).facts[-1]
    assert (last.label, words(last.value), last.value[0].row) == (
        "Gap over Russia",
        "+0.12",
        "gap-RUS-2021-H2",
    )
    assert last.note.startswith("2021-H2")
    assert last.note.endswith("it was +0.62 in 2021-H1")


def test_a_third_party_without_both_ties_is_not_shown(tmp_path: Path) -> None:
    brief = gap_brief(tmp_path)
    assert [one.third for one in brief.gap.lines] == ["RUS"]  # North Korea has a tie with Japan only


def test_the_two_may_be_asked_about_in_either_order(tmp_path: Path) -> None:
    tones = {"JPN-RUS": (0.75, 0.25), "JPN-USA": (0.5, 0.5), "DEU-RUS": (0.5, 0.25), "DEU-USA": (0.5, 0.5)}
    case = with_scores(tmp_path, {**tones, "RUS-USA": (-0.5, -0.5), "CHN-RUS": (0.5, 0.5)})
    there, back = (brief_on(case, *pair).gap.lines[0] for pair in (("JPN", "NATO"), ("NATO", "JPN")))
    assert [one.gap for one in there.periods] == [-(one.gap or 0.0) for one in back.periods]


def test_every_point_opens_the_months_behind_it(tmp_path: Path) -> None:
    brief = gap_brief(tmp_path)
    evidence = {one.row: one for one in brief.evidence}
    for period in brief.gap.lines[0].periods:
        assert period.row in evidence
    first = evidence[brief.gap.lines[0].periods[0].row]
    assert "Japan 01 +0.75 (20), 02 +0.75 (20)" in first.says
    assert "DEU +0.50, FRA −0.25" in first.says


def test_every_link_of_the_section_leads_somewhere(tmp_path: Path) -> None:
    page = to_html(gap_brief(tmp_path))
    section = page[page.index('<section id="gap"') :]
    section = section[: section.index("</section>")]
    targets = {part.split('"')[0] for part in section.split('href="#')[1:]}
    assert len(targets) > 5
    assert [one for one in sorted(targets) if f'id="{one}"' not in page] == []


def test_authors_stand_beside_the_same_years_of_data(tmp_path: Path) -> None:
    (russia,) = gap_brief(tmp_path).gap.beside
    assert words(russia.closer) == "1: Ann One"
    assert words(russia.apart) == "1: Bo Two"
    said = words(russia.data)
    assert "both friendly in all two periods" in said
    assert "Gap +0.62 in 2021-H1 and +0.12 in 2021-H2" in said


def test_the_statements_are_counted_over_all_specifications(tmp_path: Path) -> None:
    section = gap_brief(tmp_path).gap
    drawn = section.statements[0]
    assert drawn.text == "The gap over Russia narrowed from first to last"
    assert len(drawn.specifications) >= 24
    assert drawn.of == sum(one.value is not None for one in drawn.specifications)
    assert drawn.agree == sum(one.agrees is True for one in drawn.specifications)
    assert sum(one.is_default for one in drawn.specifications) == 1


def test_nothing_after_the_day_of_the_brief_is_used(tmp_path: Path) -> None:
    (line,) = gap_brief(tmp_path, today=date(2021, 8, 31)).gap.lines
    assert [one.label for one in line.periods] == ["2021-H1"]


def test_a_span_without_a_whole_period_says_so(tmp_path: Path) -> None:
    section = gap_brief(tmp_path, today=date(2021, 3, 31)).gap
    assert section.lines == ()
    assert section.why_not.startswith("No gap is measured: no whole half-year")


def test_without_claims_the_third_parties_with_most_news_are_shown(tmp_path: Path) -> None:
    case = with_scores(
        tmp_path,
        {"JPN-RUS": (0.5, 0.5), "KOR-RUS": (0.5, 0.5), "CHN-JPN": (0.25, 0.5), "CHN-KOR": (0.5, 0.25)},
    )
    brief = brief_on(case, "JPN", "KOR")
    assert sorted(one.third for one in brief.gap.lines) == ["CHN", "RUS"]
    assert brief.gap.beside == ()


def test_scores_of_others_only_are_said_to_have_no_third_party(tmp_path: Path) -> None:
    brief = brief_on(with_scores(tmp_path, {"DEU-FRA": (0.5, 0.5)}))
    assert brief.gap.why_not == "No gap is measured: the data have no third party with which both have a tie."


def test_all_formats_have_the_numbers_and_the_authors(tmp_path: Path) -> None:
    brief = gap_brief(tmp_path)
    for text in (to_markdown(brief), to_html(brief), to_json(brief)):
        assert "2021-H1" in text
        assert "Ann One" in text
    assert "| Russia | 2021-H1 | +0.75 | +0.12 | [+0.62](#row-gap-RUS-2021-H1) |" in to_markdown(brief)
    assert to_docx(brief) == to_docx(brief)


def acts_case(tmp_path: Path) -> Case:
    """Half a year of weekly acts towards Russia: Ukraine's hostile, Japan's friendly and then hostile."""
    rows = []
    for week in range(27):
        at = date(2019, 1, 1) + timedelta(weeks=week)
        for sender, sign in (("UKR", -1), ("JPN", 1 if at.month < 4 else -1)):
            made = event(f"{sender}{week}", 0, sender, "RUS", "CONSULT" if sign > 0 else "COERCE", sign)
            rows.append({**made, "date_start": at, "date_end": at})
    rows[-1] |= {"date_start": date(2019, 6, 30), "date_end": date(2019, 6, 30)}
    case = brief_case(tmp_path)
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, EVENT_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    case.store.import_files(find_reader("comity"), [path], case.registry)
    return open_case(case.path)


def test_without_scores_the_gap_is_measured_on_imported_acts_by_quarter(tmp_path: Path) -> None:
    brief = brief_on(acts_case(tmp_path), "JPN", "UKR")
    (russia,) = brief.gap.lines
    first, second = russia.periods
    assert (first.label, second.label) == ("2019-Q1", "2019-Q2")
    assert first.tie_a is not None
    assert second.tie_a is not None
    assert first.tie_a > 0 > second.tie_a
    (behind,) = (one for one in brief.counts if one.row == first.row)
    assert (
        "26 acts of event data, the first 25" in behind.label
    )  # 13 weeks, 1 January to 26 March, two senders
    assert set(behind.acts) <= {one.row for one in brief.evidence}
    assert f'href="#row-{first.row}"' in to_html(brief)
