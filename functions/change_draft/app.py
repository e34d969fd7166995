"""PUT /agreement/drafts/{draft_id}: a draft gets another text, and signatures under the old one are void."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from baton.aws.drafts.draft_commands import Drafts
from baton.aws.drafts.draft_views import MAX_BYTES, drafted_view, drafting_api
from baton.aws.drafts.terms_in_use import TermsInUse
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer
from baton.aws.web.router import Response
from baton.domain.basics.facts import AS_WHOLE
from baton.domain.signing.draft_signatures import Proposal

app = drafting_api()
drafts = Drafts.from_environment()


class ChangedDraft(Proposal):
    """The whole text as it shall be, and the revision that it was made from."""

    model_config = ConfigDict(extra="forbid")

    revision: Annotated[int, Field(ge=1), AS_WHOLE]
    note: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None


@app.put("/agreement/drafts/<draft_id>")
def change_draft(draft_id: str) -> Response:
    """The next revision, on the base of what is in force now."""
    sent, now = app.sent(ChangedDraft, MAX_BYTES), utc_now()
    changed = drafts.change(draft_id, sent, sent.revision, app.staff.email, now)
    return answer(drafted_view(changed, TermsInUse(drafts.store, now).of))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
