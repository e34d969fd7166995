"""GET /teams/{team}/reps: who is on a team, who gets leads now, and why the others do not."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.http import answer, staff_api
from baton.aws.store import Store
from baton.aws.views import roster_view

app = staff_api()
store = Store.from_environment()


@app.get("/teams/<team>/reps")
def list_reps(team: str) -> Response[str]:
    """The team's roster."""
    return answer({"reps": roster_view(store.roster(team))})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
