"""Packs the content of a link into few bytes, and unpacks it: what it does and until when, the lead, numbers, a word.

Three bytes hold the action, 1 to 31, and the hour at whose end the link expires; fifteen hold the lead's id; a number
below 128 takes one byte.
"""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_HOURS_OF_ALL_TIMES = 1 << 19
_HEAD, _LEAD = 3, 15
_MORE = 0x80


class Packed(NamedTuple):
    """The content of a link: the action's code, when it expires (UTC), its lead, numbers of its kind, and a text."""

    action: int
    expires_at: datetime
    lead_id: str
    numbers: tuple[int, ...]
    word: str = ""


def pack(content: Packed) -> bytes:
    """Returns the bytes of a link's content; the time is rounded up to a whole hour.

    Raises:
        ValueError: the lead's id is none, or a number or the time is out of bounds.
    """
    hours = -((EPOCH - content.expires_at) // _HOUR)
    lead = base64.b32decode(content.lead_id.upper())
    if not 0 <= hours < _HOURS_OF_ALL_TIMES or len(lead) != _LEAD:
        raise ValueError("a link needs a lead's id, and a time between 2026 and 2085")
    head = (content.action * _HOURS_OF_ALL_TIMES + hours).to_bytes(_HEAD, "big")
    return head + lead + b"".join(map(_octets, content.numbers)) + content.word.encode()


def unpack(content: bytes, numbers: int) -> Packed:
    """Returns a link's content with so many numbers.

    Raises:
        ValueError: these bytes are too few, or their word is no text.
    """
    lead, octets = content[_HEAD : _HEAD + _LEAD], iter(content[_HEAD + _LEAD :])
    if len(lead) < _LEAD:
        raise ValueError("a link's content has a lead's id")
    action, hours = divmod(int.from_bytes(content[:_HEAD], "big"), _HOURS_OF_ALL_TIMES)
    found = tuple(_number(octets) for _ in range(numbers))
    lead_id = base64.b32encode(lead).decode().lower()
    return Packed(action, EPOCH + hours * _HOUR, lead_id, found, bytes(octets).decode())


def _octets(number: int) -> bytes:
    """Returns a number in groups of seven bits, the lowest first; all octets but the last have the highest bit set."""
    groups = [number >> shift & 0x7F for shift in range(0, max(number.bit_length(), 1), 7)]
    return bytes([group | _MORE for group in groups[:-1]] + groups[-1:])


def _number(octets: Iterator[int]) -> int:
    number, shift = 0, 0
    for octet in octets:
        number |= (octet & 0x7F) << shift
        shift += 7
        if octet < _MORE:
            return number
    raise ValueError("a link's content ends within a number")
