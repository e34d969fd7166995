"""POST /agreement/drafts/{draft_id}/signatures: a department signs; the second one's signature puts it into force."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from baton.aws.drafts.draft_commands import Drafts
from baton.aws.drafts.draft_views import drafted_view, drafting_api
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.web.http import answer
from baton.aws.web.router import Response
from baton.domain.basics.facts import AS_WHOLE
from baton.domain.signing.draft_signatures import Department, department_of

app = drafting_api()
drafts = Drafts.from_environment()


class Signing(BaseModel):
    """For which department, where somebody is in both; and which revision they have read."""

    model_config = ConfigDict(extra="forbid")

    side: Department | None = Field(default=None, alias="for")
    revision: Annotated[int, Field(ge=1), AS_WHOLE] | None = None


@app.post("/agreement/drafts/<draft_id>/signatures")
def sign_draft(draft_id: str) -> Response:
    """The draft with the signature; signing twice is harmless."""
    sent, by = app.sent(Signing), app.staff
    signed = drafts.sign(draft_id, department_of(by, sent.side), by.email, sent.revision, utc_now())
    return answer(drafted_view(signed))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
