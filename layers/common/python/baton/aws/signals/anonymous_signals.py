"""Keeps signals of website visitors without an e-mail address until they give one, and passes them to their lead then.

A message is stored before the visitor's lead is looked up, and the lead is stored before messages are looked up. So one
of both always finds the message. If both do, the second is a repeat.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from baton.aws.runtime import log
from baton.aws.signals.delivery_counts import count_let_go
from baton.aws.signals.signal_batches import Result, SignalBatches
from baton.aws.table.form_limits import Ceiling
from baton.aws.table.guarded_writes import write_if_lead_exists
from baton.aws.table.keys import anonymous_keys, lead_keys
from baton.aws.table.keys.item_key import Item, key_of
from baton.aws.table.query_pages import pages
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Contended, Repeated, TooMany
from baton.domain.identity.lead_ids import reference_of
from baton.domain.leads.lead import Lead
from baton.domain.signals.message_batches import Message
from baton.domain.signals.signal_recording import Signal

KEPT_FOR = timedelta(days=90)
RENEWED = timedelta(days=45)
"""A visitor's lead is stored for another ninety days once less time than this is left."""
MAX_KEPT = 500
"""The most messages of one id that wait for an address; more are dropped, since no person sends so many."""
SHARE_OF_PATIENCE = 0.25
"""The share for one message; a batch has many."""
PAGE = 25


def _count_dropped() -> None:
    count_let_go("signals", ["too_many_wait"])


