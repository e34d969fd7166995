"""Pages for marketing and managers in a real Chromium on a phone, from the mails: by keyboard, by touch, no script."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.integration.marketing import MARIA, hire_marketing
from tests.integration.world import LEE, MO, PUBLIC_URL, World
from tools.browser import browser

WIDTH, HEIGHT = 360, 740
LEAST_TARGET = 44
"""Of what is touched, in pixels: WCAG 2.2, 2.5.5."""
Look = Literal["light", "dark"]
TOO_SMALL = f"""all => all.filter(e => e.getClientRects().length)
  .map(e => (e.closest('.choice') ?? e).getBoundingClientRect())
  .filter(b => b.height < {LEAST_TARGET} || b.width < {LEAST_TARGET}).length"""
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
PEOPLE = ("Anna", "Bert", "Cora")
OPEN_QUESTIONS = ("help", "infrastructure", "decision")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture
def in_review(world: World) -> World:
    """Three people of companies in Logistics are MQLs, and their reviews are due: Maria has the mails."""
    hire_marketing(world)
    for name in PEOPLE:
        email = f"{name.lower()}@{name.lower()}.example.net"
        read = {"email": email, "kind": "content_downloaded", "content": {"id": "guide"}, "message_id": f"{name}-1"}
        visit = {"email": email, "message_id": f"{name}-2"}
        known = {"industry": "Logistics", "first_name": name, "company": f"{name} GmbH"}
        assert world.send_signals(read, {**visit, "properties": known}).json()["accepted"] == 2
    world.settle()
    world.wait(DAY)
    world.wait(2 * MINUTE)
    return world


@pytest.fixture
def late(world: World) -> World:
    """Nobody has accepted Anna's request in time: Mo, the manager, has the mail; Lee is away."""
    world.hire(LEE, away=[{"from": "2026-11-01", "to": "2027-01-04"}])
    assert world.send_form(first_name="Anna", company="Schmidt GmbH").status == 202
    world.settle()
    world.wait(31 * MINUTE)
    return world


def links(world: World, to: str, path: str) -> list[str]:
    """All links of this kind in a reader's mails, in the order in which they came out of the mailbox."""
    texts = [mail.text for mail in world.mails if to in mail.to]
    return list(dict.fromkeys(re.findall(rf"{PUBLIC_URL}/{path}/\S+", "\n".join(texts))))


def opened(world: World, context: BrowserContext) -> Page:
    """A page whose requests the functions answer."""

    def answer(route: Route) -> None:
        asked = route.request
        headers = {"Content-Type": asked.headers.get("content-type", "")}
        path = asked.url.removeprefix(PUBLIC_URL)
        told = world.ask(asked.method, path, asked.post_data_buffer, headers=headers)
        route.fulfill(status=told.status, headers=told.headers, body=told.body)

    context.route(f"{PUBLIC_URL}/**", answer)
    return context.new_page()


def at(page: Page, wanted: Locator) -> Locator:
    """Go to something by the keyboard alone."""
    for _ in range(80):
        if wanted.evaluate("each => each === document.activeElement"):
            return wanted
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted}")


def choose(page: Page, group: str, label: str) -> None:
    """Choose one of a group of radio buttons by the keyboard: to the group, then by the arrows."""
    asked = page.locator("fieldset").filter(has_text=group)
    buttons, wanted = asked.get_by_role("radio"), asked.get_by_label(label)
    for _ in range(80):
        if any(each.evaluate("each => each === document.activeElement") for each in buttons.all()):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(buttons.count() * 2):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach {label}")


