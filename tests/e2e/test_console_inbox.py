"""The inbox: a rep sees who waits and why, and does what is due, by keyboard at a desk and by touch on a phone."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.at_work import AtWork, View, somebody, until
from tests.e2e.console import Console, must_be_fit_for_everybody

WORDS = "We replace our ERP in March; could somebody call me?"


def offered(baton: AtWork, name: str, message: str = WORDS) -> tuple[View, str]:
    """A lead that was just handed over, and whose inbox it is in."""
    lead = baton.ask(somebody(), first_name=name, company="Schmidt GmbH", message=message, phone="+49 30 1234567")
    owner: str = until(lambda: baton.lead(lead["lead_id"])["handoff"]["owner"], what="an owner")
    baton.rep(owner)  # who can sign in from now on
    baton.listed(lead["lead_id"], owner=owner)
    return lead, owner


def row(page: Page, name: str) -> None:
    page.get_by_role("list", name="Leads that you hold").get_by_role("link", name=re.compile(name)).click()


def test_a_rep_accepts_logs_a_call_and_what_they_learned_and_closes_by_keyboard(
    baton: AtWork, console: Console
) -> None:
    lead, owner = offered(baton, "Anneliese")
    with console.page(owner, f"/inbox?lead={lead['lead_id']}") as page:
        detail = page.get_by_role("region", name="The selected lead")
        expect(detail.get_by_role("heading", name="Anneliese")).to_be_visible()
        expect(detail.get_by_text(WORDS)).to_be_visible()
        expect(detail.get_by_role("link", name="Call +49 30 1234567")).to_have_attribute("href", "tel:+49301234567")
        expect(detail.get_by_text(re.compile("due in|overdue"))).to_be_visible()

        page.keyboard.press("a")
        expect(page.get_by_text(re.compile("The lead is yours"))).to_be_visible()
        page.keyboard.press("c")
        page.get_by_label("Reached", exact=True).press("Space")
        page.get_by_label("How much").fill("48k EUR")
        page.get_by_label("Note").fill("Wants an offer.")
        page.get_by_role("button", name="Log it").press("Enter")
        expect(page.get_by_text(re.compile("^Logged"))).to_be_visible()
        expect(detail.get_by_text("48k EUR")).to_be_visible()

        page.keyboard.press("w")
        page.get_by_label("Won", exact=True).press("Space")
        amount = page.get_by_label("For how much?")
        amount.fill("a lot")
        page.get_by_role("button", name="Close it").press("Enter")
        expect(amount).to_have_accessible_description(re.compile("must read as a number"))
        expect(amount).to_have_value("a lot")
        amount.fill("48000 EUR")
        amount.press("Enter")
        expect(page.get_by_text(re.compile("^Won. Well done"))).to_be_visible()
    known = baton.lead(lead["lead_id"])
    assert (known["status"], known["bant"]["budget"]["value"]) == ("won", "48k EUR")
    assert known["handoff"]["contact"] | {"at": ""} == {
        "at": "",
        "channel": "phone",
        "note": "Wants an offer.",
        "outcome": "reached",
        "next_at": None,
    }


def test_a_rep_returns_a_lead_by_touch_on_a_phone(baton: AtWork, console: Console) -> None:
    lead, owner = offered(baton, "Bertram", message="<img src=x onerror=alert(1)>")
    with console.page(owner, "/inbox", size="phone") as page:
        row(page, "Bertram")
        expect(page.get_by_text("<img src=x onerror=alert(1)>").first).to_be_visible()
        page.get_by_role("button", name="Return").tap()
        page.get_by_label(re.compile("Wrong time|Bad timing")).first.tap()
        page.get_by_label("A word to whoever gets it next").fill("Next year.")
        page.get_by_role("button", name="Return it").tap()
        expect(page.get_by_text(re.compile("^Returned"))).to_be_visible()
    assert baton.lead(lead["lead_id"])["handoff"]["state"] == "returned"


def test_what_was_typed_stays_while_one_looks_at_another_lead_and_after_a_reload_of_the_list(
    baton: AtWork, console: Console
) -> None:
    lead, owner = offered(baton, "Clemens")
    with console.page(owner, f"/inbox?lead={lead['lead_id']}&do=contact") as page:
        page.get_by_label("Note").fill("Half a sentence")
        page.get_by_role("button", name="Cancel").click()
        page.keyboard.press("c")
        expect(page.get_by_label("Note")).to_have_value("Half a sentence")
        page.on("dialog", lambda asked: asked.accept())


def test_a_second_tab_that_accepted_is_seen_before_pressing(baton: AtWork, console: Console) -> None:
    lead, owner = offered(baton, "Dorothea")
    with console.page(owner, f"/inbox?lead={lead['lead_id']}") as page:
        expect(page.get_by_role("button", name="Accept")).to_be_visible()
        baton.rep(owner).post(f"/handoffs/{lead['handoff']['handoff_id']}/close", json={"outcome": "lost"})
        page.keyboard.press("a")
        expect(page.get_by_text("This lead is not yours any more")).to_be_visible(timeout=40_000)


def test_the_inbox_is_fit_for_everybody(baton: AtWork, console: Console) -> None:
    lead, owner = offered(baton, "Emma")
    with console.page(owner, f"/inbox?lead={lead['lead_id']}&do=contact") as page:
        page.get_by_label("Reached", exact=True).check()
        must_be_fit_for_everybody(page, "desk")
        must_be_fit_for_everybody(page, "phone")
        page.goto(console.address("/inbox"))
        expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
        must_be_fit_for_everybody(page, "phone")
