"""Ids of messages and people in a delivery, and the times in it."""

import hashlib
import json
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from baton.intake.signals.signal_fields import FAST_CLOCK, MAX_ID

NOT_READ = "not read"
"""What `webhook_time` returns for a time that cannot be read; a signal with such a time is not understood."""
_AS_MOST_WRITE_IT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_FAR_AHEAD = timedelta(days=2)


def message_id_of(*parts: object) -> str:
    """Returns the id of a message: the sender's own ids joined by `:`, hashed if that is too long or has spaces."""
    named = ":".join(str(part) for part in parts)
    fits = len(named) <= MAX_ID and named.isascii() and named.isprintable() and " " not in named
    return named if fits else hashlib.sha256(named.encode(errors="replace")).hexdigest()


def person_ids(*named: tuple[str, object]) -> tuple[str, ...]:
    """Returns the sender's ids of a person: `("contact", 7)` becomes `contact:7`; empty ids are left out."""
    return tuple(message_id_of(what, id_) for what, id_ in named if type(id_) in (str, int) and id_)


def content_hash(content: Any) -> str:
    """Returns an id for an event that has none: a hash of its content, the same in any order of its names."""
    written = content if isinstance(content, bytes) else json.dumps(content, sort_keys=True).encode()
    return hashlib.sha256(written).hexdigest()


def webhook_time(value: object, now: datetime) -> str | None:
    """Returns a time in ISO 8601, read from what programs write: ISO 8601, RFC 2822, a Unix time.

    A time without a zone is in UTC. None if there is no time, or one of the next two days, as a clock that is fast or
    in another zone tells it: then the arrival counts. `NOT_READ` if there is one that cannot be read.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    at = _read(value)
    if at is None or at > now + _FAR_AHEAD:
        return NOT_READ
    return None if at > now + FAST_CLOCK - timedelta(seconds=1) else at.isoformat()


def _read(value: object) -> datetime | None:
    if isinstance(value, str) and _AS_MOST_WRITE_IT.fullmatch(value):
        with suppress(ValueError, OverflowError):
            return datetime.fromisoformat(value).astimezone(UTC)
    from baton.domain.basics.written_times import read_unix_time, read_written_time  # most write ISO 8601  # noqa: PLC0415

    if isinstance(value, int | float) and not isinstance(value, bool):
        return read_unix_time(value)
    return read_written_time(value) if isinstance(value, str) else None
