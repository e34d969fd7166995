"""Known leads with a form that was taken for spam, listed until a person has checked it."""

from datetime import timedelta

from baton.domain.basics.facts import Instant
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status

LISTED_FOR = timedelta(days=30)
"""A suspected lead is listed for so long, as long as a request for a person can hand it over."""


def suspected_since(lead: Lead | None) -> Instant | None:
    """Returns when a form of a known lead was taken for spam; None if none was, or if the whole lead is spam."""
    if lead is None or lead.merged_into or lead.status is Status.SPAM:
        return None
    return lead.suspected_at
