"""POST /leads/{lead_id}/merge: somebody says that another lead is the same person; this one stands for both."""

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


class Same(BaseModel):
    """Which other lead it is, and how that is known."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    other: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)] | None = None


@app.post("/leads/<lead_id>/merge")
def merge(lead_id: str) -> Response:
    """The other's id and addresses stand for this one from now on; repeated, nothing more happens."""
    wanted, now = app.sent(Same), utc_now()
    lead = merging.merge(lead_id, wanted.other, wanted.reason, app.staff.email, now, repeats_of(app, now))
    return answer(lead_view(merging.commands.standing(lead, now), now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
