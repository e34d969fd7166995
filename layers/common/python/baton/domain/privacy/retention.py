"""Retention: how long a lead without any activity is kept, by the agreement and its status."""

from datetime import UTC, datetime, timedelta

from baton.agreement.terms.retention_terms import RetentionTerms
from baton.domain.basics.facts import Instant
from baton.domain.leads.lead import Lead
from baton.domain.leads.signal_counts import last_act


def last_activity(lead: Lead) -> Instant:
    """Returns the time of the lead's last activity: something it did, a change of status, a fact that was entered."""
    signals = datetime.fromtimestamp(last_act(lead.tally) / 1000, tz=UTC) if lead.tally else lead.status_since
    learned = [datetime.fromtimestamp(at / 1000, tz=UTC) for at, _ in lead.learned.values()]
    return max(lead.status_since, signals, *learned)


def retention_period(lead: Lead, terms: RetentionTerms) -> timedelta | None:
    """Returns how long a lead of this status is kept after its last activity; None if it is kept for ever."""
    if lead.duty and lead.duty.is_open:
        return None
    length: timedelta | None = getattr(terms, lead.status.value, None)
    return length


def retention_has_ended(lead: Lead, terms: RetentionTerms, now: datetime) -> bool:
    """Returns whether the lead has been kept for as long as agreed."""
    length = retention_period(lead, terms)
    return length is not None and last_activity(lead) + length <= now
