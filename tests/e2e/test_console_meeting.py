"""The regular meeting: what was agreed and kept, in one call, each count with its leads, on four pages of paper."""

import re

from tests.e2e.at_work import AtWork, until
from tests.e2e.browsers import expect
from tests.e2e.console import Console, has_no_fault


def test_a_figure_of_the_meeting_leads_to_its_leads(baton: AtWork, console: Console) -> None:
    baton.ask()
    until(lambda: baton.admin.get("/reports/handoffs", params={"from": "2026-01-01"}), what="a handoff in the books")
    with console.signed_in("maria", at="/meeting?period=week") as page:
        expect(page.get_by_role("heading", name="Speed to lead")).to_be_visible()
        has_no_fault(page)
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) in range(1, 5)
        page.get_by_label("Four weeks").press("Space")
        expect(page).to_have_url(re.compile("period=month"))
        figure = page.get_by_role("link", name=re.compile("^Became known: "))
        figure.press("Enter")
        expect(page.get_by_role("heading", name="Leads behind: Became known")).to_be_visible()
        has_no_fault(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
