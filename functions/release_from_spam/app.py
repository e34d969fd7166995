"""POST /leads/{lead_id}/release-from-spam: what was taken for a robot's is a person's, and counts from now on."""

from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_views import lead_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer, staff_api
from baton.aws.web.request_keys import repeats_of
from baton.aws.web.router import Response
from baton.domain.events.recorded import Event
from baton.domain.leads.lead import Lead
from baton.domain.signals.spam_release import released_signals
from baton.domain.staff.permissions import MARKETING

app = staff_api(MARKETING)
commands = Commands.from_environment()


@app.post("/leads/<lead_id>/release-from-spam")
def release_from_spam(lead_id: str) -> Response:
    """The lead goes on as if its forms had been taken when they came; repeated, nothing more happens."""
    by, now, in_force = app.staff, utc_now(), commands.agreements.in_force()

    def decide(lead: Lead) -> list[Event]:
        return released_signals(lead, commands.store.history_of(lead, lead.version), in_force, now)

    lead = commands.change(lead_id, decide, by=by.email, now=now, repeats=repeats_of(app, now), find_account=True)
    return answer(lead_view(commands.standing(lead, now), now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
