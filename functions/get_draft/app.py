"""GET /agreement/drafts/{draft_id}: one draft, what it changes of what is in force now, and who has signed."""

from typing import Any

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.drafts.draft_items import DraftItems
from baton.aws.drafts.draft_views import whole_draft_view
from baton.aws.drafts.terms_in_use import TermsInUse
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response

app = staff_api()
versions = Versions(Store.from_environment())
drafts = DraftItems(versions)


@app.get("/agreement/drafts/<draft_id>")
def get_draft(draft_id: str) -> Response:
    """The draft with its text."""
    in_use = TermsInUse(versions.store, utc_now()).of
    return answer(whole_draft_view(drafts.read(draft_id)[0], versions.now(), in_use, versions.store))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
