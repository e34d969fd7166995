"""DELETE /agreement/drafts/{draft_id}: a draft is withdrawn; it stays readable, and nobody can sign it any more."""

from typing import Any

from baton.aws.drafts.draft_commands import Drafts
from baton.aws.drafts.draft_views import drafting_api, withdrawn_view
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer
from baton.aws.web.router import Response

app = drafting_api()
drafts = Drafts.from_environment()


@app.delete("/agreement/drafts/<draft_id>")
def withdraw_draft(draft_id: str) -> Response:
    """The draft without its signatures; withdrawing twice is harmless."""
    return answer(withdrawn_view(drafts.withdraw(draft_id, app.staff.email, utc_now())))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
