"""GET /agreement/proposals/{proposal_id}: how far a proposal of points is, and its result."""

from typing import Any

from baton.aws.proposals.proposal_items import ProposalItems
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response

app = staff_api()
items = ProposalItems(Store.from_environment())


@app.get("/agreement/proposals/<proposal_id>")
def get_proposal(proposal_id: str) -> Response:
    """Its figures, its report in lines, and the text of its draft, which POST /agreement/drafts takes."""
    return answer(items.read(proposal_id).view(utc_now()))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
