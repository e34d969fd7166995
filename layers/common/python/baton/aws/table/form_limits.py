"""Rate limits per sender address and per form: what is counted, and how many.

An address is stored as a keyed hash, which changes with each period and expires with it.
"""

import hashlib
import hmac
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from baton.agreement.terms.form_terms import Form, FormLimit
from baton.aws.table.keys import intake_keys
from baton.aws.table.keys.item_key import Item, Key
from baton.domain.basics.moments import iso

MAX_PARTS = 16
MIN_IN_A_PART = 100
"""The counter of a form is split into parts: DynamoDB writes an item at most 1,000 times a second."""


LAST_KEPT_FOR = timedelta(days=35)
"""For so long the counter of a form stays, so that people see when it was last sent."""


class Ceiling(NamedTuple):
    """A limit: at most so many are counted under a key until a moment.

    `at` is when the form came, if its counter keeps that of the last; such a counter stays after its period.
    """

    key: Key
    most: int
    until: datetime
    at: datetime | None = None

    def one_more(self, table: str) -> Item:
        """Returns the update that counts one more; its condition fails once the limit is reached."""
        until = self.until + LAST_KEPT_FOR if self.at else self.until
        return {
            "TableName": table,
            "Key": self.key,
            "UpdateExpression": f"ADD sent :one SET expires_at = :until{', last_at = :at' if self.at else ''}",
            "ConditionExpression": "attribute_not_exists(sent) OR sent < :most",
            "ExpressionAttributeValues": {
                ":one": {"N": "1"},
                ":most": {"N": str(self.most)},
                ":until": {"N": str(int(until.timestamp()))},
                **({":at": {"S": iso(self.at)}} if self.at else {}),
            },
        }

    def one_less(self, table: str) -> Item:
        """Returns the update that takes one off again."""
        return {
            "TableName": table,
            "Key": self.key,
            "UpdateExpression": "ADD sent :one_less",
            "ConditionExpression": "attribute_exists(sent)",
            "ExpressionAttributeValues": {":one_less": {"N": "-1"}},
        }


def ceilings(
    name: str, form: Form, address: str | None, lead_id: str, now: datetime, secret: bytes
) -> Iterator[Ceiling]:
    """Yields the limits of one submission: per sender's address, if it is a public one, and per form."""
    if network := _network(address):
        limit = form.limits.per_address
        began, until = _period(limit, now)
        text = f"limit:{name}:{network}:{began.isoformat()}"
        address_hash = hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:32]
        yield Ceiling(intake_keys.limit_of_address(name, address_hash), limit.at_most, until)
    limit = form.limits.per_form
    began, until = _period(limit, now)
    parts = parts_of(limit)
    part = zlib.crc32(lead_id.encode()) % parts
    yield Ceiling(intake_keys.limit_of_form(name, part, began), -(-limit.at_most // parts), until, now)


def parts_of(limit: FormLimit) -> int:
    """Returns into how many parts the counter of a form is split."""
    return max(1, min(MAX_PARTS, limit.at_most // MIN_IN_A_PART))


def _period(limit: FormLimit, now: datetime) -> tuple[datetime, datetime]:
    length = int(limit.within.total_seconds())
    began = datetime.fromtimestamp(int(now.timestamp()) // length * length, UTC)
    return began, began + timedelta(seconds=length)


def _network(address: str | None) -> str | None:
    """Returns an IPv4 address, or the /64 network of an IPv6 address; None unless the address is a public one."""
    try:
        read = ip_address(address or "")
    except ValueError:
        return None
    if not read.is_global:
        return None
    return read.exploded[:19] if isinstance(read, IPv6Address) else str(read)