@dataclass(frozen=True, slots=True)
class AnonymousSignals:
    """Takes messages of visitors that are known by an id of a website, `anonymous_id`."""

    batches: SignalBatches
    pepper: Callable[[], bytes]
    drop: Callable[[], None] = _count_dropped
    """Is called for each message over the limit."""

    def receive(self, messages: Sequence[Message], now: datetime) -> list[Result]:
        """Takes messages, and returns their results in order; a message that waits for an address is `accepted`."""
        leads = {each: self._person(each) for each in {m.anonymous_id for m in messages if m.is_anonymous} if each}
        addressed = [self._with_lead(leads.get(m.anonymous_id or ""), m) or m for m in messages]
        became = iter(self.batches.receive([m for m in addressed if not m.is_anonymous], now))
        results = [self._keep(m, now) if m.is_anonymous else next(became) for m in addressed]
        for id_ in dict.fromkeys(m.anonymous_id for m in addressed if m.anonymous_id):
            about = [place for place, m in enumerate(addressed) if m.anonymous_id == id_]
            saved = [place for place in about if results[place] is not Result.FAILED]
            people = dict.fromkeys(addressed[place].lead_id for place in saved if messages[place].signal.email)
            if saved and not self._joined(id_, list(people), now):
                results = [Result.FAILED if place in about else each for place, each in enumerate(results)]
        return results

    def join(self, anonymous_id: str, lead_id: str, now: datetime) -> bool:
        """Passes the waiting messages of a visitor to their lead; returns False if some could not be saved yet.

        The first lead of an id gets the messages from before; a second one only those from then on.
        """
        return self._joined(anonymous_id, [lead_id], now)

    def _joined(self, anonymous_id: str, people: Sequence[str], now: datetime) -> bool:
        for lead_id in people:
            is_stored = self._remember(anonymous_id, lead_id, now)
            if is_stored and not self.hand_out(anonymous_id, lead_id, now):
                return False
        person = None if people else self._person(anonymous_id)
        return person is None or self.hand_out(anonymous_id, person, now)

    @property
    def _store(self) -> Store:
        return self.batches.commands.store

    def _person(self, anonymous_id: str) -> str | None:
        """Reads the id of the last lead that had this visitor's id."""
        item = self.head(anonymous_id)
        return item["lead_id"]["S"] if item else None

    def head(self, anonymous_id: str) -> Any:
        """Reads the item that says which lead a visitor's id belongs to; None if nobody knows."""
        key = anonymous_keys.anonymous(anonymous_id)
        return self._store.dynamodb.get_item(TableName=self._store.table, Key=key, ConsistentRead=True).get("Item")

    def _remember(self, anonymous_id: str, lead_id: str, now: datetime) -> bool:
        """Stores which lead a visitor's id belongs to; False if the lead was erased meanwhile."""
        head = self.head(anonymous_id)
        if head is not None and head["lead_id"]["S"] == lead_id and not self.is_ageing(head, now):
            return True
        marks = [self._store.put(item) for item in self.marks(anonymous_id, lead_id, now)]
        return write_if_lead_exists(self._store, lead_id, marks)

    def is_ageing(self, head: Item, now: datetime) -> bool:
        """Tells whether the item is to be stored anew, because it expires within weeks."""
        return int(head["expires_at"]["N"]) <= (now + RENEWED).timestamp()

    def marks(self, anonymous_id: str, lead_id: str, now: datetime) -> list[Item]:
        """Returns the items that say which lead an id belongs to, one under the id, one in the lead's partition."""
        until = {"expires_at": {"N": _expiry(now)}}
        head = anonymous_keys.anonymous(anonymous_id) | {"lead_id": {"S": lead_id}} | until
        return [head, lead_keys.anonymous_id(lead_id, anonymous_id) | until]

    def _keep(self, message: Message, now: datetime) -> Result:
        """Stores a message of an unknown visitor; messages over the limit are dropped."""
        kept = {
            "body": {"S": message.signal.model_dump_json(exclude_none=True)},
            "said": {"S": json.dumps([message.message_id, message.way])},
            "at": {"S": now.isoformat()},
            "expires_at": {"N": _expiry(now)},
        }
        id_ = str(message.anonymous_id)
        item = anonymous_keys.anonymous_message(id_, message.sender, message.message_id) | kept
        ceiling = Ceiling(anonymous_keys.message_count(id_), MAX_KEPT, now + KEPT_FOR)

        def attempt() -> Result:
            try:
                self._store.save_new(item, ceiling)
            except Repeated:
                return Result.REPEATED
            except TooMany:
                self.drop()
            return Result.ACCEPTED

        try:
            return retry_on_conflict(attempt, "too many messages of one visitor came at once", SHARE_OF_PATIENCE)
        except Contended:
            return Result.FAILED

    def hand_out(self, anonymous_id: str, lead_id: str, now: datetime) -> bool:
        """Passes waiting messages to a lead, or to the lead that claimed them before; True if all were saved."""
        arrived = True
        for number, items in enumerate(self.kept(anonymous_id)):
            if number == 0:
                self.delete(anonymous_keys.message_count(anonymous_id))
            owners = [self._claimed_by(item, lead_id) for item in items]
            for to in dict.fromkeys(owners):
                theirs = [item for item, of in zip(items, owners, strict=True) if of == to]
                arrived &= self._give(to, theirs, anonymous_id, now)
        return arrived

    def _give(self, lead_id: str, items: list[Any], anonymous_id: str, now: datetime) -> bool:
        """Saves messages of a lead and deletes their items; messages of an erased lead are only deleted."""
        if lead := self._store.lead_itself(lead_id):
            messages = [self._addressed(lead, _message(item, anonymous_id), _kept_at(item)) for item in items]
            if Result.FAILED in self.batches.receive(messages, now):
                log.warning("what came anonymously has not arrived yet", lead_id=lead_id)
                return False
        for item in items:
            self.delete(key_of(item))
        return True

    def delete(self, key: Any) -> None:
        """Deletes an item of a visitor."""
        self._store.dynamodb.delete_item(TableName=self._store.table, Key=key)

    def _claimed_by(self, item: Any, lead_id: str) -> str:
        """Claims a message for a lead, and returns the lead that has claimed it: only one of two at once gets it."""
        if "taken_by" in item:
            return str(item["taken_by"]["S"])
        key = key_of(item)
        update: Item = {
            "TableName": self._store.table,
            "Key": key,
            "UpdateExpression": "SET taken_by = :lead",
            "ConditionExpression": "attribute_exists(pk) AND attribute_not_exists(taken_by)",
            "ExpressionAttributeValues": {":lead": {"S": lead_id}},
        }
        if self._store.try_write([{"Update": update}]):
            return lead_id
        found: Any = self._store.dynamodb.get_item(TableName=self._store.table, Key=key, ConsistentRead=True)
        return str(found.get("Item", {}).get("taken_by", {"S": lead_id})["S"])

    def keep_as(self, anonymous_id: str, items: Iterable[Any], now: datetime) -> None:
        """Keeps waiting messages under another id of the same person as well; a repeat changes nothing.

        Raises:
            Contended: not all could be saved just now.
        """
        for item in items:
            message = _message(item, anonymous_id)
            at = message.signal.occurred_at or _kept_at(item)
            signal = message.signal.model_copy(update={"occurred_at": at})
            if self._keep(replace(message, signal=signal), now) is Result.FAILED:
                raise Contended("too much came at once; send the same request again")

    def kept(self, anonymous_id: str) -> Iterator[list[Any]]:
        """Yields the waiting messages of a visitor, page by page."""
        of_id = pages(
            self._store.dynamodb.query,
            TableName=self._store.table,
            KeyConditionExpression="pk = :id AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":id": {"S": anonymous_keys.anonymous_partition(anonymous_id)},
                ":first": {"S": anonymous_keys.FIRST_MESSAGE},
                ":last": {"S": anonymous_keys.LAST_MESSAGE},
            },
            Limit=PAGE,
            ConsistentRead=True,
        )
        return (page.items for page in of_id if page.items)

    def _with_lead(self, lead_id: str | None, message: Message) -> Message | None:
        """Returns the message with the address of the visitor's lead; None if no lead has the id."""
        lead = self._store.lead_itself(lead_id) if lead_id and message.is_anonymous else None
        return self._addressed(lead, message) if lead else None

    def _addressed(self, lead: Lead, message: Message, otherwise: datetime | None = None) -> Message:
        reference = reference_of(lead.lead_id, f"{message.signal.source}:{message.message_id}", self.pepper())
        return message.of(lead.lead_id, lead.email, reference, otherwise)


def _expiry(now: datetime) -> str:
    return str(int((now + KEPT_FOR).timestamp()))


def _message(item: Any, anonymous_id: str) -> Message:
    message_id, way = json.loads(item["said"]["S"])
    signal = Signal.model_validate_json(item["body"]["S"])
    return Message(anonymous_id, message_id, signal, way, anonymous_id=anonymous_id)


def _kept_at(item: Any) -> datetime:
    return datetime.fromisoformat(item["at"]["S"])
