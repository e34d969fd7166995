"""GET /leads?queue=&owner=&cursor=&format=: the leads of a queue, or those whose open handoffs a salesperson holds."""

from typing import Any

from baton.aws.leads.lead_queues import CursorInvalid, LeadPage, LeadQueues
from baton.aws.leads.lead_standings import LeadStandings
from baton.aws.leads.views import lead_summary
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.accepted_media import best_format
from baton.aws.web.http import Problem, answer, file, staff_api
from baton.aws.web.router import Response
from baton.domain.basics.staff_addresses import staff_address
from baton.domain.leads.stage_and_status import Status
from baton.outreach.csv.csv_cells import MEDIA_TYPE
from baton.outreach.csv.leads_csv import leads_csv

FORMATS = ("json", "csv")
ME = "me"

app = staff_api(query=("queue", "owner", "cursor", "format"))
standings = LeadStandings.from_environment()
queues = LeadQueues(standings.store)


@app.get("/leads")
def list_leads() -> Response:
    """A page of leads, or a file of many; `cursor` asks for those after it."""
    queue, owner, cursor = (app.query(name) for name in ("queue", "owner", "cursor"))
    if bool(queue) == bool(owner):
        raise Problem(422, "ask for one list", [("queue", "give either `queue` or `owner`")])
    if queue and queue not in set(Status):
        raise Problem(422, "there is no such queue", [("queue", f"must be one of {', '.join(Status)}")])
    if (wanted := best_format(app.query("format"), app.headers, FORMATS)) not in FORMATS:
        raise Problem(422, "there is no such format", [("format", f"must be one of {', '.join(FORMATS)}")])
    holder = app.staff.email if owner == ME else staff_address(owner or "")

    def page(after: str | None) -> LeadPage:
        return queues.of_status(Status(queue), after) if queue else queues.of_owner(holder, after)

    if wanted == "csv":
        return as_file(queues.many(page, cursor), queue or "open")
    found, now = page(cursor), utc_now()
    return answer({"leads": [lead_summary(lead, standings.card, now) for lead in found.leads], "cursor": found.cursor})


def as_file(found: LeadPage, name: str) -> Response:
    """Returns leads as a CSV file; if there are more, a `Link` header has the address of the next file."""
    more = app.further(found.cursor) if found.cursor else {}
    return file(leads_csv(found.leads, standings.card, utc_now()), MEDIA_TYPE, f"baton-{name}.csv", more)


@app.on(CursorInvalid)
def refuse(fault: CursorInvalid) -> Response:
    """Answers 422 for a cursor that is not one of Baton's."""
    return Problem(422, "start again without a cursor", [("cursor", str(fault))]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
