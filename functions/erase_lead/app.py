"""DELETE /leads/{lead_id}: a person is to be forgotten."""

from typing import Any

from baton.aws.privacy.lead_erasure import LeadErasure
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import staff_api
from baton.aws.web.router import Response
from baton.domain.staff.permissions import ADMIN

app = staff_api(ADMIN)
erasing = LeadErasure.from_environment()


@app.delete("/leads/<lead_id>")
def erase(lead_id: str) -> Response:
    """Nobody finds the lead any more; what is left of it is deleted within seconds, and its figures stay."""
    erasing.erase(lead_id, app.staff.email, utc_now())
    return Response(204, body="", headers={"Cache-Control": "no-store"})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
