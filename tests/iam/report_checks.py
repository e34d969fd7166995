"""Checks that make the functions of reports use every permission of their roles."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx

from baton.aws.table.keys import report_keys
from baton.domain.reports.lead_balance import NO_LEADS
from baton.domain.reports.report_registry import REPORTS
from tests.e2e.at_work import read
from tests.iam.agreement_checks import new_proposal
from tools.http_retries import HANGS_AFTER_SECONDS

if TYPE_CHECKING:
    from tests.iam.checks import RunningStack

LINK = re.compile(r"https?://\S+/reports/weekly/\S+")
DAY = {"from": "2026-01-01", "to": "2026-01-02"}


def get_report(running: "RunningStack") -> None:
    """All reports, with the calendars of the agreement in force and the newest proposal; and who is behind a figure."""
    proposal = new_proposal(running)
    together = read(running.baton.admin.get("/reports/all", params={**DAY, "proposal": "true"}))
    assert together["proposal"]["proposal_id"] == proposal["proposal_id"]
    for report in REPORTS:
        read(running.baton.admin.get(f"/reports/{report}", params={**DAY, "calendar": "current"}))
    lead, now = running.baton.ask(), datetime.now(UTC)
    lately = {"from": (now - timedelta(minutes=5)).isoformat(), "to": (now + timedelta(minutes=5)).isoformat()}
    figure = {"group": "total", "name": "all", "figure": "offered"}
    behind = read(running.baton.admin.get("/reports/handoffs", params={**lately, **figure}))["leads"]
    assert lead["email"] in [each["email"] for each in behind], behind


def close_books(running: "RunningStack") -> None:
    """After an outage of some days, these are closed."""
    _forget(running, "BOOKS")
    long_ago = report_keys.daily_balance((datetime.now(UTC) - timedelta(days=4)).date()) | {
        "body": {"S": NO_LEADS.written()}
    }
    running.baton.session.client("dynamodb").put_item(TableName=running.baton.outputs["TableName"], Item=long_ago)
    closed = running.invoke("CloseBooksFunction", {})["closed"]
    assert closed >= 2, f"{closed} days were closed"


def mail_report(running: "RunningStack") -> None:
    """Both departments get the mail of the week."""
    _week_link(running)


def show_report(running: "RunningStack") -> None:
    """The page behind the link in the mail."""
    page = httpx.get(_week_link(running), timeout=HANGS_AFTER_SECONDS)
    assert page.is_success, f"GET /reports/weekly: {page.status_code}"


def _week_link(running: "RunningStack") -> str:
    _forget(running, "REPORTS")
    running.baton.mailbox.read()
    running.baton.mailbox.mails.clear()
    running.invoke("MailReportFunction", {})
    with running.patience.wait("the weekly mail") as seconds:
        link = LINK.search(running.baton.mail("/reports/weekly/", seconds=seconds).text)
    assert link
    return link[0]


def _forget(running: "RunningStack", partition: str) -> None:
    """Take away what was done already, so that it is done anew."""
    table, name = running.baton.session.client("dynamodb"), running.baton.outputs["TableName"]
    found: Any = table.query(
        TableName=name, KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": {"S": partition}}
    )
    for item in found["Items"]:
        table.delete_item(TableName=name, Key={"pk": item["pk"], "sk": item["sk"]})
