"""GET /leads: a list of leads by queue, owner, team, account or what is overdue, as rows or as a file."""

from typing import Any

from baton.aws.leads.lead_queues import LeadPage
from baton.aws.leads.lead_standings import LeadStandings
from baton.aws.lists.asked_list import asked_list
from baton.aws.lists.lead_lists import LeadLists
from baton.aws.lists.lead_rows import lead_row
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.accepted_media import best_format
from baton.aws.web.entity_tags import unless_known
from baton.aws.web.http import Problem, answer, file, staff_api
from baton.aws.web.router import Response
from baton.outreach.csv.csv_cells import MEDIA_TYPE
from baton.outreach.csv.leads_csv import leads_csv

FORMATS = ("json", "csv")
QUERY = (
    "queue",
    "owner",
    "team",
    "overdue",
    "source",
    "account",
    "changed_since",
    "limit",
    "order",
    "cursor",
    "format",
)

app = staff_api(query=QUERY)
standings = LeadStandings.from_environment()


@app.get("/leads")
def list_leads() -> Response:
    """A page of leads, or a file of many; `cursor` asks for those after it."""
    if (wanted := best_format(app.query("format"), app.headers, FORMATS)) not in FORMATS:
        raise Problem(422, "there is no such format", [("format", f"must be one of {', '.join(FORMATS)}")])
    now, agreement = utc_now(), standings.agreement
    asked, lists = asked_list(app.queries, app.staff.email, agreement), LeadLists(standings.store, agreement)
    if wanted == "csv":
        return as_file(lists.many(asked, now), asked.queue or "open")
    found = lists.page(asked, now)
    rows = [lead_row(lead, standings.card, now) for lead in found.leads]
    return unless_known(answer({"leads": rows, "cursor": found.cursor}), app.headers)


def as_file(found: LeadPage, name: str) -> Response:
    """Returns leads as a CSV file; if there are more, a `Link` header has the address of the next file."""
    more = app.further(found.cursor) if found.cursor else {}
    return file(leads_csv(found.leads, standings.card, utc_now()), MEDIA_TYPE, f"baton-{name}.csv", more)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
