"""The inbox: a rep sees who waits and why, and does what is due, by keyboard at a desk and by touch on a phone."""

import re

from playwright.sync_api import Locator, Page

from tests.e2e.at_work import RITA, SAM, AtWork, View, read, somebody
from tests.e2e.browsers import expect
from tests.e2e.console import DESK, PHONE, Console, has_no_fault, read_anew
from tests.e2e.keyboard import Keyboard

WORDS = "We replace our ERP in March; could somebody call me?"
BARE_LEAD = re.compile("/v1/leads/[a-z0-9]+$")
LEAST_TARGET = 44
"""Of what is touched, in pixels: WCAG 2.2, 2.5.5."""
TOO_SMALL = """least => [...document.querySelectorAll('main a, main button, main input, main textarea')]
  .map(each => each.closest('label') ?? each).filter(each => each.getClientRects().length)
  .filter(each => each.getBoundingClientRect().height < least).map(each => each.outerHTML.slice(0, 120))"""


def sams(baton: AtWork, name: str, message: str = WORDS) -> View:
    """A lead that was just handed over to Sam, in his inbox."""
    email = somebody(name.lower())
    lead = baton.ask(email, first_name=name, company="Schmidt GmbH", message=message, phone="+49 30 1234567")
    if lead["handoff"]["owner"] != SAM:
        path = f"/handoffs/{lead['handoff']['handoff_id']}/reassign"
        read(baton.admin.post(path, json={"owner": SAM, "reason": "He knows them."}))
    baton.listed(lead["lead_id"], owner=SAM)
    return lead


def row(page: Page, lead: View) -> Locator:
    return page.get_by_role("list", name="Leads that you hold").locator(f"a[href*='lead={lead['lead_id']}']")


def test_a_rep_accepts_logs_a_call_with_what_they_learned_and_closes_by_keyboard(
    baton: AtWork, console: Console
) -> None:
    lead = sams(baton, "Anneliese")
    with console.signed_in("sam", at=f"/inbox?lead={lead['lead_id']}") as page:
        keyboard, detail = Keyboard(page), page.get_by_role("region", name="The selected lead")
        expect(detail.get_by_role("heading", name="Anneliese")).to_be_visible()
        expect(detail.get_by_text(WORDS)).to_be_visible()
        expect(detail.get_by_role("link", name="Call +49 30 1234567")).to_have_attribute("href", "tel:+49301234567")
        expect(detail.get_by_text(re.compile("due in|overdue"))).to_be_visible()

        keyboard.press("a")
        expect(page.get_by_text("The lead is yours")).to_be_visible()
        keyboard.press("c")
        keyboard.choose(page.get_by_label("Reached", exact=True))
        keyboard.write(page.get_by_label("How much"), "48k EUR")
        keyboard.write(page.get_by_label("Note"), "Wants an offer.")
        has_no_fault(page)
        page.route(BARE_LEAD, lambda each: each.abort() if each.request.method == "PATCH" else each.fallback())
        keyboard.use(page.get_by_role("button", name="Log it"))
        expect(page.get_by_text("The contact is logged: Reached, Phone.")).to_be_visible()
        expect(page.get_by_label("Note")).to_have_count(0)
        has_no_fault(page)
        page.unroute(BARE_LEAD)
        keyboard.use(page.get_by_role("button", name="Keep what I learned"))
        expect(page.get_by_text(re.compile("^Logged"))).to_be_visible()
        expect(detail.get_by_text("48k EUR")).to_be_visible()

        expect(page.get_by_role("button", name="Log a contact")).to_be_focused()
        keyboard.press("c")
        keyboard.choose(page.get_by_label("Nothing yet: only when we speak next"))
        keyboard.use(page.get_by_role("button", name="In a week"))
        keyboard.use(page.get_by_role("button", name="Keep the time"))
        expect(page.get_by_text("Noted; no contact is logged.")).to_be_visible()
        keyboard.press("w")
        keyboard.choose(page.get_by_label("Won", exact=True))
        amount = page.get_by_label("For how much?")
        keyboard.write(amount, "a lot")
        keyboard.press("Enter")
        expect(amount).to_have_accessible_description(re.compile("must read as a number"))
        expect(amount).to_have_value("a lot")
        keyboard.write(amount, "48000 EUR")
        keyboard.press("Enter")
        expect(page.get_by_text("Well done")).to_be_visible()
        has_no_fault(page)
    known = baton.lead(lead["lead_id"])
    contact = known["handoff"]["contact"]
    assert (known["status"], known["bant"]["budget"]["value"]) == ("won", "48k EUR")
    assert (contact["channel"], contact["outcome"], contact["note"]) == ("phone", "reached", "Wants an offer.")
    assert (known["handoff"]["attempts"], contact["next_at"] is not None) == (1, True)


