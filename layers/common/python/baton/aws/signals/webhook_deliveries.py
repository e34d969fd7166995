"""Keeps what a marketing tool's delivery tells, and under which of its ids it knows whom."""

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
class Deliveries:
    """Where deliveries arrive that are trusted and read."""

    commands: Commands
    receiving: SignalBatches

    @classmethod
    def from_environment(cls) -> Self:
        """Of the deployed stack."""
        commands = Commands.from_environment()
        return cls(commands, SignalBatches(commands))

    def people(self, source: str) -> ExternalIds:
        """The people whom a source knows by its ids."""
        return ExternalIds(self.commands.store, source)

    def keep(
        self, messages: Sequence[Message], ids: Iterable[tuple[str, str]], people: ExternalIds, now: datetime
    ) -> Counter[Result]:
        """How many messages became what. Ids are remembered once all is saved, because it is sent again until then."""
        became = Counter(self.receiving.receive(messages, now))
        if not became[Result.FAILED]:
            people.remember(ids, now)
        return became
