"""POST /handoffs/{handoff_id}/reassign: the lead goes to somebody else in sales."""

from typing import Annotated, Any

from pydantic import ConfigDict, StringConstraints

from baton.aws.leads.commands import Commands
from baton.aws.leads.reassignment_roster import roster_for
from baton.aws.leads.views import handoff_of
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys import handoff_keys
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.basics.staff_addresses import GivenAddress
from baton.domain.events.recorded import Event
from baton.domain.handoffs import reassignment
from baton.domain.leads.lead import Lead
from baton.domain.staff.permissions import SALES

app = staff_api(SALES)
commands = Commands.from_environment()


class Reassignment(reassignment.ReassignRequest):
    """To whom, if to anybody in particular, and why."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    owner: Annotated[GivenAddress, StringConstraints(min_length=3, max_length=254)] | None = None
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


@app.post("/handoffs/<handoff_id>/reassign")
def reassign(handoff_id: str) -> Response:
    """All clocks start anew for the new owner, who may be on another team."""
    by, wanted, now = app.staff, app.sent(Reassignment), utc_now()

    def decide(lead: Lead) -> list[Event]:
        roster = roster_for(commands, lead, now, wanted.owner)
        return reassignment.reassign(lead, handoff_id, wanted, by, roster, now)

    lead_id, repeats = handoff_keys.lead_id_of(handoff_id), repeats_of(app, now)
    return answer(handoff_of(commands.change(lead_id, decide, by=by.email, now=now, repeats=repeats), now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
