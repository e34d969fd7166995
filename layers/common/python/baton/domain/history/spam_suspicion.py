"""Who is known, and had a form taken for a robot's: a person has to see whether it is theirs."""

from datetime import timedelta

from baton.domain.basics.facts import Instant
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status

LISTED_FOR = timedelta(days=30)
"""For so long they are listed: as long as a wish for a person hands somebody over."""


def suspected_since(lead: Lead | None) -> Instant | None:
    """Since when a lead is listed with those taken for robots, though it is known otherwise; None if it is not."""
    if lead is None or lead.merged_into or lead.status is Status.SPAM:
        return None
    return lead.suspected_at
