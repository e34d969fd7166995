"""The history of one lead as a trial replays it: what people and tools did, without what an agreement made of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Self

from baton.domain.events.recorded import Recorded, event_id_of
from baton.domain.history.lead_facts import milliseconds
from baton.domain.history.lead_fold import fold
from baton.domain.leads.lead import Lead
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.signals.message_batches import Message
from baton.domain.signals.signal_recording import record_signal
from baton.domain.trial.plain_signals import PlainSignal, plain_signal


class Command(NamedTuple):
    """The events of one command, at the time at which it arrived; `moment` is that in milliseconds since 1970.

    `plain` is given if it is a plain signal alone.
    """

    at: datetime
    moment: int
    events: tuple[Recorded, ...]
    plain: PlainSignal | None = None

    @classmethod
    def of(cls, events: tuple[Recorded, ...]) -> Self:
        """Returns the command with these events, which were recorded at once."""
        at = events[0].at
        return cls(at, milliseconds(at), events, plain_signal(events[0]) if len(events) == 1 else None)


class LeadCommands(NamedTuple):
    """One lead's commands in the order of their arrival.

    `begun` is the lead after the first of them, before anything follows from it. `others` are the stored histories of
    the leads that were merged into it, by their ids.
    """

    lead_id: str
    commands: Sequence[Command]
    begun: Lead | None = None
    others: Mapping[str, Sequence[Recorded]] = {}


def commands_of_messages(
    lead_id: str, arrivals: Iterable[tuple[datetime, Message]], kinds: AgreedKinds, version: int = 1
) -> LeadCommands:
    """Returns the commands of messages that arrived one by one, as an agreement with these kinds records them."""
    commands, number, begun = list[Command](), 0, None
    for at, message in arrivals:
        told = {"lead_id": message.lead_id, "message_id": message.message_id, "speaker": message.speaker}
        happened = record_signal(begun, message.signal.model_copy(update=told), version, at, kinds)
        events = tuple(
            Recorded(event_id=event_id_of(lead_id, place), lead_id=lead_id, at=at, by=message.sender, event=event)
            for place, event in enumerate(happened, number + 1)
        )
        begun = begun or fold(events)
        number += len(events)
        commands.append(Command.of(events))
    return LeadCommands(lead_id, commands, begun)
