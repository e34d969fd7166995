"""POST /leads/{lead_id}/review/claim: somebody in marketing is on the review, so that nobody else begins it too."""

from typing import Any

from pydantic import ConfigDict, StrictBool

from baton.aws.leads.record import record_once
from baton.aws.leads.views import duty_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.events.recorded import Event
from baton.domain.leads.lead import Lead
from baton.domain.review.review_claims import ClaimRequest, claim_review
from baton.domain.staff.permissions import MARKETING

app = staff_api(MARKETING)
store = Store.from_environment()


class Claim(ClaimRequest):
    """Whether the review is taken over from somebody who is on it."""

    model_config = ConfigDict(extra="forbid")

    take_over: StrictBool = False


@app.post("/leads/<lead_id>/review/claim")
def claim(lead_id: str) -> Response:
    """Everybody sees who is on it, for four hours; it keeps nobody from giving a verdict."""
    by, asked, now = app.staff, app.sent(Claim), utc_now()

    def decide(lead: Lead) -> list[Event]:
        return claim_review(lead, asked, by, now)

    lead = record_once(store, lead_id, decide, by=by.email, now=now, repeats=repeats_of(app, now))
    duty = lead.duty if lead else None
    return answer(duty_view(duty, now) if duty else {})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
