"""The pause of a mailbox after each mail: what comes meanwhile waits for its end, and leaves together.

SNS suspends an address that gets more than ten messages a second. Of each mailbox the table has one item: until when it
pauses. Whoever begins the next pause, by a conditional write, sends what waits; so there is one mail in each pause.
Correctness hangs on nothing else: each event whose mail waits comes again by the queue, and is noted once it went out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self

from baton.aws.runtime.settings import setting
from baton.aws.table.keys import team_keys
from baton.aws.table.keys.item_key import PARTITION, partition_of
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso

LONGEST_WORK = timedelta(seconds=60)
"""While a digest is written nobody else begins a pause; the function's own time is shorter."""
REMEMBERED = timedelta(hours=1)
"""A mail that has waited longer is left to the queue, which brings its event again."""
MOST_TOGETHER = 100
PAUSES_UNTIL = "pauses_until"
_EARLIER = {"S": ""}
"""The time of a note that an older Baton made, which says none."""


class Pause(NamedTuple):
    """The pause of a mailbox: until when, and whether this mail began it, and so may leave.

    `postponed` are the ids of the events whose mails wait for it, and `unfinished` of those whose mail left before
    its sender ended, so that only the note of it is missing.
    """

    until: datetime
    is_ours: bool
    postponed: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailPauses:
    """The pauses of all mailboxes; `length` is the time from one mail to the next."""

    store: Store
    length: timedelta

    @classmethod
    def from_environment(cls, store: Store) -> Self:
        """Makes pauses of the length that the template sets."""
        return cls(store, timedelta(seconds=float(setting("MAIL_PAUSE_SECONDS"))))

    def begin(self, address: str, now: datetime) -> Pause:
        """Begins a mailbox's pause, unless it pauses now: then returns until when."""
        condition = "attribute_not_exists(pk) OR pauses_until <= :now"
        try:
            answer: Any = self._update(address, "SET pauses_until = :until", now + self.length, now, condition)
        except self.store.dynamodb.exceptions.ConditionalCheckFailedException as pauses:
            refused: Any = pauses.response
            return Pause(_until(refused["Item"]), is_ours=False)
        before = answer.get("Attributes", {})
        if PAUSES_UNTIL not in before or _until(before) <= now - REMEMBERED:
            return Pause(now + self.length, is_ours=True)
        unfinished = tuple(before.get("sent", {}).get("SS", ()))
        postponed = self._postponed(address)
        if (postponed or unfinished) and self.length < LONGEST_WORK:
            self._update(address, "SET pauses_until = :until", now + LONGEST_WORK, now)
        return Pause(now + self.length, is_ours=True, postponed=postponed, unfinished=unfinished)

    def postpone(self, address: str, event_id: str, at: datetime, now: datetime) -> None:
        """Notes that the mail of an event, which happened at `at`, waits for the end of the pause."""
        item = team_keys.postponed_mail(address, event_id) | {"at": {"S": iso(at)}} | _expires(now)
        self.store.dynamodb.put_item(TableName=self.store.table, Item=item)

    def note_sent(self, address: str, event_ids: Sequence[str], until: datetime, now: datetime) -> None:
        """Notes that one mail told of several events, before each of them is marked."""
        ids = {":ids": {"SS": list(event_ids)}}
        at_work = max(until, now + LONGEST_WORK)
        self._update(address, "SET pauses_until = :until, sent = :ids", at_work, now, values=ids)

    def finish(self, address: str, until: datetime, now: datetime) -> None:
        """Ends the work on a digest: all that it told of is marked."""
        self._update(address, "SET pauses_until = :until REMOVE sent", until, now)

    def forget(self, address: str, event_ids: Iterable[str]) -> None:
        """Removes the notes of mails that wait no longer."""
        for event_id in event_ids:
            self.store.dynamodb.delete_item(TableName=self.store.table, Key=team_keys.postponed_mail(address, event_id))

    def _postponed(self, address: str) -> tuple[str, ...]:
        """Returns the events that have waited longest, as many as are mailed together; the others come by the queue."""
        found = items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            KeyConditionExpression=f"{PARTITION} = :mailbox AND begins_with(sk, :postponed)",
            ExpressionAttributeValues={
                ":mailbox": {"S": partition_of(team_keys.mail_pause(address))},
                ":postponed": {"S": team_keys.POSTPONED},
            },
            ConsistentRead=True,
        )
        waiting = ((item.get("at", _EARLIER)["S"], team_keys.postponed_event(item)) for item in found)
        return tuple(event_id for _, event_id in sorted(waiting)[:MOST_TOGETHER])

    def _update(
        self,
        address: str,
        expression: str,
        until: datetime,
        now: datetime,
        condition: str | None = None,
        values: dict[str, Any] | None = None,
    ) -> Any:
        words = expression.replace("SET ", "SET expires_at = :expires, ", 1)
        update: dict[str, Any] = {
            "TableName": self.store.table,
            "Key": team_keys.mail_pause(address),
            "UpdateExpression": words,
            "ExpressionAttributeValues": {
                ":until": {"S": iso(until)},
                ":expires": _expires(until)["expires_at"],
                **(values or {}),
            },
            "ReturnValues": "ALL_OLD",
        }
        if condition:
            update["ConditionExpression"] = condition
            update["ExpressionAttributeValues"][":now"] = {"S": iso(now)}
            update["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        return self.store.dynamodb.update_item(**update)


def _until(item: Any) -> datetime:
    return datetime.fromisoformat(item[PAUSES_UNTIL]["S"])


def _expires(moment: datetime) -> dict[str, dict[str, str]]:
    return {"expires_at": {"N": str(int((moment + REMEMBERED).timestamp()))}}
