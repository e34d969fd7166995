"""POST /handoffs/{handoff_id}/return: sales gives the lead back, for one of the agreed reasons."""

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
from baton.domain.events.recorded import Event
from baton.domain.handoffs import returns
from baton.domain.leads.lead import Lead
from baton.domain.staff.permissions import SALES

app = staff_api(SALES)
commands = Commands.from_environment()


class Return(returns.ReturnRequest):
    """One of the agreement's reasons, a word to whoever gets the lead next, and when its time will come."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    reason: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    note: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None


@app.post("/handoffs/<handoff_id>/return")
def give_back(handoff_id: str) -> Response:
    """The agreement says where a lead returned for this reason goes."""
    by, back, now = app.staff, app.sent(Return), utc_now()

    def decide(lead: Lead) -> list[Event]:
        roster = roster_for(commands, lead, now)
        return returns.return_lead(lead, handoff_id, back, by, commands.agreements.in_force(), roster, now)

    lead_id, repeats = handoff_keys.lead_id_of(handoff_id), repeats_of(app, now)
    return answer(handoff_of(commands.change(lead_id, decide, by=by.email, now=now, repeats=repeats), now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
