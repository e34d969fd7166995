"""POST /agreement/drafts: somebody proposes another agreement."""

from typing import Annotated, Any

from pydantic import ConfigDict, StringConstraints

from baton.aws.drafts.draft_commands import Drafts
from baton.aws.drafts.draft_views import MAX_BYTES, drafted_view, drafting_api
from baton.aws.drafts.terms_in_use import TermsInUse
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer
from baton.aws.web.router import Response
from baton.domain.signing.draft_signatures import Proposal

app = drafting_api()
drafts = Drafts.from_environment()


class NewDraft(Proposal):
    """The whole text, from when it shall hold (at once, if nothing is said), and a word about it."""

    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None


@app.post("/agreement/drafts")
def create_draft() -> Response:
    """Keep it, and say what it changes of what is in force."""
    proposal, now = app.sent(NewDraft, MAX_BYTES), utc_now()
    return answer(drafted_view(drafts.create(proposal, app.staff.email, now), TermsInUse(drafts.store, now).of), 201)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
