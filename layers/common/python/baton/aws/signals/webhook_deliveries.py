"""Saves the signals of a webhook delivery, and the ids by which its sender knows the leads."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from baton.aws.leads.commands import Commands
from baton.aws.signals.external_ids import ExternalIds
from baton.aws.signals.signal_batches import Result, SignalBatches
from baton.domain.signals.message_batches import Message


@dataclass(frozen=True, slots=True)
class WebhookDeliveries:
    """Saves deliveries that were verified and parsed."""

    commands: Commands
    batches: SignalBatches

    @classmethod
    def from_environment(cls) -> Self:
        """Works on the deployed stack."""
        commands = Commands.from_environment()
        return cls(commands, SignalBatches(commands))

    def people(self, source: str) -> ExternalIds:
        """Returns the ids by which a source knows leads."""
        return ExternalIds(self.commands.store, source)

    def keep(
        self, messages: Sequence[Message], ids: Iterable[tuple[str, str]], people: ExternalIds, now: datetime
    ) -> Counter[Result]:
        """Saves the messages, and counts their results; ids are stored once no message fails (a sender repeats)."""
        results = Counter(self.batches.receive(messages, now))
        if not results[Result.FAILED]:
            people.remember(ids, now)
        return results
