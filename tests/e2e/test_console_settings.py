"""What marketing and administrators set: target accounts, tools with their quarantine, failures, the first steps."""

import uuid

from tests.e2e.at_work import SAM, AtWork, read, until
from tests.e2e.browsers import expect
from tests.e2e.console import PHONE, Console, has_no_fault, read_anew
from tests.e2e.webhooks import post, standard


def test_marketing_puts_accounts_on_the_list_by_hand_and_from_a_file(baton: AtWork, console: Console) -> None:
    one, other = (f"company-{uuid.uuid4().hex[:12]}.com" for _ in range(2))
    name = f"<i>Acme {one[8:14]}</i>"
    with console.signed_in("maria", at="/accounts?account=new") as page:
        page.get_by_label("Domain", exact=True).fill("gmail.com")
        page.get_by_label("Name").press("Enter")
        expect(page.get_by_label("Domain", exact=True)).to_have_attribute("aria-invalid", "true")
        page.get_by_label("Domain", exact=True).fill(f"https://www.{one}/about")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Owner").fill(SAM)
        page.get_by_label("Owner").press("Enter")
        expect(page.get_by_text(f"{SAM} gets its alerts.")).to_be_visible()
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        has_no_fault(page)

        page.get_by_role("button", name="Add a list").click()
        lines = f"domain;name\n{other};Northwind {name}\ngmail.com;Nobody\n".encode()
        page.get_by_label("File").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": lines})
        page.get_by_role("button", name="Add them").press("Enter")
        expect(page.get_by_text("1 added, 0 changed, 0 as before, 1 refused.").first).to_be_visible()
        has_no_fault(page)
    assert read(baton.admin.get(f"/accounts/{other}"))["name"] == f"Northwind {name}"


def test_an_administrator_sees_what_a_tool_sent_and_reads_it_again_on_a_phone(baton: AtWork, console: Console) -> None:
    assert read(post(baton, "standard", standard("nobody")))["quarantined"] == 1
    with console.signed_in("ada", PHONE, at="/tools") as page:
        page.get_by_role("list", name="Tools").get_by_role("link").first.tap()
        kept = page.locator(".tools-kept > li").first
        expect(kept).to_contain_text("mail is needed")
        kept.get_by_role("button", name="Show what it sent").tap()
        expect(page.get_by_label("Body")).to_contain_text('"type": ')
        has_no_fault(page)
        kept.get_by_role("button", name="Read it again").tap()
        expect(page.get_by_text("It is still not understood.")).to_be_visible()
        page.get_by_role("button", name="Back to the list").tap()
        expect(page.get_by_role("list", name="Tools")).to_be_visible()


def test_an_administrator_sends_on_what_failed_and_sees_what_is_still_to_set_up(
    baton: AtWork, console: Console
) -> None:
    failed, empty = "UncheckedRostersQueue", "UnlearnedPointsQueue"
    baton.session.client("sqs").send_message(QueueUrl=baton.outputs[f"{failed}Url"], MessageBody='{"detail": {}}')
    what = next(each["what"] for each in read(baton.admin.get("/queues"))["queues"] if each["queue"] == failed)
    with console.signed_in("ada", at="/operations") as page:
        expect(page.get_by_role("heading", name="Operations", level=1)).to_be_visible()
        page.locator("summary").press("Enter")
        expect(page.get_by_role("rowheader", name=empty)).to_be_visible()
        has_no_fault(page)
        page.get_by_role("button", name=f"Send on again: {what}").press("Enter")
        expect(page.get_by_text("sent on within a minute.")).to_be_visible()
        until(lambda: not messages(baton, failed), what="the redrive")
        read_anew(page)
        expect(page.get_by_role("rowheader", name=failed)).to_be_visible()

        page.get_by_role("link", name="Set-up").press("Enter")
        expect(page.get_by_role("heading", name="Set-up", level=1)).to_be_visible()
        for step in ("Add somebody who gets leads (done)", "Add a manager (done)", "Put a form on your website (done)"):
            expect(page.get_by_role("heading", name=step)).to_be_visible()
        expect(page.get_by_text("not known yet")).to_have_count(0)
        has_no_fault(page)


def messages(baton: AtWork, queue: str) -> int:
    shown = next(each for each in read(baton.admin.get("/queues"))["queues"] if each["queue"] == queue)
    count: int = shown["messages"]
    return count
