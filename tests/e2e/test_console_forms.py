"""The screen with the forms for websites: what it gives to copy works, sent to the address that stands in it."""

import re

import httpx

from tests.e2e.at_work import AtWork, read, somebody
from tests.e2e.browsers import expect
from tests.e2e.console import Console


def test_the_html_of_a_form_sends_a_request_to_this_baton(console: Console, baton: AtWork) -> None:
    with console.signed_in("maria", at="/forms") as page:
        page.get_by_role("link", name="Consultation").click()
        html = page.locator(".forms-html").inner_text()

    [address] = re.findall(r'action="([^"]+)"', html)
    answers = dict.fromkeys(re.findall(r'name="(\w+)"', html), "")
    [thanks] = re.findall(r'name="return_to" value="([^"]+)"', html)
    email = somebody("anna")
    answers |= {"email": email, "first_name": "Anna", "message": "Please call me.", "return_to": thanks}
    sent = httpx.post(address, data=answers, timeout=60)

    assert (sent.status_code, sent.headers["location"]) == (303, thanks)
    assert baton.lead(baton.lead_id(email))["status"] == "with_sales"
    agreed = read(baton.admin.get("/agreement", params={"format": "json", "submissions": "true"}))
    assert next(form for form in agreed["terms"]["forms"] if form["name"] == "consultation")["last_sent_at"]


def test_a_form_is_shown_as_it_looks_and_can_send_nothing_from_here(console: Console) -> None:
    with console.signed_in("maria", at="/forms?form=content-download") as page:
        preview = page.get_by_role("group", name="How it looks")
        expect(preview.get_by_label("E-mail (needed)")).to_be_disabled()
        expect(preview.get_by_role("button", name="Send")).to_be_disabled()
        expect(page.get_by_text("content: your page says which one it is about.")).to_be_visible()
