"""The page in a real browser: no request, no overflow, reached by keyboard, nothing serious from axe."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from comity.cases import open_case
from comity.workbench.brief import to_html

from .brief_case import brief_on
from .test_brief_data import with_data

pytestmark = pytest.mark.browser

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
SERIOUS = {"serious", "critical"}
# Beside its usual rules axe checks the size of targets only when asked.
ASKED = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the embedded case."""
    path: Path = tmp_path_factory.mktemp("page") / "brief.html"
    path.write_text(to_html(brief_on(open_case("japan-nato"))), "utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def small_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small page with every kind of part, on which axe is quick."""
    folder = tmp_path_factory.mktemp("small")
    path: Path = folder / "brief.html"
    path.write_text(to_html(brief_on(with_data(folder, attached=True), "RUS", "UKR")), "utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    settings = {"viewport": {"width": 1280, "height": 900}} | getattr(request, "param", {})
    context = browser.new_context(**settings)
    opened = context.new_page()
    opened.asked = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.goto(address)
    yield opened
    context.close()


PHONE = {"viewport": {"width": 390, "height": 844}}


def test_axe_finds_nothing_serious_in_the_embedded_brief(page: Any) -> None:
    assert serious(page) == []


@pytest.mark.parametrize(
    "page",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE],
    ids=["light", "dark", "phone"],
    indirect=True,
)
def test_axe_finds_nothing_serious_in_a_small_brief(page: Any, small_address: str) -> None:
    page.goto(small_address)
    assert serious(page) == []


def serious(page: Any) -> list[tuple[str, str, int, str]]:
    """Name what axe finds, with all that can be opened open."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = axe.Axe().run(page, options=ASKED).response["violations"]
    return [
        (one["id"], one["impact"], len(one["nodes"]), one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in SERIOUS
    ]


def test_the_page_asks_for_nothing_but_itself(page: Any, address: str) -> None:
    page.wait_for_timeout(300)
    assert page.asked == [address]


@pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)
def test_nothing_runs_over_the_edge_of_a_phone(page: Any) -> None:
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], ids=["no script"], indirect=True)
def test_the_page_works_without_javascript(page: Any) -> None:
    page.locator("a", has_text="What is not known").first.click()
    assert page.url.endswith("#unknown")
    summary = page.locator("summary").first
    summary.click()
    assert page.locator("details[open]").count() == 1


def test_tab_reaches_the_marks_of_the_figures(page: Any) -> None:
    page.locator("section#record a").first.focus()
    reached = []
    for _ in range(25):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "[document.activeElement.namespaceURI, document.activeElement.getAttribute('aria-label')]"
            )
        )
    marks = [label for space, label in reached if space == "http://www.w3.org/2000/svg"]
    assert len(marks) > 5
    assert all(marks)


def test_the_focus_can_be_seen_on_a_mark(page: Any) -> None:
    mark = page.locator("section#record svg a").first
    before = mark.screenshot()
    mark.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert mark.screenshot() != before


def test_a_mark_leads_to_its_row_which_lights_up(page: Any) -> None:
    mark = page.locator("section#record svg a[href^='#row-E']").first
    target = mark.get_attribute("href")
    mark.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(target)
    lit = page.evaluate("getComputedStyle(document.querySelector(':target')).boxShadow")
    assert "inset" in lit


def test_the_page_prints_on_a4(page: Any) -> None:
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    assert content.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594" in content or b"/MediaBox [0 0 595" in content