def test_a_rep_returns_a_lead_by_touch_on_a_phone(baton: AtWork, console: Console) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    lead = sams(baton, "Bertram", hostile)
    with console.signed_in("sam", PHONE, at="/inbox") as page:
        expect(row(page, lead)).to_contain_text("Bertram")
        has_no_fault(page)
        row(page, lead).tap()
        expect(page.locator("blockquote").get_by_text(hostile)).to_be_visible()
        assert page.evaluate(TOO_SMALL, LEAST_TARGET) == []
        page.get_by_role("button", name="Return").tap()
        page.get_by_role("button", name="Return it").tap()
        expect(page.get_by_text("Choose a reason")).to_be_in_viewport(ratio=1)
        page.get_by_role("radio").first.tap()
        page.get_by_label("A word to whoever gets it next").fill("Not now.")
        has_no_fault(page)
        page.get_by_role("button", name="Return it").tap()
        expect(page.get_by_text(re.compile("^Returned"))).to_be_visible()
    assert baton.lead(lead["lead_id"])["handoff"]["return_note"] == "Not now."


def test_a_rep_notes_an_answer_and_passes_the_lead_to_a_colleague(baton: AtWork, console: Console) -> None:
    lead = sams(baton, "Emil")
    with console.signed_in("sam", PHONE, at=f"/inbox?lead={lead['lead_id']}") as page:
        page.get_by_role("button", name="Add an answer").tap()
        page.get_by_label("Who decides").fill("Their COO")
        page.get_by_role("button", name="Save it").tap()
        expect(page.get_by_text("Their COO")).to_be_visible()
        page.get_by_role("button", name="Pass on").tap()
        page.get_by_label("Who is to have it?").select_option(RITA)
        page.get_by_label("Why?").fill("She knows them.")
        has_no_fault(page)
        page.get_by_role("button", name="Pass it on").tap()
        expect(page.get_by_role("status").get_by_text(f"{RITA} has it now.")).to_be_visible()
    handoff = baton.lead(lead["lead_id"])["handoff"]
    assert (handoff["owner"], handoff["assigned_because"]) == (RITA, "She knows them.")


def test_what_was_typed_stays_while_another_lead_is_looked_at_and_a_closed_lead_is_seen_to_be_gone(
    baton: AtWork, console: Console
) -> None:
    lead, other = sams(baton, "Clemens"), sams(baton, "Dorothea")
    with console.signed_in("sam", DESK, at=f"/inbox?lead={lead['lead_id']}&do=contact") as page:
        page.get_by_label("Note").fill("Half a sentence")
        row(page, other).click()
        expect(page.get_by_role("heading", name="Dorothea")).to_be_visible()
        expect(page.get_by_label("Note")).to_be_hidden()
        row(page, lead).click()
        page.keyboard.press("c")
        expect(page.get_by_label("Note")).to_have_value("Half a sentence")

        read(baton.rep(SAM).post(f"/handoffs/{lead['handoff']['handoff_id']}/close", json={"outcome": "lost"}))
        read_anew(page)
        expect(page.get_by_text("This lead is not yours any more")).to_be_visible()
        expect(page.get_by_text("Half a sentence")).to_be_visible()
        page.get_by_role("button", name="Forget it").click()
        expect(page.get_by_text("Half a sentence")).to_be_hidden()


def test_a_rep_puts_down_leave_and_takes_it_back(baton: AtWork, console: Console) -> None:
    with console.signed_in("sam", at="/inbox") as page:
        page.get_by_role("button", name="My leave").click()
        dialog = page.get_by_role("dialog", name="My leave")
        dialog.get_by_label("First day").fill("2031-05-05")
        dialog.get_by_label("Last day").fill("2031-05-09")
        has_no_fault(page)
        dialog.get_by_role("button", name="Save my leave").click()
        remove = dialog.get_by_role("button", name=re.compile("^Remove .*May 2031"))
        expect(remove).to_be_visible()
        assert "2031-05-09" in str(read(baton.admin.get(f"/teams/sales/reps/{SAM}"))["away"])
        remove.click()
        expect(remove).to_be_hidden()
