"""GET /leads/{lead_id}/timeline: everything that happened to a lead, in order, a page at a time."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.http import Problem, answer, staff_api
from baton.aws.store import PAGE, NotFound, Store
from baton.aws.views import event_view

app = staff_api()
store = Store.from_environment()


@app.get("/leads/<lead_id>/timeline")
def get_timeline(lead_id: str) -> Response[str]:
    """A page of events; `cursor` asks for those after it."""
    cursor = app.query("cursor") or "0"
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 8):
        raise Problem(422, "start again without a cursor", [("cursor", "this is not a timeline's cursor")])
    history = store.history(lead_id, after=int(cursor), limit=PAGE + 1)
    if not history and cursor == "0":
        raise NotFound("there is no such lead")
    shown = history[:PAGE]
    more = str(int(shown[-1].event_id.rsplit("-", 1)[1])) if len(history) > PAGE else None
    return answer({"events": [event_view(recorded) for recorded in shown], "cursor": more})


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
