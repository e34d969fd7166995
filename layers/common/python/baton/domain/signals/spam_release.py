"""Releases forms that were taken for spam, after a person has judged that they are genuine."""

from collections.abc import Sequence
from datetime import datetime

from baton.agreement.terms.agreement import AgreementInForce
from baton.domain.events.recorded import Event, Recorded, event_number
from baton.domain.events.signal_events import ReleasedFromSpam, SignalRecorded
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.signals.signal_recording import Signal, record_signal

MAX_RELEASED_AT_ONCE = 25
"""The most forms, the latest ones, that fit one transaction with all that follows."""
MAX_NAMED = 500
"""The most forms, the latest ones, that a release names; it holds for all that came to the lead before it."""


def released_signals(lead: Lead, history: Sequence[Recorded], in_force: AgreementInForce, now: datetime) -> list[Event]:
    """Returns the signals of a lead's spam forms as new events, with the times at which they came; each form once."""
    kept = _not_released(history)
    if not kept:
        return []
    named = tuple(each.event_id for each in kept[-MAX_NAMED:])
    change = Change.begin(lead, lead.lead_id).then([ReleasedFromSpam(signals=named)], now, by="")
    kinds = AgreedKinds.of(in_force.agreement.rules)
    for each in kept[-MAX_RELEASED_AT_ONCE:]:
        signal = _as_sent(each, lead, in_force)
        change = change.then(record_signal(change.after, signal, in_force.version, now, kinds), now, by="")
    return change.happened


def _not_released(history: Sequence[Recorded]) -> list[Recorded]:
    """Returns the spam forms that no release names, and that came to their lead after its last release."""
    releases = [each for each in history if isinstance(each.event, ReleasedFromSpam)]
    named = {id_ for each in releases for id_ in getattr(each.event, "signals", ())}
    last = {each.lead_id: event_number(each) for each in releases}
    return [
        each
        for each in history
        if isinstance(each.event, SignalRecorded)
        and each.event.spam
        and each.event_id not in named
        and event_number(each) > last.get(each.lead_id, 0)
    ]


def _as_sent(recorded: Recorded, lead: Lead, in_force: AgreementInForce) -> Signal:
    """Returns a form as it was sent; the agreement in force says whether it asks for a person."""
    form = in_force.agreement.forms.get(getattr(recorded.event, "form", None) or "")
    fields = recorded.event.model_dump(include=set(Signal.model_fields) - {"spam", "suspicion"})
    return Signal.model_validate(
        {
            **fields,
            "email": lead.email,
            "lead_id": getattr(recorded.event, "sent_to", None) or recorded.lead_id,
            "asks_for_a_person": form is not None and form.asks_for_a_person,
            "occurred_at": fields["occurred_at"] or recorded.at,
        }
    )
