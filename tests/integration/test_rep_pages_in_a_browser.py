"""A rep's pages in a real Chromium on a phone, from a mail's link: by keyboard, by touch, without script."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.integration.world import PUBLIC_URL, World
from tools.browser import browser

WIDTH, HEIGHT = 360, 740
LEAST_TARGET = 44
"""Of what is touched, in pixels: WCAG 2.2, 2.5.5."""
Look = Literal["light", "dark"]
TOO_SMALL = f"""all => all.filter(e => e.getClientRects().length)
  .map(e => (e.closest('.choice') ?? e).getBoundingClientRect())
  .filter(b => b.height < {LEAST_TARGET} || b.width < {LEAST_TARGET}).length"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture
def offered(world: World) -> World:
    """Anna's request was offered to Kim or Sam, who has the alert."""
    assert world.send_form(first_name="Anna", company="Schmidt GmbH").status == 202
    world.settle()
    return world


def opened(world: World, context: BrowserContext) -> Page:
    """A page whose requests the functions answer, on the page of the link that the alert has."""

    def answer(route: Route) -> None:
        asked = route.request
        headers = {"Content-Type": asked.headers.get("content-type", "")}
        path = asked.url.removeprefix(PUBLIC_URL)
        told = world.ask(asked.method, path, asked.post_data_buffer, headers=headers)
        route.fulfill(status=told.status, headers=told.headers, body=told.body)

    context.route(f"{PUBLIC_URL}/**", answer)
    page = context.new_page()
    page.goto(f"{PUBLIC_URL}{world.mails[0].link('accept')}")
    return page


@pytest.fixture
def plain(offered: World, chromium: Browser) -> Iterator[Page]:
    """The accept page in a browser that runs no script."""
    with chromium.new_context(java_script_enabled=False, viewport={"width": WIDTH, "height": HEIGHT}) as context:
        yield opened(offered, context)


def at(page: Page, wanted: Locator) -> Locator:
    """Go to something by the keyboard alone."""
    for _ in range(60):
        if wanted.evaluate("each => each === document.activeElement"):
            return wanted
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted}")


def press(page: Page, wanted: Locator) -> None:
    at(page, wanted)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_a_rep_accepts_logs_a_call_with_what_they_learned_and_closes_by_keyboard_without_script(
    offered: World, plain: Page
) -> None:
    expect(plain.get_by_text("Schmidt GmbH")).to_be_visible()
    press(plain, plain.get_by_role("button", name="Accept this lead"))
    expect(plain.get_by_role("heading")).to_have_text("The lead is yours")

    press(plain, plain.get_by_role("link", name="Log that you reached out"))
    expect(plain.get_by_label("How much?")).to_be_hidden()
    at(plain, plain.get_by_label("I reached them")).press("Space")
    for question in plain.get_by_label("Answer", exact=True).all():
        at(plain, question).press("y")
    at(plain, plain.get_by_label("How much?")).type("48k EUR")
    press(plain, plain.get_by_role("button", name="Log it"))
    expect(plain.get_by_text("It is a sales qualified lead.")).to_be_visible()
    lead = offered.stack.lead()
    assert lead.handoff
    assert (lead.stage, lead.handoff.state, lead.bant["budget"].value) == ("sql", "contacted", "48k EUR")

    press(plain, plain.get_by_role("link", name="Say how it ended"))
    at(plain, plain.get_by_label("Won")).press("Space")
    amount = plain.get_by_label("For how much?")
    at(plain, amount).type("a lot")
    press(plain, plain.get_by_role("button", name="Close this lead"))
    expect(amount).to_be_focused()
    expect(amount).to_have_value("a lot")
    expect(amount).to_have_accessible_description(re.compile("^The amount must read as a number"))
    amount.fill("48000")
    press(plain, plain.get_by_role("button", name="Close this lead"))
    expect(plain.get_by_role("heading")).to_have_text("Won")
    offered.stack.must_be_consistent()


def test_the_date_is_asked_for_only_with_a_reason_that_parks_the_lead(offered: World, plain: Page) -> None:
    plain.goto(f"{PUBLIC_URL}{offered.mails[0].link('return')}")
    when = plain.get_by_label("When will the time be right?")
    expect(when).to_be_hidden()
    plain.locator("[data-opens]").check()
    expect(when).to_be_visible()
    plain.locator("[name=reason]:not([data-opens])").first.check()
    expect(when).to_be_hidden()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_reps_pages_pass_an_accessibility_check_and_fit_a_phone(
    offered: World, chromium: Browser, look: Look
) -> None:
    seen = []

    def check(page: Page, title: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        found = Axe().run(page)
        assert not found.violations_count, found.generate_report()
        assert [each["id"] for each in found.response["incomplete"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), title
        assert page.eval_on_selector_all("a, button, input, select, textarea", TOO_SMALL) == 0, title
        seen.append(title)

    with chromium.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True, is_mobile=True, color_scheme=look
    ) as context:
        page = opened(offered, context)
        check(page, "Accept this lead?")
        page.get_by_role("button").tap()
        check(page, "The lead is yours")
        its_page = page.url
        for link, title in (
            ("Note what you learned", "What did you learn?"),
            ("Say how it ended", "Close this lead?"),
            ("Return it, or park it for later", "Return this lead?"),
            ("Pass it to a colleague", "Pass this lead on"),
            ("My open leads", "My open leads"),
            ("My leave", "My leave"),
            ("Log that you reached out", "Log that you reached out"),
        ):
            page.goto(its_page)
            page.get_by_role("link", name=link).tap()
            check(page, title)
        page.get_by_label("I reached them").tap()
        check(page, "Log that you reached out")
        page.get_by_label("When do you speak next?").fill("2026-01-01T10:00")
        page.get_by_role("button").tap()
        expect(page.get_by_text("The time must be later than now")).to_be_visible()
        check(page, "Log that you reached out")
    assert len(seen) == 11
