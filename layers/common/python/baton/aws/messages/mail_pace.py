"""The pace of mails that no lead causes, such as reports: two a second to one address at most.

Together with the one mail about leads that may leave in the same second, no address gets more than five.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.keys import team_keys
from baton.aws.table.store import Store

STEP = timedelta(milliseconds=500)
LONGEST_WAIT = 60.0
_EXPIRES = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MailPace:
    """Waits until each mailbox may get its next mail. Each sender gets a moment of its own, whoever else sends."""

    store: Store

    def wait_for(self, addresses: Iterable[str]) -> None:
        """Waits until the next mail may leave to all of these addresses."""
        now = utc_now()
        free = max((self._next(address, now) for address in addresses), default=now)
        if free > now:
            time.sleep(min((free - now).total_seconds(), LONGEST_WAIT))

    def _next(self, address: str, now: datetime) -> datetime:
        """Takes the next moment at which a mailbox may get a mail, and moves the following one behind it."""
        update: dict[str, Any] = {
            "TableName": self.store.table,
            "Key": team_keys.mail_pace(address),
            "ReturnValues": "UPDATED_OLD",
        }
        free, step, expires = (
            {":next": _number(now + STEP), ":now": _number(now)},
            {":step": {"N": str(_milliseconds(STEP))}},
            {":expires": {"N": str(int((now + _EXPIRES).timestamp()))}},
        )
        try:
            self.store.dynamodb.update_item(
                UpdateExpression="SET free_at = :next, expires_at = :expires",
                ConditionExpression="attribute_not_exists(free_at) OR free_at <= :now",
                ExpressionAttributeValues=free | expires,
                **update,
            )
        except self.store.dynamodb.exceptions.ConditionalCheckFailedException:
            taken: Any = self.store.dynamodb.update_item(
                UpdateExpression="SET free_at = free_at + :step, expires_at = :expires",
                ExpressionAttributeValues=step | expires,
                **update,
            )
            return now + timedelta(milliseconds=int(taken["Attributes"]["free_at"]["N"]) - _since_epoch(now))
        return now


def _milliseconds(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)


def _since_epoch(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _number(moment: datetime) -> dict[str, str]:
    return {"N": str(_since_epoch(moment))}
