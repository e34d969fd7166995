"""POST /leads/{lead_id}/unmerge: a lead that was merged into another is somebody else after all."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

from baton.aws.leads.lead_merging import LeadMerging
from baton.aws.leads.lead_views import lead_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.staff.permissions import MARKETING

app = staff_api(MARKETING)
merging = LeadMerging.from_environment()


class NotTheSame(BaseModel):
    """How that is known, if somebody says so."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)] | None = None


@app.post("/leads/<lead_id>/unmerge")
def unmerge(lead_id: str) -> Response:
    """It is one of its own again, with what came by its addresses since; repeated, nothing more happens."""
    sent, now = app.sent(NotTheSame), utc_now()
    lead = merging.unmerge(lead_id, sent.reason, app.staff.email, now, repeats_of(app, now))
    return answer(lead_view(merging.commands.standing(lead, now), now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
