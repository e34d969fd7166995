"""GET /leads/{lead_id}: one lead, as both departments see it."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.clock import utc_now
from baton.aws.http import answer, staff_api
from baton.aws.store import NotFound, Store
from baton.aws.views import lead_view

app = staff_api()
store = Store.from_environment()


@app.get("/leads/<lead_id>")
def get_lead(lead_id: str) -> Response[str]:
    """What is known of the lead, and who holds it."""
    lead = store.lead(lead_id)
    if lead is None:
        raise NotFound("there is no such lead")
    return answer(lead_view(lead, utc_now()))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
