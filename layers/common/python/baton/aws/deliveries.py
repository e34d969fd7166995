"""Keeps what a marketing tool's delivery tells, and under which of its ids it knows whom."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from baton.aws.desk import Desk
from baton.aws.known import KnownPeople
from baton.aws.receiving import Receiving, Result
from baton.domain.batches import Message


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Where deliveries arrive that are trusted and read."""

    desk: Desk
    receiving: Receiving

    @classmethod
    def from_environment(cls) -> Self:
        """Of the deployed stack."""
        desk = Desk.from_environment()
        return cls(desk, Receiving(desk))

    def people(self, source: str) -> KnownPeople:
        """The people whom a source knows by its ids."""
        return KnownPeople(self.desk.store, source)

    def keep(
        self, messages: Sequence[Message], ids: Iterable[tuple[str, str]], people: KnownPeople, now: datetime
    ) -> Counter[Result]:
        """How many messages became what. Ids are remembered once all is saved, because it is sent again until then."""
        became = Counter(self.receiving.receive(messages, now))
        if not became[Result.FAILED]:
            people.remember(ids, now)
        return became
