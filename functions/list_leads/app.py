"""GET /leads?queue=&owner=&cursor=: the leads of one queue, or those whose open handoffs one salesperson holds."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.clock import utc_now
from baton.aws.desk import Desk
from baton.aws.http import Problem, answer, staff_api
from baton.aws.queues import CursorInvalid, Queues
from baton.aws.views import lead_summary
from baton.domain.lead import Status

app = staff_api()
desk = Desk.from_environment()
queues = Queues(desk.store)


@app.get("/leads")
def list_leads() -> Response[str]:
    """A page of leads; `cursor` asks for those after it."""
    queue, owner, cursor = (app.query(name) for name in ("queue", "owner", "cursor"))
    if bool(queue) == bool(owner):
        raise Problem(422, "ask for one list", [("queue", "give either `queue` or `owner`")])
    if queue and queue not in set(Status):
        raise Problem(422, "there is no such queue", [("queue", f"must be one of {', '.join(Status)}")])
    page = queues.of_status(Status(queue), cursor) if queue else queues.of_owner(str(owner).lower(), cursor)
    now = utc_now()
    return answer({"leads": [lead_summary(lead, desk.card, now) for lead in page.leads], "cursor": page.cursor})


@app.on(CursorInvalid)
def refuse(fault: CursorInvalid) -> Response[str]:
    """Say that the cursor is at fault."""
    return Problem(422, "start again without a cursor", [("cursor", str(fault))]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
