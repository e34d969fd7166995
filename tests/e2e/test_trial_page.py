"""The page of a trial in a real Chromium: on a phone and a desk, in the light and in the dark, and on paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from baton.outreach.trials.trial_page import trial_page
from tests.e2e.browsers import as_new
from tests.unit.outreach.trial_page_example import example

PHONE, DESK, A4 = 360, 1280, 680
OUTSIDE = (
    "texts => texts.filter(t => { const b = t.getBoundingClientRect(); return b.left < 0 || b.right > innerWidth })"
)
OVERLAPPING = """pictures => pictures.flatMap(picture => {
  const texts = [...picture.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()])
  return texts.flatMap(([one, a], place) => texts.slice(place + 1).filter(([_, b]) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4
  ).map(([other]) => [one, other]))
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("trial") / "trial.html"
    path.write_text(trial_page(example()), encoding="utf-8")
    return path.as_uri()


@contextmanager
def shown(chromium: Browser, address: str, width: int, look: Literal["light", "dark"]) -> Iterator[Page]:
    with as_new(chromium, viewport={"width": width, "height": 900}, color_scheme=look) as context:
        page = context.new_page()
        page.goto(address)
        yield page


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_accessibility_check_finds_no_fault_in_the_page(
    chromium: Browser, address: str, width: int, look: Literal["light", "dark"]
) -> None:
    with shown(chromium, address, width, look) as page:
        found = Axe().run(page)
        assert not found.violations_count, found.generate_report()
        unsure = {each["id"] for each in found.response["incomplete"]}
        assert unsure <= {"color-contrast"}, "axe judges no contrast of text in SVG; a unit test does, by number"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_page_fits_its_screen_and_no_words_of_a_picture_lie_on_others(
    chromium: Browser, address: str, width: int
) -> None:
    with shown(chromium, address, width, "light") as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.eval_on_selector_all("svg text", OUTSIDE) == []
        assert page.eval_on_selector_all("svg", OVERLAPPING) == []


def test_the_page_fits_a4_paper_and_prints_dark_on_light_from_a_dark_screen(chromium: Browser, address: str) -> None:
    with shown(chromium, address, A4, "dark") as page:
        page.emulate_media(media="print")
        assert page.eval_on_selector_all(
            "table", "all => all.every(t => t.getBoundingClientRect().right <= innerWidth)"
        )
        ink = page.eval_on_selector("svg text.strong", "text => getComputedStyle(text).fill")
        assert ink == "rgb(0, 0, 0)"
