"""GET /reports/weekly/{token}: the page of one past period, for whoever has the link from the weekly mail."""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.reports.report_builder import ReportBuilder, agreed_in
from baton.aws.reports.report_queries import ReportQueries
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.web.http import as_page, page, public_api
from baton.aws.web.router import Response
from baton.domain.reports.report_registry import REPORTS
from baton.outreach.links.signed_tokens import LinkInvalid, LinkRefused
from baton.outreach.pages import page_frame
from baton.outreach.reports.report_links import ReportLinks, unusable_link_page
from baton.outreach.reports.report_page import HEADERS, report_page, with_team_labels

app = public_api()
app.on(LinkRefused)(as_page(unusable_link_page, page_frame.HEADERS))
store, secrets = Store.from_environment(), Secrets.from_environment()
agreements, builder = Agreements.from_environment(store), ReportBuilder(ReportQueries(store))


@app.route("/reports/weekly/<token>", method=["GET", "HEAD"])
def show(token: str) -> Response:
    """All reports on the link's period, as of now."""
    now = utc_now()
    span = secrets.with_link_keys(lambda keys: ReportLinks("", keys).read(token, now), LinkInvalid)
    agreement = agreements.in_force().agreement
    agreed = agreed_in(agreement)
    reports = builder.build(REPORTS, span.in_days_of(agreement.time_zone), now, agreed)
    labelled = with_team_labels(builder.with_weeks(reports, now, agreed), agreement)
    return page(200, report_page(labelled), HEADERS)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
