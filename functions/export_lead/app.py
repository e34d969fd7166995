"""GET /leads/{lead_id}/export?cursor=: everything that is known of a person, for whoever asks what that is."""

from typing import Any

from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.privacy.lead_export import Export
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.router import Response

app = staff_api(query=("cursor",))
export = Export(Store.from_environment())


@app.get("/leads/<lead_id>/export")
def export_lead(lead_id: str) -> Response:
    """The lead with its whole history; with `cursor`, there is more: ask again with it."""
    try:
        return answer(export.of(lead_id, app.query("cursor"), utc_now()))
    except CursorInvalid as fault:
        raise Problem(422, "start again without a cursor", [("cursor", str(fault))]) from fault


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
