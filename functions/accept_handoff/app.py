"""POST /handoffs/{handoff_id}/accept: the salesperson takes the lead."""

from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.leads.views import handoff_of
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys import handoff_keys
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.handoffs import acceptance
from baton.domain.staff.permissions import SALES

app = staff_api(SALES)
commands = Commands.from_environment()


@app.post("/handoffs/<handoff_id>/accept")
def accept(handoff_id: str) -> Response:
    """The acceptance clock stops; repeated, nothing more happens."""
    by, now = app.staff, utc_now()
    lead = commands.change(
        handoff_keys.lead_id_of(handoff_id),
        lambda lead: acceptance.accept(lead, handoff_id, by, now),
        by=by.email,
        now=now,
        repeats=repeats_of(app, now),
    )
    return answer(handoff_of(lead, now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
