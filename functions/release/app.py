"""DELETE /leads/{lead_id}/hold: a lead is held back no longer; whatever trigger holds for it hands it over now."""

from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_views import lead_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.handoffs import manual_decisions

app = staff_api()
commands = Commands.from_environment()


@app.delete("/leads/<lead_id>/hold")
def release(lead_id: str) -> Response:
    """The rules decide about it again; repeated, nothing more happens."""
    by, now = app.staff, utc_now()
    lead = commands.change(
        lead_id, manual_decisions.release, by=by.email, now=now, repeats=repeats_of(app, now), find_account=True
    )
    return answer(lead_view(commands.standing(lead, now), now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
