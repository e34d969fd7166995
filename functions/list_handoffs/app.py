"""GET /leads/{lead_id}/handoffs?limit=&cursor=: all handoffs of a lead, newest first.

GET /handoffs/{handoff_id} shows one of them, with the lead that it is about.
"""

from typing import Any

from baton.aws.handoffs.handoff_views import labelled_handoff_view, lead_of_handoff_view
from baton.aws.handoffs.lead_handoffs import LeadHandoffs
from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.leads.lead_standings import LeadStandings
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.page_limits import page_limit
from baton.aws.web.router import Response

USUAL, MOST = 10, 25

app = staff_api(query={"/leads/{lead_id}/handoffs": ("limit", "cursor")})
standings = LeadStandings.from_environment()
handoffs = LeadHandoffs(standings.store)


@app.get("/leads/<lead_id>/handoffs")
def list_handoffs(lead_id: str) -> Response:
    """A page of handoffs with their clocks, owners and routing; `cursor` asks for those before it."""
    limit, now = page_limit(app.query("limit"), USUAL, MOST), utc_now()
    lead = standings.store.lead(lead_id)
    if lead is None:
        raise NotFound("there is no such lead")
    page = handoffs.of(lead, app.query("cursor"), limit)
    shown = [labelled_handoff_view(handoff, standings.agreement, now) for handoff in page.handoffs]
    return answer({"handoffs": shown, "cursor": page.cursor})


@app.get("/handoffs/<handoff_id>")
def get_handoff(handoff_id: str) -> Response:
    """One handoff: its clocks, who held it when, who was skipped in routing and why, and who the lead is."""
    handoff, lead = handoffs.one(handoff_id)
    shown = labelled_handoff_view(handoff, standings.agreement, utc_now())
    return answer({**shown, "lead": lead_of_handoff_view(lead)})


@app.on(CursorInvalid)
def refuse(fault: CursorInvalid) -> Response:
    """Answers 422 for a cursor that is not of this list."""
    return Problem(422, "start again without a cursor", [("cursor", str(fault))]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
