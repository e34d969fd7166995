"""POST /handoffs/{handoff_id}/rating: the salesperson says what the lead is worth."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from baton.aws.leads.record import record_once
from baton.aws.leads.views import handoff_of
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys import handoff_keys
from baton.aws.table.store import Store
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.basics.facts import AS_WHOLE
from baton.domain.events.recorded import Event
from baton.domain.handoffs import closing
from baton.domain.leads.lead import Lead
from baton.domain.staff.permissions import SALES

app = staff_api(SALES)
store = Store.from_environment()


class Rated(BaseModel):
    """How many stars, and why."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    stars: Annotated[int, Field(ge=1, le=5), AS_WHOLE]
    note: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None


@app.post("/handoffs/<handoff_id>/rating")
def rate(handoff_id: str) -> Response:
    """Also after the handoff has ended; another rating takes the place of the first, and the timeline keeps both."""
    by, rated, now = app.staff, app.sent(Rated), utc_now()

    def decide(lead: Lead) -> list[Event]:
        return closing.rate(lead, handoff_id, rated.stars, rated.note, by)

    lead = record_once(
        store, handoff_keys.lead_id_of(handoff_id), decide, by=by.email, now=now, repeats=repeats_of(app, now)
    )
    return answer(handoff_of(lead, now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
