"""Ids of messages and people in a delivery, and the times in it."""

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from baton.intake.signals.signal_fields import FAST_CLOCK, MAX_ID

_MILLISECONDS_FROM = 10**11
_UNIX_TIME = re.compile(r"[0-9]{9,13}")
_MAX_SECONDS = 4 * 10**9


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
    """Returns a time in ISO 8601, read from ISO 8601 or a Unix time in seconds or milliseconds.

    A time without a zone is in UTC. None if there is no time, or one in the future: then the arrival counts.
    """
    at = None
    if isinstance(value, int | float):
        at = _from_number(value)
    elif isinstance(value, str):
        at = _from_text(value)
    if at is None or at > now + FAST_CLOCK - timedelta(seconds=1):
        return None
    return at.isoformat()


def _from_number(number: float) -> datetime | None:
    seconds = number / 1000 if number >= _MILLISECONDS_FROM else number
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _MAX_SECONDS else None


def _from_text(text: str) -> datetime | None:
    if _UNIX_TIME.fullmatch(text):
        return _from_number(int(text))
    try:
        at = datetime.fromisoformat(text.strip())
        return at.astimezone(UTC) if at.utcoffset() is not None else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
