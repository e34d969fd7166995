"""DELETE /teams/{team}/reps/{email}: somebody leaves a team; their mail ends, and what they hold is passed on."""

from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_queues import LeadQueues
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.retries import deadline
from baton.aws.teams.rep_departure import RepDeparture
from baton.aws.teams.rosters import Rosters, member_address
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.domain.staff.permissions import roster_editors
from baton.domain.teams.managers import warnings

app = staff_api()
commands = Commands.from_environment()
queues, rosters = LeadQueues(commands.store), Rosters.from_environment(commands.store)

BUDGET_SECONDS = 4.0
"""So long somebody looks at a screen and waits; the next run over the waiting lines reassigns the rest of the handoffs.

Whoever was removed is off the roster before the first of them is reassigned, so that nothing depends on the answer.
"""


@app.delete("/teams/<team>/reps/<email>")
def remove_rep(team: str, email: str) -> Response:
    """Pass on what they hold, or let it wait for somebody; what there is no time for follows in a moment."""
    time_is_over = deadline(BUDGET_SECONDS)
    by, rep, now = app.staff_in(roster_editors(team, commands.agreement)), member_address(email), utc_now()
    before = queues.held_by(rep)  # as soon as they are removed, whoever serves the lines passes these on, too
    others = [name for name in commands.agreement.rosters if name != team]
    roster = rosters.remove(team, rep, others, by=by, now=now)
    held = list(dict.fromkeys([*before, *queues.held_by(rep)]))
    departure = RepDeparture(commands, team)
    became = departure.reassign(held, rep, by=by.email, now=now, time_is_over=time_is_over)
    return answer({"email": rep, **became._asdict(), "warnings": warnings(roster, team, commands.agreement)})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
