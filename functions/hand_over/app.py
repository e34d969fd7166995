"""POST /leads/{lead_id}/handoff: somebody hands a lead over by hand; the reason is kept beside the rules' verdict."""

from typing import Annotated, Any

from pydantic import ConfigDict, StringConstraints

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_context import standing_and_target
from baton.aws.leads.views import handoff_of
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.basics.staff_addresses import GivenAddress
from baton.domain.events.recorded import Event
from baton.domain.handoffs import manual_decisions
from baton.domain.leads.lead import Lead

app = staff_api()
commands = Commands.from_environment()


class HandedOver(manual_decisions.HandOverRequest):
    """Why, and to whom, if to anybody in particular."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    owner: Annotated[GivenAddress, StringConstraints(min_length=3, max_length=254)] | None = None


@app.post("/leads/<lead_id>/handoff")
def hand_over(lead_id: str) -> Response:
    """It goes to sales, wherever it is now; repeated, nothing more happens."""
    by, wanted, now = app.staff, app.sent(HandedOver), utc_now()

    def decide(lead: Lead) -> list[Event]:
        standing, target = standing_and_target(commands, lead, now)
        return manual_decisions.hand_over(lead, wanted, by, standing, target, commands.roster, now)

    return answer(handoff_of(commands.change(lead_id, decide, by=by.email, now=now, repeats=repeats_of(app, now)), now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
