"""How many forms are taken from one address, and of one form: counted in the very transaction that keeps each form.

What is refused, repeated or lost is so never counted. An address is kept as a keyed hash that another one replaces with
each stretch of time, and forgotten when that is over.
"""

import hashlib
import hmac
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Any

from baton.agreement.terms.form_terms import Form, FormLimit
from baton.aws.table.keys import form_limit_keys, item_key

MAX_PARTS = 16
MIN_IN_A_PART = 100
"""A busy form is counted in parts, so that its submissions do not wait for each other."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How many may be counted under a key until when."""

    key: item_key.Key
    most: int
    until: datetime

    def counted(self, table: str) -> dict[str, Any]:
        """Counts one more, as a part of a transaction that fails where there are so many already."""
        return {
            "Update": {
                "TableName": table,
                "Key": self.key,
                "UpdateExpression": "ADD sent :one SET expires_at = :until",
                "ConditionExpression": "attribute_not_exists(sent) OR sent < :most",
                "ExpressionAttributeValues": {
                    ":one": {"N": "1"},
                    ":most": {"N": str(self.most)},
                    ":until": {"N": str(int(self.until.timestamp()))},
                },
            }
        }


def ceilings(
    name: str, form: Form, address: str | None, lead_id: str, now: datetime, secret: bytes
) -> Iterator[Ceiling]:
    """What a submission of a form is counted under: its sender's address, if that is known, and the form."""
    if network := _network(address):
        limit = form.limits.per_address
        began, until = _stretch(limit, now)
        said = f"limit:{name}:{network}:{began.isoformat()}"
        whose = hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()[:32]
        yield Ceiling(form_limit_keys.limit_of_address(name, whose), limit.at_most, until)
    limit = form.limits.per_form
    began, until = _stretch(limit, now)
    parts = max(1, min(MAX_PARTS, limit.at_most // MIN_IN_A_PART))
    part = zlib.crc32(lead_id.encode()) % parts
    yield Ceiling(form_limit_keys.limit_of_form(name, part, began), -(-limit.at_most // parts), until)


def _stretch(limit: FormLimit, now: datetime) -> tuple[datetime, datetime]:
    length = int(limit.within.total_seconds())
    began = datetime.fromtimestamp(int(now.timestamp()) // length * length, UTC)
    return began, began + timedelta(seconds=length)


def _network(address: str | None) -> str | None:
    """The address, of IPv6 the network of one household or office; None for one that is not of the internet."""
    try:
        read = ip_address(address or "")
    except ValueError:
        return None
    if not read.is_global:
        return None
    return read.exploded[:19] if isinstance(read, IPv6Address) else str(read)
