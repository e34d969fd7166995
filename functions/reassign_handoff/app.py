"""POST /handoffs/{handoff_id}/reassign: the lead goes to somebody else in sales."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.api_gateway import Response
from pydantic import ConfigDict, StringConstraints

from baton.aws import keys
from baton.aws.clock import utc_now
from baton.aws.desk import Desk
from baton.aws.http import SALES, answer, staff_api
from baton.aws.onward import onward, onward_to
from baton.aws.views import handoff_of
from baton.domain import sales
from baton.domain.events import Event
from baton.domain.lead import Lead

app = staff_api(SALES)
desk = Desk.from_environment()


class Reassignment(sales.PassedOn):
    """To whom, if to anybody in particular, and why."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    owner: Annotated[str, StringConstraints(to_lower=True, min_length=3, max_length=254)] | None = None
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


@app.post("/handoffs/<handoff_id>/reassign")
def reassign(handoff_id: str) -> Response[str]:
    """All clocks start anew for the new owner, who may be on another team."""
    by, wanted, now = app.staff, app.sent(Reassignment), utc_now()

    def decide(lead: Lead) -> list[Event]:
        roster = onward_to(desk, lead, wanted.owner, now) if wanted.owner else onward(desk, lead, now)
        return sales.reassign(lead, handoff_id, wanted, by, roster, now)

    return answer(handoff_of(desk.change(keys.lead_of(handoff_id), decide, by=by.email, now=now), now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
