"""The page of all reports in a real Chromium: on a phone and a desk, in the light and in the dark, and on paper."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from baton.domain.reports.rows.periods import Divided
from baton.outreach.reports.report_page import report_page
from tests.e2e.browsers import as_new
from tests.e2e.test_trial_page import DESK, OUTSIDE, OVERLAPPING
from tests.unit.outreach.report_page_example import A_WEEK, TWELVE_WEEKS, MadeUpRows, example

DAYS = A_WEEK._replace(start=datetime(2026, 9, 28, 22, tzinfo=UTC))
PHONE, A_PAGE = 390, re.compile(rb"/Type\s*/Page\b")
PAGES = {
    "a week": example,
    "a quarter by weeks, with the one before": lambda: example(TWELVE_WEEKS, Divided("week", before=True)),
    "a week of a large company": lambda: example(rows=MadeUpRows(handoffs=3000, names=25)),
    "62 days of a large company, with those before": lambda: example(
        DAYS, Divided("day", before=True), MadeUpRows(handoffs=3000, names=25)
    ),
}
MOST_PAGES = {"62 days of a large company, with those before": 6}
"""So many pages of A4 a report has at most, if not four: one with all that can be asked for in one call."""
every_page = pytest.mark.parametrize("name", PAGES)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    pages = {name: folder / f"{number}.html" for number, name in enumerate(PAGES)}
    for name, path in pages.items():
        path.write_text(report_page(PAGES[name]()), encoding="utf-8")
    return pages


@contextmanager
def shown(chromium: Browser, path: Path, width: int, look: Literal["light", "dark"]) -> Iterator[Page]:
    with as_new(chromium, viewport={"width": width, "height": 900}, color_scheme=look) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        yield page


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_accessibility_check_finds_no_fault_in_the_page_of_reports(
    chromium: Browser, written: dict[str, Path], width: int, look: Literal["light", "dark"]
) -> None:
    with shown(chromium, written["a quarter by weeks, with the one before"], width, look) as page:
        found = Axe().run(page)
        assert not found.violations_count, found.generate_report()
        unsure = {each["id"] for each in found.response["incomplete"]}
        assert unsure <= {"color-contrast"}, "axe judges no contrast of text in SVG; a unit test does, by number"


@every_page
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_page_of_reports_fits_its_screen_and_no_words_of_a_picture_lie_on_others(
    chromium: Browser, written: dict[str, Path], name: str, width: int
) -> None:
    with shown(chromium, written[name], width, "light") as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.eval_on_selector_all("svg text", OUTSIDE) == []
        assert page.eval_on_selector_all("svg", OVERLAPPING) == []


@every_page
def test_the_page_of_reports_prints_on_four_pages_or_with_all_that_can_be_asked_for_on_six_dark_on_light(
    chromium: Browser, written: dict[str, Path], name: str
) -> None:
    with shown(chromium, written[name], 703, "dark") as page:
        printed = page.pdf(prefer_css_page_size=True)
        assert 1 < len(A_PAGE.findall(printed)) <= MOST_PAGES.get(name, 4)
        page.emulate_media(media="print")
        assert page.eval_on_selector_all(
            "table", "all => all.every(t => t.getBoundingClientRect().right <= innerWidth)"
        )
        fill = page.eval_on_selector("svg text", "text => getComputedStyle(text).fill")
        assert fill in ("rgb(0, 0, 0)", "rgb(51, 51, 51)"), "a figure is black, what stands at an axis a dark grey"
        behind = page.eval_on_selector_all(
            "figure:not(.bare) + .wide", "all => all.map(each => getComputedStyle(each).display)"
        )
        assert {*behind} == {"none"}, "each figure stands in its picture, if it is not bare"