def press(page: Page, name: str) -> None:
    at(page, page.get_by_role("button", name=name))
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_marketing_reviews_three_leads_from_the_mails_by_keyboard_without_script(
    in_review: World, chromium: Browser
) -> None:
    found = links(in_review, MARIA, "reviews")
    assert len(found) == 6, "when it began, and a reminder"
    with chromium.new_context(java_script_enabled=False, viewport={"width": WIDTH, "height": HEIGHT}) as context:
        page = opened(in_review, context)
        page.goto(found[0])
        expect(page.get_by_text("Known: industry: Logistics.")).to_be_visible()
        choose(page, "What becomes of this lead?", "Sales gets it")
        expect(page.get_by_label("When is it looked at again?")).to_be_hidden()
        press(page, "Give this verdict")
        lacking = page.get_by_text("A good fit needs a yes here")
        expect(lacking).to_have_count(len(OPEN_QUESTIONS))
        expect(page.get_by_label("Sales gets it")).to_be_checked()
        for question in ("Can we help them", "Does what they run", "Does this person decide"):
            choose(page, question, "Yes")
        press(page, "Give this verdict")
        expect(page.get_by_role("heading")).to_have_text("Sales has it")

        page.goto(found[1])
        choose(page, "What becomes of this lead?", "Not now")
        when = page.get_by_label("When is it looked at again?")
        expect(when).to_have_value("2027-02-23")
        when.fill("2027-03-01")
        press(page, "Give this verdict")
        expect(page.get_by_text("It is back in the review on 1 March 2027")).to_be_visible()

        page.goto(found[2])
        press(page, "I am on it")
        expect(page.get_by_text(f"{MARIA}, until")).to_be_visible()
        choose(page, "What becomes of this lead?", "We cannot help them")
        press(page, "Give this verdict")
        why = page.get_by_label("Why?")
        expect(why).to_be_focused()
        expect(why).to_have_accessible_description("Say why we cannot help them.")
        page.keyboard.type("They resell what we make.")
        press(page, "Give this verdict")
        expect(page.get_by_role("heading")).to_have_text("Kept as no fit")
    assert sorted(lead.status for lead in in_review.stack.leads()) == ["disqualified", "parked", "with_sales"]
    in_review.stack.must_be_consistent()


def test_a_manager_reassigns_a_late_lead_from_the_mail_by_keyboard_without_script(
    late: World, chromium: Browser
) -> None:
    [link] = links(late, MO, "reassignments")
    with chromium.new_context(java_script_enabled=False, viewport={"width": WIDTH, "height": HEIGHT}) as context:
        page = opened(late, context)
        page.goto(link)
        expect(page.get_by_text(f"{LEE} is away until 4 January 2027")).to_be_visible()
        choose(page, "To whom does it go?", "I take it myself")
        press(page, "Reassign it")
        expect(page.get_by_role("heading")).to_have_text("It has a new owner")
    handoff = late.stack.lead().handoff
    assert handoff
    assert (handoff.owner, handoff.assigned_because) == (MO, "accept is overdue")


def check(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    found = Axe().run(page)
    assert not found.violations_count, found.generate_report()
    assert [each["id"] for each in found.response["incomplete"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), title
    assert page.eval_on_selector_all("a, button, input, select, textarea", TOO_SMALL) == 0, title


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_pages_for_marketing_pass_an_accessibility_check_and_fit_a_phone(
    in_review: World, chromium: Browser, look: Look
) -> None:
    first, second, *_ = links(in_review, MARIA, "reviews")
    with chromium.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True, is_mobile=True, color_scheme=look
    ) as context:
        page = opened(in_review, context)
        page.goto(first)
        check(page, "Review this lead")
        page.get_by_label("Sales gets it").tap()
        page.get_by_role("button", name="Give this verdict").tap()
        check(page, "Review this lead")
        page.get_by_label("Not now").tap()
        check(page, "Review this lead")
        page.get_by_role("button", name="Give this verdict").tap()
        check(page, "Parked")
        page.goto(second)
        page.get_by_role("button", name="I am on it").tap()
        check(page, "Review this lead")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_page_for_a_manager_passes_an_accessibility_check_and_fits_a_phone(
    late: World, chromium: Browser, look: Look
) -> None:
    [link] = links(late, MO, "reassignments")
    with chromium.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True, is_mobile=True, color_scheme=look
    ) as context:
        page = opened(late, context)
        page.goto(link)
        check(page, "Reassign this lead")
        page.get_by_label("is free").tap()
        page.get_by_label("Why?").fill("")
        page.get_by_role("button", name="Reassign it").tap()
        check(page, "Reassign this lead")
        expect(page.get_by_text("Say why; the new owner reads it.")).to_be_visible()
        page.get_by_label("Why?").fill("on holiday")
        page.get_by_role("button", name="Reassign it").tap()
        check(page, "It has a new owner")
