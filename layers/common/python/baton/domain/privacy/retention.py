"""Who is kept no longer: people of whom nothing was heard for as long as is agreed for where they are."""

from datetime import UTC, datetime, timedelta

from baton.agreement.terms.retention_terms import RetentionTerms
from baton.domain.basics.facts import Instant
from baton.domain.leads.lead import Lead


def last_activity(lead: Lead) -> Instant:
    """When there was the last sign of life of a lead: a signal, a move, an answer that was put down."""
    signals = datetime.fromtimestamp(lead.tally["latest"][0] / 1000, tz=UTC) if lead.tally else lead.status_since
    learned = [datetime.fromtimestamp(at / 1000, tz=UTC) for at, _ in lead.learned.values()]
    return max(lead.status_since, signals, *learned)


def retention_period(lead: Lead, terms: RetentionTerms) -> timedelta | None:
    """For how long a lead like this one is kept; None if it is kept anyhow."""
    if lead.duty and lead.duty.is_open:
        return None
    length: timedelta | None = getattr(terms, lead.status.value, None)
    return length


def retention_has_ended(lead: Lead, terms: RetentionTerms, now: datetime) -> bool:
    """Whether a lead has been kept for long enough."""
    length = retention_period(lead, terms)
    return length is not None and last_activity(lead) + length <= now
