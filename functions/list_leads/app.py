"""GET /leads: a list of leads by queue, owner, team, account or what is overdue, or those that a search finds."""

from functools import cache
from typing import TYPE_CHECKING, Any

from baton.aws.leads.lead_queues import LeadPage
from baton.aws.leads.lead_standings import LeadStandings
from baton.aws.lists.asked_list import PLACES, asked_list
from baton.aws.lists.lead_lists import LeadLists
from baton.aws.lists.lead_rows import lead_row
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.accepted_media import best_format
from baton.aws.web.entity_tags import unless_known
from baton.aws.web.http import Problem, answer, file, staff_api
from baton.aws.web.router import Response
from baton.outreach.csv.csv_cells import MEDIA_TYPE
from baton.outreach.csv.leads_csv import leads_csv

if TYPE_CHECKING:
    from baton.aws.search.asked_search import AskedSearch

FORMATS = ("json", "csv")
LISTS = (*PLACES, "source", "changed_since", "escalated_since", "order", "cursor", "counts", "count_escalated_since")

app = staff_api(query=("q", "email", *LISTS, "limit", "format"))
standings = LeadStandings.from_environment()


@app.get("/leads")
def list_leads() -> Response:
    """A page of leads, or a file of many; `cursor` asks for those after it."""
    if (wanted := best_format(app.query("format"), app.headers, FORMATS)) not in FORMATS:
        raise Problem(422, "there is no such format", [("format", f"must be one of {', '.join(FORMATS)}")])
    now = utc_now()
    if app.query("q") or app.query("email"):
        sought = search().found_by(app.queries, app.staff.email)
        found, more = LeadPage(sought.leads, None), {"more": sought.more}
    else:
        asked = asked_list(app.queries, app.staff.email, standings.agreement)
        lists = LeadLists(standings.store, standings.agreement)
        found, more = (lists.many(asked, now), {}) if wanted == "csv" else lists.page_with_counts(asked, now)
    if wanted == "csv":
        link = app.further(found.cursor) if found.cursor else {}
        name = f"baton-{app.query('queue') or 'leads'}.csv"
        return file(leads_csv(found.leads, standings.card, now), MEDIA_TYPE, name, link)
    shown = {"leads": [lead_row(lead, standings.card, now) for lead in found.leads], "cursor": found.cursor}
    return unless_known(answer(shown | more), app.headers)


@cache
def search() -> "AskedSearch":
    """Returns what searches; lists do without it and its secrets."""
    from baton.aws.search.asked_search import AskedSearch  # noqa: PLC0415

    return AskedSearch.of(standings.store)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
