"""GET /teams/{team}/reps: who is on a team, who gets leads now, why the others do not, and whose turn it is.

GET /teams lists the agreed teams.
"""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.teams.roster_views import roster_view, team_view
from baton.aws.teams.rosters import team_of
from baton.aws.teams.topic_listeners import TopicListeners
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response

app = staff_api()
store = Store.from_environment()
agreements, listeners = Agreements.from_environment(store), TopicListeners.from_environment()


@app.get("/teams")
def list_teams() -> Response:
    """The agreed teams: label, department, whether they get leads, and what is usual for their people."""
    agreement = agreements.in_force().agreement
    return answer({"teams": [team_view(name, agreement) for name in agreement.rosters]})


@app.get("/teams/<team>/reps")
def list_reps(team: str) -> Response:
    """The roster, what is wrong with the mail, and how far its people are from their share; of a former team, too."""
    agreement = agreements.in_force().agreement
    roster = store.roster(team)
    if not roster.people and not roster.pools:
        team_of(agreement, team)
    shown = roster_view(team, roster, agreement, utc_now())
    return answer({**shown, "warnings": [*shown["warnings"], *listeners.warnings()]})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
