"""Folds consents: those given with a form, and those withdrawn."""

from datetime import datetime
from typing import Any

from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Consent


def given(lead: Lead, event: SignalRecorded, at: datetime) -> dict[str, Any]:
    """Adds the consents that came with a form; a consent later than an unsubscription ends the unsubscription.

    A list gives consents only to who has never said anything about them: it may be older than an unsubscription.
    """
    listed = event.existing is not None
    if listed and (lead.unsubscribed_at or event.opted_out):
        return {}
    page, source = event.properties.get("page"), f"form:{event.form}" if event.form else event.source
    consents = {
        purpose: Consent(given=True, at=at, text=text, source=source, page=str(page) if page else None)
        for purpose, text in event.consents.items()
        if purpose not in lead.consents or (not listed and lead.consents[purpose].at <= at)
    }
    if not consents:
        return {}
    changes: dict[str, Any] = {"consents": {**lead.consents, **consents}}
    if lead.unsubscribed_at and lead.unsubscribed_at < at:
        changes["unsubscribed_at"] = None
    return changes


def withdrawn(lead: Lead, purposes: tuple[str, ...], at: datetime, source: str) -> dict[str, Any]:
    """Marks the consents to these purposes as withdrawn."""
    ended = {
        purpose: lead.consents[purpose].model_copy(update={"given": False, "at": at, "source": source})
        for purpose in purposes
        if purpose in lead.consents
    }
    return {"consents": {**lead.consents, **ended}} if ended else {}
