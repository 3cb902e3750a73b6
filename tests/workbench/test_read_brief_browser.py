"""From a text to a page: read, reviewed, and every row of the brief opens its passage, highlighted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from comity.documents import MissingPartError
from comity.documents.model import load_model
from comity.workbench import main
from tests.conftest import missing

from .test_brief_browser import ARGUMENTS

pytestmark = pytest.mark.browser

TEXT = """Three Years on the Lake

In May 2011, Kenya and Uganda signed an agreement on the lake. Kenya imposed sanctions on Uganda in June 2012.
President Museveni said that “the lake is large enough for all of us and our children.”

Uganda pledged $20 million to Kenya by 2019. In March 2013, Uganda lifted the sanctions on Kenya.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case made by reading a text, all its drafts but one accepted."""
    try:
        load_model()
    except MissingPartError as error:
        missing("read", str(error))
    made: Path = tmp_path_factory.mktemp("lake")
    text, case = made / "lake.txt", made / "mine"
    text.write_text(TEXT, "utf-8")
    assert main(["new", str(case)]) == 0
    assert main(["read", str(text), "--written", "2014-01-01", "--case", str(case)]) == 0
    signed = ["--case", str(case), "--by", "Ann", "--today", "2014-02-01"]
    assert main(["review", "--accept-all-of", "lake", *signed]) == 0
    assert main(["review", "--undo", *signed]) == 0  # one stays a draft
    asked = ["brief", "KEN", "UGA", "--case", str(case), "--today", "2014-02-01"]
    assert main([*asked, "-o", str(made / "brief.html")]) == 0
    assert main([*asked, "--with-drafts", "-o", str(made / "drafts.html")]) == 0
    return made


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, folder: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((folder / getattr(request, "param", "brief.html")).as_uri())
    yield opened
    context.close()


def passage_at(page: Any, row: str) -> tuple[str, str]:
    """Give the highlighted words of a row, and the paragraph around them."""
    entry = page.locator(f"[id='{row.removeprefix('#')}']")
    return entry.locator("blockquote mark").inner_text(), entry.locator("blockquote").inner_text()


def test_every_mark_of_the_timeline_lands_on_a_highlighted_passage(page: Any) -> None:
    marks = page.locator("section#record svg a[href^='#row-E']")
    targets = sorted({marks.nth(i).get_attribute("href") for i in range(marks.count())})
    assert len(targets) >= 2
    for target in targets:
        words, paragraph = passage_at(page, target)
        assert words
        assert words in paragraph
        assert " ".join(words.split()) in " ".join(TEXT.split())


def test_a_mark_that_is_followed_shows_the_words(page: Any) -> None:
    page.locator("section#record svg a[href^='#row-E']").first.focus()
    page.keyboard.press("Enter")
    assert "#row-E" in page.url
    words, _ = passage_at(page, page.url.partition("#")[2])
    assert "Kenya" in words


def test_every_number_of_a_table_leads_to_acts_with_highlighted_passages(page: Any) -> None:
    numbers = page.locator("section#chronology table a[href^='#row-E']")
    assert numbers.count() >= 2
    for i in range(numbers.count()):
        words, _ = passage_at(page, numbers.nth(i).get_attribute("href"))
        assert words


def test_a_pledge_and_its_figure_lead_to_the_sentence(page: Any) -> None:
    links = page.locator("section#pledges a[href^='#row-P']")
    assert links.count() >= 1
    words, _ = passage_at(page, links.first.get_attribute("href"))
    assert "$20 million" in words


def test_every_entry_of_the_evidence_has_its_passage(page: Any) -> None:
    entries = page.locator("ol.evidence > li")
    assert entries.count() >= 4
    assert page.locator("ol.evidence > li blockquote mark").count() == entries.count()


@pytest.mark.parametrize("page", ["drafts.html"], indirect=True)
def test_the_draft_is_marked_where_it_stands_and_in_its_evidence(page: Any) -> None:
    drafts = page.locator("ol.evidence > li", has_text="a draft that nobody has reviewed")
    assert drafts.count() == 1
    assert drafts.first.locator("mark").count() == 1
    assert page.locator("header", has_text="nobody has reviewed").count() == 1


def test_without_drafts_the_page_does_not_speak_of_them(page: Any) -> None:
    assert "nobody has reviewed" not in page.content()
