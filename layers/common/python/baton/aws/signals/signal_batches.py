"""Saves batches of signals of many leads: each lead by itself, so that a fault of one does not stop the others."""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial

from baton.aws.leads.commands import Commands, Person
from baton.aws.runtime import log
from baton.aws.runtime.clients import is_busy
from baton.aws.table.lead_writes import RepeatKey
from baton.aws.table.write_outcomes import Contended, Repeated
from baton.domain.leads.lead import Lead
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.signals.listed_facts import events_that_taught, sparing_staff
from baton.domain.signals.message_batches import (
    Message,
    MessageBatch,
    MessageKey,
    batches_by_lead,
    record_batch,
    sender_of,
)
from baton.domain.signals.signal_recording import repeats_until

AT_ONCE = 8
SECONDS_TO_BEGIN = 12.0
"""No lead is begun after so many seconds: its retries would exceed the gateway's limit."""


class Result(StrEnum):
    """The result of one message."""

    ACCEPTED = "accepted"
    REPEATED = "repeated"
    FAILED = "failed"


BROKEN = None
"""The outcome of a message that could not be saved though nothing was busy; it counts as failed."""
Outcome = Result | None

Results = dict[MessageKey, Outcome]


@dataclass(frozen=True, slots=True)
class SignalBatches:
    """Saves batches of messages, in several threads; `Commands` and the AWS clients are thread-safe."""

    commands: Commands

    def receive(self, messages: Sequence[Message], now: datetime) -> list[Result]:
        """Saves messages, and returns their results in order."""
        return [each or Result.FAILED for each in self.receive_with_cause(messages, now)]

    def receive_with_cause(self, messages: Sequence[Message], now: datetime) -> list[Outcome]:
        """Saves messages, and returns their results in order; those that failed are `failed` or BROKEN.

        Of a `failed` message nothing was saved, mostly because AWS or the lead was too busy; it may be sent again. The
        second of two equal messages is a repeat of the first.
        """
        first: dict[MessageKey, Message] = {}
        for message in messages:
            first.setdefault(message.key, message)
        became: Results = {}
        for results in self._of_each_lead(batches_by_lead(first.values(), now), now):
            became |= results
        return [
            became[message.key] if first[message.key] is message else _again(became[message.key])
            for message in messages
        ]

    def _of_each_lead(self, leads: list[list[MessageBatch]], now: datetime) -> Iterator[Results]:
        take = partial(self._of_lead, now=now, until=time.monotonic() + SECONDS_TO_BEGIN)
        if len(leads) <= 1:
            yield from map(take, leads)
            return
        _ = self.commands.card  # compiles the rules once, not in every thread
        with ThreadPoolExecutor(AT_ONCE) as at_once:
            yield from at_once.map(take, leads)

    def _of_lead(self, portions: list[MessageBatch], now: datetime, until: float) -> Results:
        results: Results = {}
        for portion in portions:
            try:
                results |= self._of_portion(portion, now) if time.monotonic() < until else _all(portion, Result.FAILED)
            except Exception as fault:  # no fault of one lead stops the others
                is_expected = isinstance(fault, Contended) or is_busy(fault)
                write = log.warning if is_expected else log.error
                write("signals not saved", lead_id=portion[0].lead_id, kind=type(fault).__name__)
                results |= _all(portion, Result.FAILED if is_expected else BROKEN)
        return results

    def _of_portion(self, portion: MessageBatch, now: datetime) -> Results:
        results: Results = {}
        while portion:
            try:
                self._save(portion, now)
            except Repeated as repeated:
                again = {portion[place].key for place in repeated.which}
                results |= dict.fromkeys(again, Result.REPEATED)
                portion = [message for message in portion if message.key not in again]
            else:
                return results | dict.fromkeys((message.key for message in portion), Result.ACCEPTED)
        return results

    def _save(self, portion: MessageBatch, now: datetime) -> None:
        in_force, until = self.commands.agreements.in_force(), repeats_until(now, named=True)
        kinds, version = AgreedKinds.of(in_force.agreement.rules), in_force.version
        lead_id, signals = portion[0].lead_id, [message.signal for message in portion]
        company = next((signal.company.name for signal in reversed(signals) if signal.company.name), None)
        self.commands.receive(
            Person(signals[0].email, company),
            lead_id,
            lambda lead: record_batch(lead, self._sparing_staff(lead, portion), version, now, kinds),
            by=sender_of(portion),
            now=now,
            repeats=[RepeatKey(each.sender, each.message_id, until, each.attempt) for each in portion],
        )

    def _sparing_staff(self, lead: Lead | None, portion: MessageBatch) -> MessageBatch:
        """Returns the messages, marked with the facts that staff said before it was kept who speaks."""
        if lead is None:
            return portion
        signals = [message.signal for message in portion]
        if not (numbers := events_that_taught(lead, signals)):
            return portion
        marked = sparing_staff(lead, signals, self.commands.store.events(lead.lead_id, numbers))
        return [replace(message, signal=signal) for message, signal in zip(portion, marked, strict=True)]


def _all(portion: Iterable[Message], result: Outcome) -> Results:
    return {message.key: result for message in portion}


def _again(first: Outcome) -> Outcome:
    return first if first in (Result.FAILED, BROKEN) else Result.REPEATED
