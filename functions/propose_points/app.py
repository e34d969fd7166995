"""POST /agreement/proposals: points are learned from what became of the leads; nothing takes effect by itself."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from baton.agreement.terms.durations import Duration
from baton.aws.proposals.proposal_start import ProposalStart
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.domain.basics.days import DayOrMoment
from baton.domain.basics.facts import AS_WHOLE

app = staff_api()
proposals = ProposalStart.from_environment()

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Names = Annotated[list[Name], Field(max_length=100)]


class AskedProposal(BaseModel):
    """What the table should be like, from whom it is learned, and how often that was looked at."""

    model_config = ConfigDict(extra="forbid")

    leads_per_day: Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)]
    mode: Literal["re-point", "add"] = "re-point"
    seed: Annotated[int, Field(ge=0, le=2**31), AS_WHOLE] = 1
    strike: Names = []
    allow: Names = []
    known: bool = False
    matures_after: Duration | None = None
    looks: Annotated[int, Field(ge=1, le=1000), AS_WHOLE] = 1
    first: DayOrMoment | None = Field(default=None, alias="from")
    last: DayOrMoment | None = Field(default=None, alias="to")


@app.post("/agreement/proposals")
def propose_points() -> Response:
    """Begin; GET /agreement/proposals/{proposal_id} has the progress and the result."""
    sent, now = app.sent(AskedProposal), utc_now()
    asked = sent.model_dump(mode="json", exclude={"first", "last"})
    return answer(proposals.start(asked, (sent.first, sent.last), app.staff.email, now).view(now), 202)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
