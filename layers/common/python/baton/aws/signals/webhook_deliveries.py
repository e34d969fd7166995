"""Saves the signals of a webhook delivery, and the ids by which its sender knows the leads."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Self

from baton.aws.leads.commands import Commands
from baton.aws.runtime.secrets import Secrets
from baton.aws.signals.delivery_counts import count_let_go, count_waiting
from baton.aws.signals.external_ids import ExternalIds
from baton.aws.signals.signal_batches import Result, SignalBatches
from baton.aws.table.write_outcomes import NotFound
from baton.domain.signals.read_deliveries import ChangedAddress, ReadDelivery

if TYPE_CHECKING:
    from baton.aws.signals.waiting_signals import WaitingSignals


@dataclass(slots=True)
class KeptDelivery:
    """What became of a delivery: the results of its messages, how many wait, what is let go, and what is unclear."""

    source: str
    results: Counter[Result]
    let_go: list[str]
    why: list[str]
    waiting: int = 0

    @property
    def has_failed(self) -> bool:
        """Returns whether anything could not be saved just now."""
        return self.results[Result.FAILED] > 0

    def counted(self) -> dict[str, int]:
        """Counts in metrics what waits and what is let go; returns the answer to the sender."""
        count_let_go(self.source, self.let_go)
        count_waiting(self.source, self.waiting)
        saved = {each.value: self.results[each] for each in (Result.ACCEPTED, Result.REPEATED)}
        return {**saved, "quarantined": int(bool(self.why)), "let_go": len(self.let_go), "waiting": self.waiting}


@dataclass(frozen=True, slots=True)
class WebhookDeliveries:
    """Saves deliveries that were verified and parsed."""

    commands: Commands
    secrets: Secrets
    batches: SignalBatches = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "batches", SignalBatches(self.commands))

    @classmethod
    def from_environment(cls, secrets: Secrets) -> Self:
        """Works on the deployed stack."""
        return cls(Commands.from_environment(), secrets)

    def people(self, source: str) -> ExternalIds:
        """Returns the ids by which a source knows leads."""
        return ExternalIds(self.commands.store, source, self.secrets.pepper)

    def keep(self, read: ReadDelivery, people: ExternalIds, now: datetime) -> KeptDelivery:
        """Saves what was read; ids are stored, and what waited is passed on, once no message fails (a sender repeats).

        Raises:
            Contended: an id could not be stored just now.
        """
        why = list(read.why)
        unknown = self._follow(read.addresses, people.source, why, now)
        results = Counter(self.batches.receive(read.messages, now))
        self._follow(unknown, people.source, why, now)
        kept = KeptDelivery(people.source, results, list(read.let_go), why)
        if not kept.has_failed and (read.waiting or read.ids or read.same_people or read.deletions):
            self._keep_of_ids(read, kept, people, now)
        return kept

    def _follow(
        self, addresses: Sequence[ChangedAddress], source: str, why: list[str], now: datetime
    ) -> list[ChangedAddress]:
        """Makes the addresses further ones of the leads, and returns those of people who are not known yet.

        This comes before the signals, so that no second lead begins with them; and after them for those who become
        known by the same delivery. Where people have to do it, `why` gets the reason.
        """
        unknown = list[ChangedAddress]()
        for each in addresses:
            from baton.aws.signals.same_people import give_address  # few deliveries change one  # noqa: PLC0415

            try:
                why += filter(None, [give_address(self.commands, each, source, now)])
            except NotFound:
                unknown.append(each)
        return unknown

    def _keep_of_ids(self, read: ReadDelivery, kept: KeptDelivery, people: ExternalIds, now: datetime) -> None:
        from baton.aws.signals.anonymous_signals import AnonymousSignals  # many deliveries need none  # noqa: PLC0415
        from baton.aws.signals.waiting_signals import WaitingSignals  # noqa: PLC0415

        too_many = list[str]()
        anonymous = AnonymousSignals(self.batches, self.secrets.pepper, lambda: too_many.append("too_many_wait"))
        waiting = WaitingSignals(anonymous, people)
        became = Counter(waiting.keep(read.waiting, now))
        kept.waiting = became.pop(Result.ACCEPTED, 0) - len(too_many)
        kept.results += became
        kept.let_go += too_many
        if not waiting.take_in(read.ids, now):
            kept.results[Result.FAILED] += 1
        if read.same_people or read.deletions:
            self._follow_tool(read, kept, waiting, now)

    def _follow_tool(self, read: ReadDelivery, kept: KeptDelivery, waiting: "WaitingSignals", now: datetime) -> None:
        from baton.aws.signals.same_people import SamePeople  # few deliveries need it  # noqa: PLC0415

        same = SamePeople(self.commands, waiting)
        for ids in read.same_people:
            kept.why += same.unite(ids, now)
        for id_ in read.deletions:
            why = same.deleted(id_)
            kept.why += why
            kept.let_go += [] if why else ["nobody_to_erase"]
