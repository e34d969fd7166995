"""Keeps what a tool tells of somebody whom it names by an id only, until a delivery tells whose id that is.

Such signals wait as those of a website's visitors do (`anonymous_signals`): the signal is stored before its lead is
looked up, and the lead before the signals are, so that one of both always finds the signal.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from baton.aws.signals.anonymous_signals import AnonymousSignals
from baton.aws.signals.external_ids import ExternalIds
from baton.aws.signals.signal_batches import AT_ONCE, Result
from baton.aws.table.guarded_writes import write_if_lead_exists
from baton.aws.table.keys import lead_keys
from baton.aws.table.keys.item_key import key_of
from baton.domain.signals.message_batches import Message


@dataclass(frozen=True, slots=True)
class WaitingSignals:
    """The waiting signals of people whom one tool knows by an id."""

    anonymous: AnonymousSignals
    people: ExternalIds

    def keep(self, waiting: Iterable[tuple[str, Message]], now: datetime) -> list[Result]:
        """Keeps messages, each under the tool's id of its person, and returns their results in order.

        A message whose person became known meanwhile goes to their lead. Several people are done at once, since some
        tools wait for five seconds only.
        """
        messages = [self._under(id_, message) for id_, message in waiting]
        of_person: dict[str, list[int]] = {}
        for place, message in enumerate(messages):
            of_person.setdefault(message.lead_id, []).append(place)

        def keep_of_one(places: list[int]) -> list[tuple[int, Result]]:
            results = self.anonymous.receive([messages[place] for place in places], now)
            return list(zip(places, results, strict=True))

        if len(of_person) <= 1:
            return [result for places in of_person.values() for _, result in keep_of_one(places)]
        with ThreadPoolExecutor(AT_ONCE) as at_once:
            became = dict(chain.from_iterable(at_once.map(keep_of_one, of_person.values())))
        return [became[place] for place in range(len(messages))]

    def _under(self, id_: str, message: Message) -> Message:
        named = self.people.waiting_id(id_)
        return replace(message, lead_id=named, anonymous_id=named)

    def take_in(self, ids: Iterable[tuple[str, str]], now: datetime) -> bool:
        """Stores pairs of lead id and tool's id, and passes to each lead what waited; False if some is not saved yet.

        Raises:
            Contended: a lead changed at every attempt.
        """
        return all(self._take_in(lead_id, id_, now) for lead_id, id_ in sorted(ids))

    def _take_in(self, lead_id: str, id_: str, now: datetime) -> bool:
        named = self.people.waiting_id(id_)
        head, waits = self.people.found(id_)
        if head is None or head["lead_id"]["S"] != lead_id or self.anonymous.is_ageing(head, now):
            store, known_as = self.people.store, lead_keys.external_id(lead_id, self.people.source, id_, now)
            items = [*self.anonymous.marks(named, lead_id, now), known_as]
            if not write_if_lead_exists(store, lead_id, [store.put(item) for item in items]):
                return True  # erased meanwhile
            self.people.forget(id_)
            waits = True  # something may have come since it was read
        return not waits or self.anonymous.hand_out(named, lead_id, now)

    def move(self, ids: Sequence[str], to: str, now: datetime) -> None:
        """Moves what waits under several ids of one person to one of them; used while none of the ids is known.

        Raises:
            Contended: not all could be saved just now.
        """
        for id_ in ids:
            for items in self.anonymous.kept(self.people.waiting_id(id_)):
                self.anonymous.keep_as(self.people.waiting_id(to), items, now)
                self._delete(items)

    def forget(self, id_: str) -> None:
        """Deletes what waits under an id, because its person was deleted for privacy."""
        for items in self.anonymous.kept(self.people.waiting_id(id_)):
            self._delete(items)

    def _delete(self, items: Iterable[Any]) -> None:
        for item in items:
            self.anonymous.delete(key_of(item))
