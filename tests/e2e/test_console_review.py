"""Marketing's first minute on the screen Review: by keys alone, beside a colleague, on a phone, several at once."""

import re
import time

from playwright.sync_api import Page, Route

from tests.e2e.at_work import AtWork, read, somebody
from tests.e2e.browsers import expect
from tests.e2e.console import EMAILS, PHONE, Console, has_no_fault
from tests.e2e.keyboard import Keyboard
from tests.e2e.signals import GUIDE, PRICES, became, signal

KNOWN = {"industry": "Logistics", "title": "Head of Logistics", "infrastructure": "SAP", "company": "Nordsee Logistik"}
SECONDS = 50


def came(baton: AtWork, fair: str, *names: str) -> list[str]:
    """The ids of leads that marketing is to review, due in the order of their names."""
    ids = []
    for name in names:
        email = somebody(name.lower())
        results = became(
            baton,
            signal(email, "content_downloaded", content=GUIDE, source=fair, properties={**KNOWN, "first_name": name}),
            signal(email, "page_visited", content=PRICES, source=fair),
        )
        ids.append(results[0]["lead_id"])
    baton.listed(*ids, owner="marketing", source=fair)
    return ids


def statuses(baton: AtWork, ids: list[str]) -> list[str]:
    return [baton.lead(each)["status"] for each in ids]


def shows(page: Page, name: str) -> None:
    expect(page.locator(".review-lead > .head h2")).to_have_text(re.compile(f"^{name}"))


def test_three_leads_are_reviewed_within_fifty_seconds_by_keys_alone(
    console: Console, baton: AtWork, fair: str
) -> None:
    ids = came(baton, fair, "Anna", "Ben", "Cleo")
    with console.signed_in("maria", at=f"/review?source={fair}") as page:
        shows(page, "Anna")
        has_no_fault(page)
        begun, keys, done = time.monotonic(), page.keyboard, page.locator(".review-done")

        expect(page.locator("fieldset.current")).to_contain_text("Can we help them")
        keys.press("y")
        keys.press("1")
        expect(page.get_by_role("button", name="Hand it to sales")).to_be_focused()
        keys.press("Enter")
        shows(page, "Ben")
        keys.press("2")
        expect(page.get_by_label("Until when?")).to_be_focused()
        keys.press("Enter")
        shows(page, "Cleo")
        keys.press("3")
        keys.type("resells what we make")
        keys.press("Enter")
        expect(done).to_contain_text("kept as no fit")

        assert time.monotonic() - begun < SECONDS
        assert statuses(baton, ids) == ["with_sales", "parked", "disqualified"]
        keys.press("z")
        shows(page, "Cleo")
        expect(page.locator(".review-lead .note")).to_contain_text("resells what we make")
        keys.press("4")
        keys.press("Enter")
        expect(done).to_contain_text("nurtured further")
        assert statuses(baton, ids[2:]) == ["nurturing"]
        expect(page.get_by_text("No lead is left in this view.").last).to_be_visible()


def test_a_colleague_who_is_on_it_or_was_faster_is_seen_and_nothing_typed_is_lost(
    console: Console, baton: AtWork, fair: str
) -> None:
    [anna] = came(baton, fair, "Anna")
    read(baton.admin.post(f"/leads/{anna}/review/claim", json={}))
    with console.signed_in("maria", at=f"/review?source={fair}") as page:
        note = page.locator(".review-lead .note").first
        expect(note).to_contain_text(f"{EMAILS['ada']} is on it")
        page.keyboard.press("3")
        page.keyboard.type("too small")
        expect(page.locator(".review-bar")).to_contain_text(f"{EMAILS['ada']} is on this lead, too")
        read(baton.admin.post(f"/leads/{anna}/review", json={"verdict": "bad_timing", "reason": "next year"}))
        sent: list[Route] = []

        def hold(route: Route) -> None:
            sent.append(route)

        page.route(re.compile(f"/v1/leads/{anna}/review$"), hold)
        with page.expect_request(re.compile(f"/v1/leads/{anna}/review$")):
            page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Not now").click()
        expect(page.get_by_role("button", name="No fit", exact=True)).to_have_attribute("aria-pressed", "true")
        sent[0].fallback()
        expect(note).to_contain_text("next year")
        expect(note).to_contain_text("too small")
        expect(page.get_by_label("Why?")).to_have_value("too small")
    assert statuses(baton, [anna]) == ["parked"]


def test_on_a_phone_one_goes_from_the_list_to_a_lead_and_on_to_the_next(
    console: Console, baton: AtWork, fair: str
) -> None:
    ids = came(baton, fair, "Anna", "Ben")
    with console.signed_in("maria", PHONE, at=f"/review?source={fair}") as page:
        expect(page.locator(".list-row")).to_have_count(2)
        page.locator(".list-row").first.tap()
        shows(page, "Anna")
        has_no_fault(page)
        hand, no_fit = Keyboard(page), page.get_by_role("button", name="No fit")
        expect(no_fit).to_be_in_viewport(ratio=1)
        hand.leave_screen()
        no_fit.tap()
        expect(page.get_by_label("Why?")).to_be_focused()
        hand.go_to(page.get_by_role("radio").first)
        page.get_by_role("button", name="Nurture").tap()
        page.get_by_role("button", name="Nurture it").tap()
        shows(page, "Ben")
        page.get_by_role("button", name="Back to the list").tap()
        expect(page.locator(".list-row")).to_have_count(1)
    assert statuses(baton, ids) == ["nurturing", "in_review"]


def test_several_leads_get_one_verdict_each_for_itself(console: Console, baton: AtWork, fair: str) -> None:
    ids = came(baton, fair, "Anna", "Ben")
    with console.signed_in("maria", at=f"/review?source={fair}&several=yes") as page:
        expect(page.locator(".review-many").get_by_role("listitem")).to_have_count(2)
        page.get_by_label("All that are shown").check()
        has_no_fault(page)
        page.keyboard.press("4")
        page.get_by_role("button", name="Give it to 2 leads").click()
        expect(page.get_by_text("2 of 2 done.")).to_be_visible()
    assert statuses(baton, ids) == ["nurturing", "nurturing"]
