"""The weekly mail to both departments, and the signed link to its report."""

from datetime import timedelta

import pytest

from baton.outreach.links.handoff_links import Action, Links
from baton.outreach.links.signed_tokens import LinkExpired, LinkInvalid, TokenSigner
from baton.outreach.reports.report_links import SALT, VALID_FOR, ReportLinks, unusable_link_page
from baton.outreach.reports.weekly_mail import weekly_mail
from baton.outreach.text.untrusted_text import LINE_OCTETS
from tests.unit.outreach.link_page_examples import LEAD, ParsedPage
from tests.unit.outreach.test_handoff_links import former_token
from tests.unit.outreach.test_report_page import ROWS, all_reports
from tests.unit.reports.given import LATER, SAM, WEEK, handoff, run, stint

KEYS = ["an older key", "the newest key"]
LINKS = ReportLinks("https://api.example.com/v1/", KEYS)
URL = LINKS.url(WEEK, LATER)
TOKEN = URL.rpartition("/")[2]


def test_the_weekly_mail_has_the_main_figures_and_a_link_to_the_report() -> None:
    subject, text = weekly_mail(all_reports(ROWS), URL)
    assert subject == "Marketing and sales from 23 Nov: 2 leads handed over"
    assert text.splitlines()[:10] == [
        "Marketing and sales, 23 Nov to 29 Nov 2026.",
        "",
        "Handed over: 2 leads: 1 accepted, 1 returned, 1 won, worth 1,200 EUR",
        "SQLs: none",
        "Sales in time: 2 of 3 clocks, 67%",
        "Marketing in time: 1 of 1 clock, 100%",
        "Still owed by marketing: nothing of this period",
        "First contact: 1 of 2 leads: half within 3h 10m, nine in ten within 3h 10m",
        "Waiting at the end: 1 in review, 0 parked, 0 with sales",
        "",
    ]
    for line in (
        "- sales, accept: 1 of 2, 50%",
        "- marketing, review: 1 of 1, 100%",
        "- bad timing: 1",
        "- crm: 1 lead, 0 won",
        URL,
    ):
        assert line in text.splitlines()


def test_the_weekly_mail_counts_the_lines_that_are_left_out() -> None:
    rows = [ROWS[0]._replace(source=f"source-{number}") for number in range(10)]
    lines = weekly_mail(all_reports(rows), URL)[1].splitlines()
    assert sum(line.startswith("- source-") for line in lines) == 8
    assert "- and 2 more" in lines


def test_the_weekly_mail_has_the_duties_of_marketing_beside_any_number_of_sales_clocks() -> None:
    clocks = [run(f"clock-{number}", stop=1) for number in range(12)]
    _, text = weekly_mail(all_reports([handoff(stint(SAM, 0, *clocks))]), URL)
    assert "- marketing, review: 1 of 1, 100%" in text


def test_an_empty_week_has_a_weekly_mail() -> None:
    subject, text = weekly_mail(all_reports([]), URL)
    assert "0 leads handed over" in subject
    assert "0 leads: nothing yet" in text
    assert "GAVE BACK" not in text


def test_the_weekly_mail_is_valid_for_sns() -> None:
    rows = [ROWS[0]._replace(source="x" * 60, return_reason="y" * 40, state="returned")] * 3
    subject, text = weekly_mail(all_reports(rows), URL)
    assert subject.isascii()
    assert len(subject) < 100
    assert all(len(line.encode()) <= LINE_OCTETS for line in text.splitlines())


def test_names_from_outside_cannot_be_clicked_in_the_weekly_mail() -> None:
    _, text = weekly_mail(all_reports([ROWS[0]._replace(source="evil.example")]), URL)
    assert "evil[.]example" in text


def test_a_report_link_shows_its_period_until_its_expiry() -> None:
    assert URL.startswith("https://api.example.com/v1/reports/weekly/")
    assert LINKS.read(TOKEN, LATER) == WEEK
    assert LINKS.read(TOKEN, LATER + VALID_FOR - timedelta(seconds=1)) == WEEK
    with pytest.raises(LinkExpired):
        LINKS.read(TOKEN, LATER + VALID_FOR)


def test_a_report_link_is_valid_as_long_as_its_key_is_kept() -> None:
    assert ReportLinks("", ["the newest key", "a newer one"]).read(TOKEN, LATER) == WEEK
    with pytest.raises(LinkInvalid):
        ReportLinks("", ["a newer one"]).read(TOKEN, LATER)


@pytest.mark.parametrize("broken", [TOKEN[:-1], f"{TOKEN}A", TOKEN.swapcase(), "", "nonsense", "a.b", "x" * 2000])
def test_a_changed_report_link_is_refused(broken: str) -> None:
    with pytest.raises(LinkInvalid):
        LINKS.read(broken, LATER)


def test_a_handoff_link_opens_no_report_and_a_report_link_opens_no_handoff() -> None:
    """A one-click link of a salesperson shows no report, and the link to a report accepts no lead."""
    assert LEAD.handoff
    of_a_lead = Links("", KEYS).url(LEAD.handoff, Action.ACCEPT, LATER).rpartition("/")[2]
    with pytest.raises(LinkInvalid):
        LINKS.read(of_a_lead, LATER)
    with pytest.raises(LinkInvalid):
        Links("", KEYS).read(TOKEN, LATER)


@pytest.mark.parametrize("payload", [None, [], {}, [1, 2], [1, 2, "3"], [1.5, 2, 3]])
def test_a_report_link_with_a_wrong_payload_is_refused(payload: object) -> None:
    with pytest.raises(LinkInvalid):
        LINKS.read(former_token(payload, KEYS[-1], SALT), LATER)


@pytest.mark.parametrize("content", [b"", b"x" * 10, b"x" * 20])
def test_a_report_link_with_too_few_or_too_many_moments_is_refused(content: bytes) -> None:
    with pytest.raises(LinkInvalid):
        LINKS.read(TokenSigner(KEYS, SALT).sign(content), LATER)


def test_a_report_link_of_an_earlier_version_shows_its_period_until_its_expiry() -> None:
    moments = [int(at.timestamp()) for at in (WEEK.start, WEEK.end, LATER + timedelta(days=1))]
    sent = former_token(moments, KEYS[-1], SALT)
    assert LINKS.read(sent, LATER) == WEEK
    with pytest.raises(LinkExpired):
        LINKS.read(sent, LATER + timedelta(days=1))


def test_a_report_link_is_short() -> None:
    assert len(TOKEN) == 34


@pytest.mark.parametrize(("fault", "said"), [(LinkExpired(), "expired"), (LinkInvalid(), "does not work")])
def test_the_page_of_a_refused_report_link_tells_the_reason(fault: Exception, said: str) -> None:
    read = ParsedPage(unusable_link_page(fault)[1])  # type: ignore[arg-type]
    assert read.in_order
    assert said in read.text
