"""The same brief in every format: nothing runs, nothing is fetched, the bytes repeat."""

import io
import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from comity.provenance import UsageError
from comity.workbench.brief import Brief, render, to_docx, to_html, to_json, to_markdown
from comity.workbench.brief.html import MOST_BYTES, build_environment
from comity.workbench.brief.markdown import escape, safe

from .brief_case import ATTACK, EVENTS, FORMULA, brief_case, brief_on, with_summary


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    return brief_on(brief_case(tmp_path_factory.mktemp("brief"), attached=True))


def test_the_page_has_no_script_and_asks_for_nothing(brief: Brief) -> None:
    page = to_html(brief)
    tree = html.fromstring(page)
    assert not tree.findall(".//script")
    assert not tree.findall(".//link")
    assert not tree.findall(".//img")
    policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']")
    assert policy.get("content") == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert not re.findall(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)


def test_every_link_of_the_page_leads_somewhere_in_it(brief: Brief) -> None:
    tree = html.fromstring(to_html(brief))
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    links = {one.get("href") for one in tree.iter("a")}
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_headings_go_down_one_step_at_a_time(brief: Brief) -> None:
    levels = [int(one.tag[1]) for one in html.fromstring(to_html(brief)).iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_the_passage_is_marked_in_its_paragraph(brief: Brief) -> None:
    marked = [one.text for one in html.fromstring(to_html(brief)).iter("mark")]
    assert "Kishida came to Madrid" in marked


def test_hostile_words_show_as_words(tmp_path: Path) -> None:
    brief = brief_on(brief_case(tmp_path, events=with_summary(f"{ATTACK} {FORMULA}")))
    tree = html.fromstring(to_html(brief))
    assert not tree.findall(".//script")
    assert f"{ATTACK} {FORMULA}" in tree.text_content()
    assert "<script" not in to_markdown(brief)
    assert ATTACK in "\n".join(words_of(to_docx(brief)))


def test_a_formula_does_not_start_a_cell(tmp_path: Path) -> None:
    brief = brief_on(brief_case(tmp_path, events=with_summary(FORMULA)))
    assert not re.search(r"(?m)(^|\| *)=HYPERLINK", to_markdown(brief))
    assert not any(one.startswith("=") for one in words_of(to_docx(brief)))


@given(st.text(max_size=60))
def test_no_text_escapes_in_markdown(text: str) -> None:
    written = escape(safe(text))
    assert "<" not in written
    assert "\n" not in written
    assert not re.search(r"(?<!\\)(\\\\)*[`\[\]|]", written)


def test_a_long_case_stays_under_a_megabyte_and_says_what_was_left_out(tmp_path: Path) -> None:
    many = [
        {**EVENTS[0], "id": f"E{n}", "event_key": "", "summary": f"Act {n} " + "long words " * 60}
        for n in range(900)
    ]
    brief = brief_on(brief_case(tmp_path, events=many))
    page = to_html(brief)
    assert len(page.encode()) < MOST_BYTES
    assert "500 acts" in brief.chronology.left_out  # 900 - 400
    assert "To keep this file under one megabyte it leaves out" in page
    tree = html.fromstring(page)
    ids = {one.get("id") for one in tree.iter() if one.get("id")}
    assert {one.get("href").removeprefix("#") for one in tree.iter("a")} <= ids


def test_json_holds_everything_and_reads_back(brief: Brief) -> None:
    content = json.loads(to_json(brief))
    assert content["format"] == "comity.brief/1"
    assert content["a"] == "JPN"
    assert content["today"] == "2026-05-01"
    assert len(content["evidence"]) == len(brief.evidence)


def test_markdown_links_lead_to_anchors(brief: Brief) -> None:
    text = to_markdown(brief)
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links
    assert links <= set(re.findall(r'<a id="([^"]+)">', text))


def test_a_word_file_has_headings_tables_and_links_that_lead_somewhere(brief: Brief) -> None:
    content = to_docx(brief)
    document = docx.Document(io.BytesIO(content))
    assert document.paragraphs[0].text == "Japan and NATO"
    assert document.core_properties.title == "Japan and NATO"
    assert len(document.tables) > 3
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    links = {one.get(f"{space}anchor") for one in tree.iter(f"{space}hyperlink")}
    marks = [one.get(f"{space}name") for one in tree.iter(f"{space}bookmarkStart")]
    assert links
    assert links <= set(marks)
    assert len(marks) == len(set(marks))


@pytest.mark.parametrize("form", ["html", "md", "json", "docx"])
def test_the_same_brief_gives_the_same_bytes(brief: Brief, form: str) -> None:
    assert render(brief, form) == render(brief, form)


def test_an_unknown_format_is_refused(brief: Brief) -> None:
    with pytest.raises(UsageError, match="One of html, md, json, docx"):
        render(brief, "pdf")


def test_a_pair_without_data_gets_a_page(tmp_path: Path) -> None:
    page = to_html(brief_on(brief_case(tmp_path), "BRA", "THA"))
    assert "What is missing, and how to add it" in page


def words_of(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def test_a_broken_file_of_compiled_templates_costs_nothing_but_time(
    brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = to_html(brief)
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    build_environment.cache_clear()
    assert to_html(brief) == good
    kept = sorted((tmp_path / "cache").rglob("*.bytes"))
    assert kept
    for path in kept:
        path.write_bytes(path.read_bytes()[:-40])
    build_environment.cache_clear()
    assert to_html(brief) == good
