"""Folds consents: those given or claimed with a form, those that a tool confirms, and those withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from itertools import accumulate
from typing import Any

from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Consent

Changes = dict[str, Any]
MAX_BYTES = 40_000
"""So many bytes of JSON the consents of a lead have together."""
_FEW = 10
"""So many always have room: each names a form, a page of 500 characters, and a version of words of 200."""


def given(lead: Lead, event: SignalRecorded, at: datetime) -> Changes:
    """Adds the consents that came with a form, and what a tool says of mails.

    A form only claims them: it lifts no unsubscription, and replaces no consent that a tool has confirmed. Before forms
    were said to claim (`claims`), a consent later than an unsubscription ended it. A list gives consents only to who
    has never said anything about them: it may be older than an unsubscription.
    """
    if event.mail_choice and event.mail_choice.wanted:
        return _wanted(lead, at, event.source)
    listed = event.existing is not None
    if listed and (lead.unsubscribed_at or event.opted_out):
        return {}
    page, source = event.properties.get("page"), f"form:{event.form}" if event.form else event.source
    consents = {
        purpose: Consent(given=True, at=at, text=text, source=source, page=str(page) if page else None)
        for purpose, text in event.consents.items()
        if purpose not in lead.consents or (not listed and lead.consents[purpose].at <= at)
    }
    if event.claims:
        consents = {
            purpose: claim
            for purpose, each in consents.items()
            if (claim := _claimed(lead, each, lead.consents.get(purpose)))
        }
    if not consents:
        return {}
    changes: Changes = {"consents": within_room({**lead.consents, **consents})}
    if lead.unsubscribed_at and lead.unsubscribed_at < at and not event.claims:
        changes["unsubscribed_at"] = None
    return changes


def _claimed(lead: Lead, new: Consent, before: Consent | None) -> Consent | None:
    """Returns a form's consent as a claim; None if there is a proven one already."""
    if before and before.given and not before.claimed:
        return None
    left, came_back = lead.unsubscribed_at, lead.resubscribed_at
    if left and left >= new.at:
        return new.model_copy(update={"given": False, "at": left})
    if not left and came_back and came_back >= new.at:
        return new.model_copy(update={"at": came_back})
    ended = left is not None or (before is not None and not before.given)
    return new.model_copy(update={"given": not ended, "claimed": True})


def _wanted(lead: Lead, at: datetime, source: str) -> Changes:
    """Confirms what was claimed before a tool said that the person wants mails, and ends an earlier unsubscription."""
    left = lead.unsubscribed_at
    if left and left >= at:
        return {}
    proven = {"given": True, "claimed": False, "at": at, "source": source}
    confirmed = {
        purpose: each.model_copy(update=proven if each.at <= at else {"given": True})
        for purpose, each in lead.consents.items()
        if (each.claimed and (left or each.at <= at)) or (left and each.at == left)
    }
    last = max(at, lead.resubscribed_at) if lead.resubscribed_at else at
    changes: Changes = {"unsubscribed_at": None, "resubscribed_at": last}
    return changes | ({"consents": {**lead.consents, **confirmed}} if confirmed else {})


def withdrawn(lead: Lead, purposes: tuple[str, ...], at: datetime, source: str) -> Changes:
    """Marks the consents to these purposes as withdrawn; a claim that came later stays one, and gives nothing."""
    ended = {purpose: _ended(lead.consents[purpose], at, source) for purpose in purposes if purpose in lead.consents}
    return {"consents": {**lead.consents, **ended}} if ended else {}


def _ended(consent: Consent, at: datetime, source: str) -> Consent:
    if consent.claimed and consent.at > at:
        return consent.model_copy(update={"given": False})
    return consent.model_copy(update={"given": False, "claimed": False, "at": at, "source": source})


def without_claims(consents: Mapping[str, Consent]) -> dict[str, Consent]:
    """Returns consents of which those that are only claimed give nothing."""
    return {
        purpose: each.model_copy(update={"given": False}) if each.claimed else each
        for purpose, each in consents.items()
    }


def within_room(consents: Mapping[str, Consent]) -> dict[str, Consent]:
    """Returns the consents that a lead has room for.

    Of too many, those that are only claimed go first, then those that are proven, the oldest first; then they count as
    never given. What was withdrawn goes last.
    """
    if len(consents) <= _FEW:
        return dict(consents)
    by_weight = sorted(
        consents.items(), key=lambda one: (not one[1].given, not one[1].claimed, one[1].at), reverse=True
    )
    size = (len(purpose) + len(each.model_dump_json().encode()) + 4 for purpose, each in by_weight)
    stay = {purpose for (purpose, _), so_far in zip(by_weight, accumulate(size), strict=True) if so_far <= MAX_BYTES}
    return {purpose: each for purpose, each in consents.items() if purpose in stay}
