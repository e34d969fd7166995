"""Withdraws consents when a lead unsubscribes by any form or tool."""

from baton.domain.events.recorded import Event
from baton.domain.events.signal_events import ConsentWithdrawn, SignalRecorded
from baton.domain.history.change import Change
from baton.domain.scoring.scorecard import Scorecard

_DEFAULT_KINDS = ("unsubscribed",)
"""The kinds of signals that unsubscribe if the agreement names none."""


def withdraw_consents(change: Change, card: Scorecard) -> list[Event]:
    """Returns the withdrawal of consents if a new signal unsubscribes the lead and no later consent says otherwise."""
    lead, kinds = change.after, card.rules.get("unsubscribes", _DEFAULT_KINDS)
    moments = [
        (recorded.event.occurred_at or recorded.at, recorded.event)
        for recorded in change.events
        if isinstance(recorded.event, SignalRecorded)
        and (recorded.event.kind in kinds or recorded.event.opted_out)
        and not recorded.event.spam
    ]
    if lead is None or not moments:
        return []
    at, event = max(moments, key=lambda each: each[0])
    agreed = {purpose: each for purpose, each in lead.consents.items() if each.given}
    purposes = tuple(purpose for purpose, each in agreed.items() if each.at <= at)
    everything = lead.unsubscribed_at is None and len(purposes) == len(agreed)
    if not purposes and not everything:
        return []
    source = f"form:{event.form}" if event.form else event.source
    return [ConsentWithdrawn(purposes=purposes, occurred_at=at, source=source, unsubscribed=everything)]
