"""GET /leads/{lead_id}/timeline: everything that happened to a lead, in order, a page at a time."""

from typing import Any

from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.leads.timelines import Timelines
from baton.aws.leads.views import event_view
from baton.aws.table.store import Store
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.router import Response

app = staff_api(query=("cursor",))
timelines = Timelines(Store.from_environment())


@app.get("/leads/<lead_id>/timeline")
def get_timeline(lead_id: str) -> Response:
    """A page of events; `cursor` asks for those after it."""
    try:
        page = timelines.page(lead_id, app.query("cursor"))
    except CursorInvalid as fault:
        raise Problem(422, "start again without a cursor", [("cursor", str(fault))]) from fault
    return answer({"events": [event_view(recorded) for recorded in page.events], "cursor": page.cursor})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
