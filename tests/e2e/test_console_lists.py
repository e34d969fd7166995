"""Marketing imports a list on the screen Lists, and sees what became of each line."""

import uuid

from tests.e2e.at_work import AtWork, somebody
from tests.e2e.browsers import expect
from tests.e2e.console import PHONE, Console, has_no_fault


def test_a_list_is_sent_by_touch_and_the_lines_to_look_at_are_named(console: Console, baton: AtWork) -> None:
    campaign, email = f"Fair {uuid.uuid4().hex[:6]}", somebody("anna")
    lines = f"E-Mail,First name,Phone\n{email},Anna,+49 30 1234567\nnobody,Ben,\n{somebody('cleo')},Cleo,call me\n"
    with console.signed_in("maria", PHONE, "dark", at="/lists") as page:
        page.get_by_role("button", name="Import a list").tap()
        page.get_by_role("button", name="Import it").tap()
        expect(page.get_by_text("Choose a file first.")).to_be_visible()
        page.get_by_label("File", exact=True).set_input_files(
            files=[{"name": "fair.csv", "mimeType": "text/csv", "buffer": lines.encode()}]
        )
        page.get_by_label("Where it comes from").fill("expo")
        page.get_by_label("Campaign (optional)").fill(campaign)
        has_no_fault(page)
        page.get_by_role("button", name="Import it").tap()

        expect(page.get_by_role("heading", name=campaign)).to_be_visible()
        table = page.get_by_role("region", name="Lines to look at")
        expect(table).to_contain_text("Email (column 1) is not an address")
        expect(table).to_contain_text("Left out: phone (column 3)")
        expect(page.get_by_text("first name (column 2)")).to_be_visible()
        has_no_fault(page)
    assert baton.lead(baton.lead_id(email))["campaign"] == campaign
