"""Keeps what is told of somebody who gave no address, until they do, and gives it to their lead then.

A message is kept first, and then it is looked whether its sender has become known; who becomes known is written down
first, and then it is looked what is kept. So one of both finds it, whatever comes first. If both do, it is a repeat.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aws_lambda_powertools import Logger

from baton.aws.signals.signal_batches import Result, SignalBatches
from baton.aws.table.form_limits import Ceiling
from baton.aws.table.guarded_writes import write_if_lead_exists
from baton.aws.table.keys import anonymous_keys, lead_keys
from baton.aws.table.lead_writes import Item
from baton.aws.table.query_pages import pages
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Contended, Repeated, TooMany
from baton.domain.identity.lead_ids import reference_of
from baton.domain.leads.lead import Lead
from baton.domain.signals.message_batches import Message
from baton.domain.signals.signal_recording import Signal

logger = Logger()

KEPT_FOR = timedelta(days=90)
RENEWED = timedelta(days=45)
"""When so much time is left, who somebody is is remembered anew."""
MAX_KEPT = 500
"""So many messages of one id wait for an address at most; whatever sends more is no visitor of a website."""
SHARE_OF_PATIENCE = 0.25
"""Of one message; a batch has many."""
PAGE = 25


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Messages of people who are known, or will be, by an id that a website gave them."""

    receiving: SignalBatches
    pepper: Callable[[], bytes]

    def receive(self, messages: Sequence[Message], now: datetime) -> list[Result]:
        """What became of each message, in their order; `accepted` is also one that is kept for whoever it is of."""
        known = {each: self._person(each) for each in {m.anonymous_id for m in messages if m.is_anonymous} if each}
        told = [self._of(known.get(m.anonymous_id or ""), m) or m for m in messages]
        became = iter(self.receiving.receive([m for m in told if not m.is_anonymous], now))
        results = [self._keep(m, now) if m.is_anonymous else next(became) for m in told]
        for id_ in dict.fromkeys(m.anonymous_id for m in told if m.anonymous_id):
            about = [place for place, m in enumerate(told) if m.anonymous_id == id_]
            saved = [place for place in about if results[place] is not Result.FAILED]
            people = dict.fromkeys(told[place].lead_id for place in saved if messages[place].signal.email)
            if saved and not self._joined(id_, list(people), now):
                results = [Result.FAILED if place in about else each for place, each in enumerate(results)]
        return results

    def join(self, anonymous_id: str, lead_id: str, now: datetime) -> bool:
        """Somebody has given an address: what is kept of them is their lead's. False if not all has arrived yet.

        What came before the first person of an id is theirs; a second one has what comes from then on.
        """
        return self._joined(anonymous_id, [lead_id], now)

    def _joined(self, anonymous_id: str, people: Sequence[str], now: datetime) -> bool:
        for lead_id in people:
            known = self._remember(anonymous_id, lead_id, now)
            if known and not self._hand_out(anonymous_id, lead_id, now):
                return False
        person = None if people else self._person(anonymous_id)
        return person is None or self._hand_out(anonymous_id, person, now)

    @property
    def _store(self) -> Store:
        return self.receiving.commands.store

    def _person(self, anonymous_id: str) -> str | None:
        """The lead of whoever was seen last with this id."""
        item = self._head(anonymous_id)
        return item["lead_id"]["S"] if item else None

    def _head(self, anonymous_id: str) -> Any:
        key = anonymous_keys.anonymous(anonymous_id)
        return self._store.dynamodb.get_item(TableName=self._store.table, Key=key, ConsistentRead=True).get("Item")

    def _remember(self, anonymous_id: str, lead_id: str, now: datetime) -> bool:
        """Keep who somebody is; False if they were forgotten meanwhile."""
        head = self._head(anonymous_id)
        is_known = head is not None and head["lead_id"]["S"] == lead_id
        if is_known and int(head["expires_at"]["N"]) > (now + RENEWED).timestamp():
            return True
        until = {"expires_at": {"N": _expiry(now)}}
        head = anonymous_keys.anonymous(anonymous_id) | {"lead_id": {"S": lead_id}} | until
        own = lead_keys.known_anonymously(lead_id, anonymous_id) | until
        return write_if_lead_exists(self._store, lead_id, [self._store.put(head), self._store.put(own)])

    def _keep(self, message: Message, now: datetime) -> Result:
        """Keep a message of somebody unknown; what is too much of one id is let go."""
        kept = {
            "body": {"S": message.signal.model_dump_json(exclude_none=True)},
            "said": {"S": json.dumps([message.message_id, message.way])},
            "at": {"S": now.isoformat()},
            "expires_at": {"N": _expiry(now)},
        }
        id_ = str(message.anonymous_id)
        item = anonymous_keys.of_anonymous(id_, message.sender, message.message_id) | kept
        ceiling = Ceiling(anonymous_keys.kept_of_anonymous(id_), MAX_KEPT, now + KEPT_FOR)

        def attempt() -> Result:
            try:
                self._store.save_once(item, ceiling)
            except Repeated:
                return Result.REPEATED
            except TooMany:
                logger.warning("too much of somebody unknown")
            return Result.ACCEPTED

        try:
            return retry_on_conflict(attempt, "too many messages of one visitor came at once", SHARE_OF_PATIENCE)
        except Contended:
            return Result.FAILED

    def _hand_out(self, anonymous_id: str, lead_id: str, now: datetime) -> bool:
        """Give a lead what is kept, and to others what is on its way to them; whether all of it has arrived."""
        arrived = True
        for number, items in enumerate(self._kept(anonymous_id)):
            if number == 0:
                self._delete(anonymous_keys.kept_of_anonymous(anonymous_id))
            whose = [self._taken(item, lead_id) for item in items]
            for to in dict.fromkeys(whose):
                theirs = [item for item, of in zip(items, whose, strict=True) if of == to]
                arrived &= self._give(to, theirs, anonymous_id, now)
        return arrived

    def _give(self, lead_id: str, items: list[Any], anonymous_id: str, now: datetime) -> bool:
        """Give a lead what is theirs; what is somebody's who was forgotten meanwhile goes with them."""
        if lead := self._store.own(lead_id):
            messages = [self._told_of(lead, _message(item, anonymous_id), _kept_at(item)) for item in items]
            if Result.FAILED in self.receiving.receive(messages, now):
                logger.warning("what came anonymously has not arrived yet", lead_id=lead_id)
                return False
        for item in items:
            self._delete({"pk": item["pk"], "sk": item["sk"]})
        return True

    def _delete(self, key: Any) -> None:
        self._store.dynamodb.delete_item(TableName=self._store.table, Key=key)

    def _taken(self, item: Any, lead_id: str) -> str:
        """Whose a message is from now on: of two people at once only one gets it."""
        if "taken_by" in item:
            return str(item["taken_by"]["S"])
        key = {"pk": item["pk"], "sk": item["sk"]}
        update: Item = {
            "TableName": self._store.table,
            "Key": key,
            "UpdateExpression": "SET taken_by = :lead",
            "ConditionExpression": "attribute_exists(pk) AND attribute_not_exists(taken_by)",
            "ExpressionAttributeValues": {":lead": {"S": lead_id}},
        }
        if self._store.saved([{"Update": update}]):
            return lead_id
        found: Any = self._store.dynamodb.get_item(TableName=self._store.table, Key=key, ConsistentRead=True)
        return str(found.get("Item", {}).get("taken_by", {"S": lead_id})["S"])

    def _kept(self, anonymous_id: str) -> Iterator[list[Any]]:
        """What is kept, in portions."""
        of_id = pages(
            self._store.dynamodb.query,
            TableName=self._store.table,
            KeyConditionExpression="pk = :id AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":id": anonymous_keys.anonymous(anonymous_id)["pk"],
                ":first": {"S": "MESSAGE# "},
                ":last": {"S": "MESSAGE$"},
            },
            Limit=PAGE,
            ConsistentRead=True,
        )
        return (page.items for page in of_id if page.items)

    def _of(self, lead_id: str | None, message: Message) -> Message | None:
        """The message, told of whoever it turned out to be; None if nobody is known by this id."""
        lead = self._store.own(lead_id) if lead_id and message.is_anonymous else None
        return self._told_of(lead, message) if lead else None

    def _told_of(self, lead: Lead, message: Message, otherwise: datetime | None = None) -> Message:
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
