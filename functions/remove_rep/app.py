"""DELETE /teams/{team}/reps/{email}: somebody leaves a team; their mail ends."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.agreements import Agreements
from baton.aws.http import SALES, staff_api
from baton.aws.rosters import Rosters, member_address, team_of
from baton.aws.store import Store

app = staff_api(SALES)
store = Store.from_environment()
agreements = Agreements.from_environment(store)
rosters = Rosters.from_environment(store)


@app.delete("/teams/<team>/reps/<email>")
def remove_rep(team: str, email: str) -> Response[str]:
    """End the subscription; what they hold is passed on by its clocks, or by hand."""
    agreement = agreements.in_force().agreement
    team_of(agreement, team)
    rosters.remove(team, member_address(email), other_teams=[name for name in agreement.teams if name != team])
    return Response(204)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
