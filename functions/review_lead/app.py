"""POST /leads/{lead_id}/review: marketing gives its verdict on a lead; what it owed the lead is done by that."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, StrictBool, StringConstraints

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_context import standing_of
from baton.aws.leads.lead_views import lead_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.events.recorded import Event
from baton.domain.leads.lead import Lead
from baton.domain.review import verdict
from baton.domain.staff.permissions import MARKETING

app, commands = staff_api(MARKETING), Commands.from_environment()


class Verdict(verdict.ReviewSubmission):
    """What becomes of the lead, with answers to the checklist as far as they are not known, a date, and why."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    answers: dict[str, StrictBool] = Field(default_factory=dict, max_length=50)
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)] | None = None


class VerdictOnMany(Verdict):
    """The same for each of these leads."""

    leads: list[Annotated[str, StringConstraints(min_length=1, max_length=64)]] = Field(min_length=1, max_length=50)


@app.post("/leads/<lead_id>/review")
def review_lead(lead_id: str) -> Response:
    """It goes to sales, is parked, disqualified or nurtured; repeated, nothing more happens."""
    by, given, now = app.staff, app.sent(Verdict), utc_now()

    def decide(lead: Lead) -> list[Event]:
        return verdict.review(lead, given, by, standing_of(commands, lead, now), commands.roster, now)

    lead = commands.change(lead_id, decide, by=by.email, now=now, repeats=repeats_of(app, now))
    return answer(lead_view(commands.standing(lead, now), now))


@app.post("/reviews")
def review_leads() -> Response:
    """Gives one verdict on up to fifty leads in review: each by itself, and repeated, nothing more happens."""
    from baton.aws.reviews.review_batch import ReviewBatch  # few requests  # noqa: PLC0415

    given = app.sent(VerdictOnMany)
    return answer(ReviewBatch(commands, given, app.staff, utc_now()).save(given.leads))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
