"""The registry of reports: each report has its own name and a section on the page."""

from datetime import timedelta

import pytest

from baton.aws.table.keys import report_keys
from baton.domain.reports.report_registry import REPORTS, ReportInput
from baton.outreach.reports.report_page import report_page
from tests.unit.reports.given import LATER, WEEK
from tests.unit.reports.table import Table


@pytest.mark.parametrize("name", REPORTS)
def test_a_registered_report_carries_its_name_and_has_a_section_on_the_page(name: str) -> None:
    report = REPORTS[name](ReportInput(Table().rows, WEEK, LATER))
    assert report.name == name
    assert report_page([report])


def test_the_handoffs_of_a_period_are_read_once_for_all_reports_that_need_them() -> None:
    table = Table()
    made_of = ReportInput(table.rows, WEEK, WEEK.end + timedelta(days=1))
    for name in ("sla", "handoffs", "scoring"):
        REPORTS[name](made_of)
    assert table.queries == len({"handoffs", "duties"}) * sum(
        len(report_keys.lists_of_month(report_keys.Reported.DUTIES, month)) for month in WEEK.months
    )
