"""GET /leads/{lead_id}?at=: one lead, as both departments see it, now or as it was known at an earlier moment."""

from typing import Any

from baton.aws.leads.lead_standings import LeadStandings
from baton.aws.leads.lead_views import lead_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.entity_tags import unless_known
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.domain.basics.moments import shown_moment

app = staff_api(query=("at",))
standings = LeadStandings.from_environment()


@app.get("/leads/<lead_id>")
def get_lead(lead_id: str) -> Response:
    """What is known of the lead, what it is worth and why, who holds it, and what happens next."""
    now, at = utc_now(), app.query("at")
    if at:
        return as_of(lead_id, at)
    lead = standings.store.lead(lead_id)
    if lead is None:
        raise NotFound("there is no such lead")
    return unless_known(answer(lead_view(standings.standing(lead, now), now)), app.headers)


def as_of(lead_id: str, asked: str) -> Response:
    """Answers with the lead as it was known at a past moment."""
    from baton.aws.leads.past_leads import PastLeads, past_moment  # few ask for it  # noqa: PLC0415

    at = past_moment(asked, utc_now())
    standing = PastLeads(standings.store, standings.agreements).standing(lead_id, at)
    return answer({**lead_view(standing, at), "as_of": shown_moment(at)})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
