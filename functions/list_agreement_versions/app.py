"""GET /agreement/versions?cursor=: all versions of the agreement, the newest first."""

from typing import Any

from baton.aws.agreement.agreement_versions import Versions, version_number
from baton.aws.drafts.version_views import version_summary
from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.table.store import Store
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.router import Response

app = staff_api(query=("cursor",))
versions = Versions(Store.from_environment())


@app.get("/agreement/versions")
def list_agreement_versions() -> Response:
    """A page of versions, without their texts; `cursor` asks for those before it."""
    asked = app.query("cursor")
    before = version_number(asked) if asked else None
    if asked and not before:
        raise CursorInvalid("this cursor is not from this list; start again without one")
    found, cursor = versions.listed(before)
    standing = versions.now()
    return answer({"versions": [version_summary(each, standing) for each in found], "cursor": cursor})


@app.on(CursorInvalid)
def refuse(fault: CursorInvalid) -> Response:
    """Answers 422 for a cursor that is not one of Baton's."""
    return Problem(422, "start again without a cursor", [("cursor", str(fault))]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
