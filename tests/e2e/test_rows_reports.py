"""Reports for the regular meeting: the same for both departments, as the deployed stack gives them."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import httpx
import pytest

from baton.domain.reports.report_registry import REPORTS
from tests.e2e.at_work import MANAGER, AtWork, View, read, until

MARIA = "maria@baton.example"
FIRST_DAY = datetime.now(UTC)
"""The day on which these tests began; they may end on the next."""
PERIOD = {name: f"{FIRST_DAY + timedelta(days=days):%Y-%m-%d}" for name, days in (("from", 0), ("to", 2))}


def report(client: httpx.Client, name: str) -> View:
    told: View = read(client.get(f"/reports/{name}", params=PERIOD))
    return told


def both_see_the_same(one: httpx.Client, other: httpx.Client, name: str) -> None:
    """Asked one after the other; what happens to leads of other tests in between may count for the second only."""
    until(lambda: report(one, name)["groups"] == report(other, name)["groups"], what=f"the same report {name}")


def line(told: View, group: str, name: str) -> View:
    return next(line for line in told["groups"][group] if line["name"] == name)


def invoke(baton: AtWork, function: str) -> object:
    client = baton.session.client("lambda")
    answer = client.invoke(FunctionName=baton.physical_id(function), Payload=b"{}")
    said = answer["Payload"].read()
    assert "FunctionError" not in answer, said
    return json.loads(said)


@pytest.fixture
def sales(baton: AtWork) -> Iterator[httpx.Client]:
    with baton.stack.api("sales") as client:
        yield client


def test_both_departments_see_the_same_reports(baton: AtWork, sales: httpx.Client) -> None:
    before = line(report(sales, "handoffs"), "total", "all")
    won, returned = baton.ask(), baton.ask()
    for lead, act, said in (
        (won, "contact", {"channel": "phone"}),
        (won, "rating", {"stars": 5}),
        (won, "close", {"outcome": "won", "amount": "1,200 CHF"}),
        (returned, "return", {"reason": "bad_fit"}),
    ):
        path = f"/handoffs/{lead['handoff']['handoff_id']}/{act}"
        read(baton.rep(lead["handoff"]["owner"]).post(path, json=said))

    def counted() -> View | None:
        total = line(report(sales, "handoffs"), "total", "all")
        return total if total["won"] > before["won"] and total["returned"] > before["returned"] else None

    total = until(counted, what="index 2")
    assert total
    assert total["offered"] >= before["offered"] + 2
    assert total["amounts"]["CHF"] == before["amounts"].get("CHF", 0) + 1200
    assert total["returned_for"]["bad_fit"] > before["returned_for"].get("bad_fit", 0)
    for name in REPORTS:
        both_see_the_same(sales, baton.marketing, name)
    speed = line(report(sales, "sla"), "department", "sales")["speed_to_lead"]
    assert speed["n"] >= 1
    closing = {each["name"]: each["closing"] for each in report(sales, "funnel")["groups"]["status"]}
    assert closing["won"] == len(list(baton.pages("/leads", "leads", queue="won")))


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_can_be_had_as_a_csv_file_and_as_an_html_page(sales: httpx.Client, name: str) -> None:
    table = sales.get(f"/reports/{name}", params={**PERIOD, "format": "csv"})
    assert (table.status_code, table.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert {"group", "name"} <= csv.DictReader(StringIO(table.text)).__next__().keys()
    page = sales.get(f"/reports/{name}", params={**PERIOD, "format": "html", "calendar": "current"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_the_weekly_mail_has_a_link_that_opens_in_any_browser(baton: AtWork) -> None:
    read(baton.admin.put(f"/teams/marketing/reps/{MARIA}", json={}))
    assert invoke(baton, "CloseBooksFunction") in ({"closed": 0}, {"closed": 1})
    for _ in range(2):
        invoke(baton, "MailReportFunction")
    mail = baton.mail("Marketing and sales, ", to=MANAGER)
    url = next(text for text in mail.text.split() if "/reports/weekly/" in text)
    for method in ("GET", "HEAD"):
        page = baton.stranger.request(method, url)
        assert page.status_code == 200
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "Waiting at the end" in baton.stranger.get(url).text
    assert baton.stranger.get(f"{url}x").status_code == 404
    assert [one.to for one in baton.mailbox.mails if one.text == mail.text].count((MANAGER,)) == 1
