"""What each function of the reports does with all that its role allows."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx

from baton.aws.table.keys import report_keys
from baton.domain.reports.lead_balance import NO_LEADS
from baton.domain.reports.report_registry import REPORTS
from tests.e2e.at_work import read

if TYPE_CHECKING:
    from tests.iam.checks import Office

LINK = re.compile(r"https?://\S+/reports/weekly/\S+")
DAY = {"from": "2026-01-01", "to": "2026-01-02"}


def get_report(office: "Office") -> None:
    """All reports, once with the calendars of the agreement in force."""
    for report in REPORTS:
        read(office.baton.admin.get(f"/reports/{report}", params={**DAY, "calendar": "current"}))


def close_books(office: "Office") -> None:
    """After an outage of some days, these are closed."""
    _forget(office, "BOOKS")
    long_ago = report_keys.daily_balance((datetime.now(UTC) - timedelta(days=4)).date()) | {
        "body": {"S": NO_LEADS.written()}
    }
    office.baton.session.client("dynamodb").put_item(TableName=office.baton.outputs["TableName"], Item=long_ago)
    closed = office.invoke("CloseBooksFunction", {})["closed"]
    assert closed >= 2, f"{closed} days were closed"


def mail_report(office: "Office") -> None:
    """Both departments get the mail of the week."""
    _week_link(office)


def show_report(office: "Office") -> None:
    """The page behind the link in the mail."""
    page = httpx.get(_week_link(office), timeout=30)
    assert page.is_success, f"GET /reports/weekly: {page.status_code}"


def _week_link(office: "Office") -> str:
    _forget(office, "REPORTS")
    office.baton.mailbox.read()
    office.baton.mailbox.mails.clear()
    office.invoke("MailReportFunction", {})
    link = LINK.search(office.baton.mail("/reports/weekly/").text)
    assert link
    return link[0]


def _forget(office: "Office", partition: str) -> None:
    """Take away what was done already, so that it is done anew."""
    table, name = office.baton.session.client("dynamodb"), office.baton.outputs["TableName"]
    found: Any = table.query(
        TableName=name, KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": {"S": partition}}
    )
    for item in found["Items"]:
        table.delete_item(TableName=name, Key={"pk": item["pk"], "sk": item["sk"]})
