"""Plain signals: such as a visited page, which tell no fact, so that they can be counted first and folded later.

An address tells its company's domain with each signal. One that tells a domain that is known already changes no fact.
"""

from collections.abc import Container, Sequence
from functools import reduce
from typing import NamedTuple

from baton.domain.conditions.compiled_conditions import SignalTexts
from baton.domain.events.recorded import Event, Recorded
from baton.domain.events.signal_events import LeadCaptured, SignalRecorded
from baton.domain.history.lead_fold import evolve
from baton.domain.history.merged_view import with_activities
from baton.domain.leads.lead import Activity, Lead
from baton.domain.leads.person_facts import NO_PROFILE
from baton.domain.leads.signal_counts import SignalOrder
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import order_of, texts_of


class PlainSignal(NamedTuple):
    """A plain signal as it is recorded, and its order among a lead's signals.

    `texts` are its texts as conditions test them, by the content library that fills them in. It is plain only for a
    lead whose company has the `domain`, if it tells one.
    """

    order: SignalOrder
    recorded: Recorded
    event: SignalRecorded
    texts: dict[str, SignalTexts]
    domain: str | None = None

    def texts_by(self, card: Scorecard, library: str) -> SignalTexts:
        """Returns its texts under an agreement; they are made once for agreements with the same content library."""
        found = self.texts.get(library)
        if found is None:
            found = self.texts[library] = texts_of(self.event, card)
        return found


def plain_signal(recorded: Recorded) -> PlainSignal | None:
    """Returns a signal that tells nothing but that it happened, and its company's domain; None for any other event."""
    event = recorded.event
    if not isinstance(event, SignalRecorded) or event.spam or event.form or event.asks_for_a_person or event.meeting:
        return None
    if event.bant or event.attributes or event.consents or event.cleared or event.mail_choice or event.opted_out:
        return None
    if event.profile != NO_PROFILE or any(told is not None for name, told in event.company if name != "domain"):
        return None
    return PlainSignal(order_of(recorded), recorded, event, {}, event.company.domain)


def fold_plain(lead: Lead, signals: Sequence[PlainSignal]) -> Lead:
    """Returns the lead after plain signals, as if each had been folded alone.

    Those that tell a domain are, because who said it when is kept.
    """
    if any(signal.domain for signal in signals):
        return reduce(evolve, (signal.recorded for signal in signals), lead)
    did, came, known, timer = list[Activity](), lead.last_inbound_at, lead.confirmed_at, lead.timer
    for signal in signals:
        recorded, event = signal.recorded, signal.event
        at = event.occurred_at or recorded.at
        if event.from_person:
            did.append(Activity(at=at, kind=event.kind, content=event.content))
        if event.came_to_us and not (came and came > at):
            came = at
        known = known or (recorded.at if event.confirms else None)
        timer = recorded.event_id if recorded.timer_due_at else timer
    changes = {
        "recent": with_activities(lead.recent, *did),
        "last_inbound_at": came,
        "confirmed_at": known,
        "timer": timer,
        "version": lead.version + len(signals),
        "updated_at": signals[-1].recorded.at if signals else lead.updated_at,
    }
    return lead.model_copy(update=changes)


def only_tells(event: Event, unsubscribing: Container[str]) -> bool:
    """Tells whether an event is a signal that counts, and that takes back no consent."""
    if not isinstance(event, SignalRecorded):
        return isinstance(event, LeadCaptured) and not event.spam
    leaves = event.kind in unsubscribing or (event.mail_choice is not None and not event.mail_choice.wanted)
    return not (event.spam or leaves)
