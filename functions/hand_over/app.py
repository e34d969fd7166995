"""POST /leads/{lead_id}/handoff: somebody hands a lead over by hand; the reason is kept beside the rules' verdict."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.api_gateway import Response
from pydantic import ConfigDict, StringConstraints

from baton.aws.clock import utc_now
from baton.aws.desk import Desk
from baton.aws.http import answer, staff_api
from baton.aws.ruling import standing_and_target
from baton.aws.views import handoff_of
from baton.domain import by_hand
from baton.domain.events import Event
from baton.domain.lead import Lead

app = staff_api()
desk = Desk.from_environment()


class HandedOver(by_hand.GivenOver):
    """Why, and to whom, if to anybody in particular."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    owner: Annotated[str, StringConstraints(to_lower=True, min_length=3, max_length=254)] | None = None


@app.post("/leads/<lead_id>/handoff")
def hand_over(lead_id: str) -> Response[str]:
    """It goes to sales, wherever it is now; repeated, nothing more happens."""
    by, wanted, now = app.staff, app.sent(HandedOver), utc_now()

    def decide(lead: Lead) -> list[Event]:
        standing, target = standing_and_target(desk, lead, now)
        return by_hand.hand_over(lead, wanted, by, standing, target, desk.roster, now)

    return answer(handoff_of(desk.change(lead_id, decide, by=by.email, now=now), now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
