"""The newest proposal of points, beside another answer of the API."""

from datetime import datetime

from baton.aws.table.store import Store
from baton.aws.web.json_view import View


def newest_proposal(store: Store, version: int, now: datetime) -> View:
    """Shows the proposal that was begun last, None if there is none, and the agreement's version, which is in force."""
    from baton.aws.proposals.proposal_items import ProposalItems  # few answers have it  # noqa: PLC0415

    newest = ProposalItems(store).newest()
    return {"agreement_version": version, "proposal": newest.short_view(now) if newest else None}
