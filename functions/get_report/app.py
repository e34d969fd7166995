"""GET /reports/{report}?from=&to=&time_zone=&each=&compare=&calendar=&format=&proposal=: a report: JSON, CSV, page."""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.lists.named_leads import with_names
from baton.aws.proposals.newest_proposal import newest_proposal
from baton.aws.reports.leads_behind import FigureOfReport
from baton.aws.reports.report_builder import ReportBuilder, agreed_in
from baton.aws.reports.report_queries import ReportQueries
from baton.aws.reports.report_views import all_reports_view, report_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.accepted_media import best_format
from baton.aws.web.http import Problem, answer, file, page, staff_api
from baton.aws.web.router import Response
from baton.domain.reports.report_registry import ALL, REPORTS
from baton.intake.reports.report_query import FORMATS, QUERY, QueryFaults, read_figure, read_query
from baton.outreach.csv.csv_cells import MEDIA_TYPE
from baton.outreach.reports.report_csv import filename, report_csv

app = staff_api(query=QUERY)
store = Store.from_environment()
agreements, builder = Agreements.from_environment(store), ReportBuilder(ReportQueries(store))


@app.get("/reports/<name>")
def get_report(name: str) -> Response:
    """A report on a period, the last seven full days unless another is asked for."""
    if name not in (*REPORTS, ALL):
        raise NotFound(f"there is no such report; there are {', '.join(REPORTS)}, and {ALL} of them")
    wanted = best_format(app.query("format"), app.headers, [each for each in FORMATS if (each, name) != ("csv", ALL)])
    agreed = agreed_in(agreement := (in_force := agreements.in_force()).agreement)
    asked = read_query(app.queries | {"format": wanted}, now := utc_now(), agreement.time_zone).of_report(name)
    corrected = agreed.calendars if asked.by_current_calendar else None
    if figure := read_figure(app.queries):
        behind = FigureOfReport(name, figure, asked.span, now, agreed, corrected, asked.only)
        return answer(with_names(behind.page(builder.rows), store))
    reports = builder.build(asked.reports_of(name), asked.span, now, agreed, corrected, asked.divided, asked.only)
    if asked.format == "html":
        from baton.outreach.reports import report_page as html  # most read figures  # noqa: PLC0415

        labelled = html.with_team_labels(builder.with_weeks(reports, now, agreed, corrected, asked.only), agreement)
        return page(200, html.report_page(labelled), html.HEADERS)
    if asked.format == "csv":
        return file(report_csv(reports[0]), MEDIA_TYPE, filename(reports[0]))
    shown = all_reports_view(reports, asked.left_out, agreement) if name == ALL else report_view(reports[0])
    return answer(shown | (newest_proposal(store, in_force.version, now) if asked.with_proposal else {}))


@app.on(QueryFaults)
def refuse(faults: QueryFaults) -> Response:
    """Answers 422 with the faults of the query."""
    return Problem(422, "there is no report of this", [(each.field, each.detail) for each in faults.errors]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
