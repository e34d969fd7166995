"""GET /agreement/drafts?cursor=: the drafts that are not signed by both departments yet."""

from typing import Any

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.drafts.draft_items import DraftItems
from baton.aws.drafts.draft_views import drafts_view
from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.table.store import Store
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.router import Response

app = staff_api(query=("cursor",))
drafts = DraftItems(Versions(Store.from_environment()))


@app.get("/agreement/drafts")
def list_drafts() -> Response:
    """A page of drafts, the newest first; `cursor` asks for those before it."""
    return answer(drafts_view(*drafts.open(app.query("cursor"))))


@app.on(CursorInvalid)
def refuse(fault: CursorInvalid) -> Response:
    """Answers 422 for a cursor that is not one of Baton's."""
    return Problem(422, "start again without a cursor", [("cursor", str(fault))]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
