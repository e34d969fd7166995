"""POST /handoffs/{handoff_id}/accept: the salesperson takes the lead."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws import keys
from baton.aws.clock import utc_now
from baton.aws.desk import Desk
from baton.aws.http import SALES, answer, staff_api
from baton.aws.views import handoff_of
from baton.domain import sales

app = staff_api(SALES)
desk = Desk.from_environment()


@app.post("/handoffs/<handoff_id>/accept")
def accept(handoff_id: str) -> Response[str]:
    """The acceptance clock stops; repeated, nothing more happens."""
    by, now = app.staff, utc_now()
    lead = desk.change(
        keys.lead_of(handoff_id), lambda lead: sales.accept(lead, handoff_id, by, now), by=by.email, now=now
    )
    return answer(handoff_of(lead, now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
