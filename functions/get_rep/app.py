"""GET /teams/{team}/reps/{email}: one person on a team, and whether they get leads now."""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.teams.roster_views import rep_view
from baton.aws.teams.rosters import member_address
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.domain.teams.reps import Subscription

app = staff_api()
store = Store.from_environment()
agreements = Agreements.from_environment(store)


@app.get("/teams/<team>/reps/<email>")
def get_rep(team: str, email: str) -> Response:
    """What is agreed for this person, and what keeps leads from them, if anything does."""
    rep = store.rep(team, member_address(email))
    if rep is None or rep.subscription is Subscription.REMOVED:
        raise NotFound(f"{email} is not on the roster of {team}")
    return answer(rep_view(rep, team, agreements.in_force().agreement, utc_now()))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
