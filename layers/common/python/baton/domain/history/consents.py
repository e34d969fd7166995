"""What a person has agreed to, for which purpose and in which words, and what they have taken back."""

from datetime import datetime
from typing import Any

from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Consent


def given(lead: Lead, event: SignalRecorded, at: datetime) -> dict[str, Any]:
    """The consents that came with a form; who agrees anew after having unsubscribed may be written to again."""
    page = event.properties.get("page")
    said = {
        purpose: Consent(given=True, at=at, text=text, source=f"form:{event.form}", page=str(page) if page else None)
        for purpose, text in event.consents.items()
        if purpose not in lead.consents or lead.consents[purpose].at <= at
    }
    if not said:
        return {}
    changes: dict[str, Any] = {"consents": {**lead.consents, **said}}
    if lead.unsubscribed_at and lead.unsubscribed_at < at:
        changes["unsubscribed_at"] = None
    return changes


def withdrawn(lead: Lead, purposes: tuple[str, ...], at: datetime, source: str) -> dict[str, Any]:
    """What was agreed to for these purposes is agreed to no longer."""
    ended = {
        purpose: lead.consents[purpose].model_copy(update={"given": False, "at": at, "source": source})
        for purpose in purposes
        if purpose in lead.consents
    }
    return {"consents": {**lead.consents, **ended}} if ended else {}
