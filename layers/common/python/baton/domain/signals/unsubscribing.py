"""Withdraws consents when a lead unsubscribes by any form or tool."""

from collections.abc import Container
from datetime import datetime

from baton.domain.events.recorded import Event
from baton.domain.events.signal_events import ConsentWithdrawn, SignalRecorded
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import MailChoice
from baton.domain.scoring.scorecard import Scorecard


def withdraw_consents(change: Change, card: Scorecard) -> list[Event]:
    """Returns the withdrawal of consents if a new signal says that the lead wants no mail, and nothing later otherwise.

    A form's claim says nothing otherwise: anybody can send it. A tool's record that says so again changes nothing.
    """
    lead, kinds = change.after, card.kinds.unsubscribing
    moments = [
        (recorded.event.occurred_at or recorded.at, recorded.event, choice)
        for recorded in change.events
        if isinstance(recorded.event, SignalRecorded) and (choice := _leaving(recorded.event, kinds))
    ]
    if lead is None or not moments:
        return []
    at, event, choice = max(moments, key=lambda each: each[0])
    if lead.resubscribed_at and lead.resubscribed_at > at:
        return []
    everything = _wants_no_mail(lead, at, choice)
    purposes = tuple(purpose for purpose in lead.consents if _ends(lead, purpose, at, everything=everything))
    if not purposes and not everything:
        return []
    source = f"form:{event.form}" if event.form else event.source
    return [
        ConsentWithdrawn(purposes=purposes, occurred_at=at, source=source, unsubscribed=everything, cause=choice.cause)
    ]


def _leaving(event: SignalRecorded, kinds: Container[str]) -> MailChoice | None:
    """Returns what a signal says against mails; None for one that says nothing."""
    if event.spam:
        return None
    if event.mail_choice:
        return None if event.mail_choice.wanted else event.mail_choice
    return MailChoice(wanted=False) if event.kind in kinds else None


def _wants_no_mail(lead: Lead, at: datetime, choice: MailChoice) -> bool:
    """Tells whether the lead is unsubscribed by this, or is so since a later moment."""
    left = lead.unsubscribed_at
    if left and (choice.cause == "record" or left >= at):
        return False
    return not any(each.given and not each.claimed and each.at > at for each in lead.consents.values())


def _ends(lead: Lead, purpose: str, at: datetime, *, everything: bool) -> bool:
    consent = lead.consents[purpose]
    if consent.at > at:
        return everything and consent.claimed and consent.given
    return consent.given or consent.claimed
