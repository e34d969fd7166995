"""POST /agreement/check: is this text an agreement, and what would it change? Nothing is stored."""

from typing import Any

from pydantic import ConfigDict

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.drafts.checked_text import check_text
from baton.aws.drafts.draft_views import MAX_BYTES
from baton.aws.drafts.terms_in_use import TermsInUse
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.domain.signing.draft_signatures import Proposal

app = staff_api()
store = Store.from_environment()
versions = Versions(store)


class CheckedText(Proposal):
    """The whole text, and from when it shall hold; a note is passed over."""

    model_config = ConfigDict(extra="forbid")


@app.post("/agreement/check")
def check_agreement() -> Response:
    """All faults with their places, or what the text changes of what is in force."""
    now, standing = utc_now(), versions.now()
    in_use, in_force = TermsInUse(store, now), standing.current.agreement if standing.current else None
    sent = app.sent(CheckedText, MAX_BYTES)
    return answer(check_text(sent, standing, in_use.of, now, store, lambda kind: in_use.of_kind(kind, in_force)))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
