"""Batches of signals: those of one lead are recorded together, in the order of their time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from baton.domain.events.recorded import Event
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.signals.signal_recording import NOTHING_AGREED, Signal, record_signal
from baton.domain.trust.speakers import Speaker

MAX_SIGNALS_PER_WRITE = 25
"""The most signals of one lead in one transaction of DynamoDB, which holds a hundred items."""

MessageKey = tuple[str, str, str]
_SPEAKERS = {"signals": Speaker.COLLEAGUE, "webhooks": Speaker.TOOL, "imports": Speaker.LIST}
"""Who speaks in messages that came in by each way; a machine comes by the way of colleagues, and says so."""


@dataclass(frozen=True, slots=True)
class Message:
    """A checked signal with its lead, the id that its sender gave it, and the way it came in.

    `attempt` is the same for every retry of one delivery, so that a retry is not taken for a repeat. `anonymous_id` is
    a website's id for a visitor. A message without an address belongs to no lead yet; its `lead_id` is that id.
    """

    lead_id: str
    message_id: str
    signal: Signal
    way: str = "signals"
    attempt: str | None = None
    anonymous_id: str | None = None

    @property
    def is_anonymous(self) -> bool:
        """Tells whether the message has no address."""
        return not self.signal.email

    def of(self, lead_id: str, email: str, reference: str, otherwise: datetime | None = None) -> "Message":
        """Returns the message for the lead that it turned out to belong to.

        `otherwise` is the time of a signal that does not carry one.
        """
        at = self.signal.occurred_at or otherwise
        fields = {"email": email, "reference": reference, "occurred_at": at}
        return replace(self, lead_id=lead_id, signal=self.signal.model_copy(update=fields))

    @property
    def sender(self) -> str:
        """Returns the sender as the history stores it: `signals:crm`."""
        return f"{self.way}:{self.signal.source}"

    def said_by(self, speaker: Speaker) -> "Message":
        """Returns the message as somebody's, whatever the way it came in."""
        return replace(self, signal=self.signal.model_copy(update={"speaker": speaker}))

    @property
    def speaker(self) -> Speaker | None:
        """Returns who speaks: as its signal says, else by the way it came in."""
        return self.signal.speaker or _SPEAKERS.get(self.way.partition(":")[0])

    @property
    def key(self) -> MessageKey:
        """Returns the key by which repeats are found: the lead, the sender, and the sender's id."""
        return self.lead_id, self.sender, self.message_id


MessageBatch = list[Message]


def batches_by_lead(messages: Iterable[Message], now: datetime) -> list[list[MessageBatch]]:
    """Returns for each lead its messages in the order of their time, in batches that fit one write."""
    of_lead: dict[str, MessageBatch] = {}
    for message in messages:
        of_lead.setdefault(message.lead_id, []).append(message)
    ordered = (sorted(portion, key=lambda message: _order(message.signal, now)) for portion in of_lead.values())
    return [
        [portion[start : start + MAX_SIGNALS_PER_WRITE] for start in range(0, len(portion), MAX_SIGNALS_PER_WRITE)]
        for portion in ordered
    ]


def _order(signal: Signal, now: datetime) -> tuple[datetime, str]:
    return signal.occurred_at or now, signal.reference


def record_batch(
    lead: Lead | None, portion: MessageBatch, agreement_version: int, now: datetime, kinds: AgreedKinds = NOTHING_AGREED
) -> list[Event]:
    """Records signals of one lead, one after the other, as if each had come alone."""
    change = Change.begin(lead, lead.lead_id if lead else portion[0].lead_id)
    for message in portion:
        told = {"lead_id": message.lead_id, "message_id": message.message_id, "speaker": message.speaker}
        named = message.signal.model_copy(update=told)
        change = change.then(record_signal(change.after, named, agreement_version, now, kinds), now, by="")
    return change.happened


def sender_of(portion: MessageBatch) -> str:
    """Returns the sender of a batch as the history stores it: `signals:crm`, `signals:crm+webinars`."""
    return f"{portion[0].way}:{'+'.join(sorted({message.signal.source for message in portion}))}"
