"""POST /leads/{lead_id}/hold: somebody holds a lead back from sales; the reason is kept beside the rules' verdict."""

from typing import Annotated, Any

from pydantic import ConfigDict, StringConstraints

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_context import standing_and_target
from baton.aws.leads.lead_views import lead_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.events.recorded import Event
from baton.domain.handoffs import manual_decisions
from baton.domain.leads.lead import Lead

app = staff_api()
commands = Commands.from_environment()


class HeldBack(manual_decisions.HoldRequest):
    """Why, and until when, if not as long as agreed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


@app.post("/leads/<lead_id>/hold")
def hold_back(lead_id: str) -> Response:
    """No rule but a wish for a person hands it over until then; repeated, nothing more happens."""
    by, wanted, now = app.staff, app.sent(HeldBack), utc_now()

    def decide(lead: Lead) -> list[Event]:
        return manual_decisions.hold(lead, wanted, by, *standing_and_target(commands, lead, now), now)

    lead = commands.change(lead_id, decide, by=by.email, now=now, repeats=repeats_of(app, now))
    return answer(lead_view(commands.standing(lead, now), now))


@app.on(manual_decisions.WrongDate)
def refuse(fault: manual_decisions.WrongDate) -> Response:
    """Answers 422 with the dates that are possible."""
    return Problem(422, "the date does not do; nothing was changed", [("until", str(fault))]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
