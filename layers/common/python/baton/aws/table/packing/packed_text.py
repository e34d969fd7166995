"""Texts in stored items: a long one is packed into a binary value, a short one stays plain, as all once were.

A packed text is a zlib stream (RFC 1950) with a preset dictionary, whose checksum the stream names. So whatever was
packed with an older dictionary is unpacked with that one: dictionaries are added, and never changed or taken away.
"""

import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from baton.aws.runtime.settings import setting

Value = dict[str, Any]
"""A value of an item, as DynamoDB has it: `{"S": "…"}` or `{"B": b"…"}`."""

LONG = 512
"""Texts from this length on are packed; below, an item has its smallest price anyway, and people can read it."""
DICTIONARIES = {0x88F938D4: "dictionary-1.txt"}
"""The file of each preset dictionary, by its checksum (Adler-32); the last one packs."""
_NAMES_A_DICTIONARY, _SHORTEST = 0x20, 6
_LEVEL, _WINDOW_BITS, _MEMORY = 6, 14, 7


def stays_plain() -> bool:
    """Tells whether items are still stored as before December 2026, because functions of that time may read them."""
    return setting("STORED_TEXTS", "packed") == "plain"


def packed(text: str) -> Value:
    """Returns the value that stores a text."""
    if len(text) < LONG or stays_plain():
        return {"S": text}
    dictionary = _dictionary([*DICTIONARIES][-1])
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW_BITS, _MEMORY, zlib.Z_DEFAULT_STRATEGY, dictionary)
    return {"B": packer.compress(text.encode()) + packer.flush()}


def unpacked(value: Mapping[str, Any]) -> str | bytes:
    """Returns a stored text, in UTF-8 if it was packed.

    Raises:
        UnknownDictionary: a newer Baton packed it.
        zlib.error: it is damaged.
    """
    return value["S"] if "S" in value else unzipped(value["B"])


def unzipped(stream: bytes) -> bytes:
    """Returns the content of a packed text, in UTF-8; raises what `unpacked` does."""
    if len(stream) < _SHORTEST or not stream[1] & _NAMES_A_DICTIONARY:
        return zlib.decompress(stream)
    unpacker = zlib.decompressobj(zdict=_dictionary(int.from_bytes(stream[2:6], "big")))
    text = unpacker.decompress(stream)
    if not unpacker.eof:
        raise zlib.error("the packed text ends too early")
    return text


class UnknownDictionary(LookupError):
    """A text was packed with a dictionary that this version does not have."""


@cache
def _dictionary(checksum: int) -> bytes:
    if checksum not in DICTIONARIES:
        raise UnknownDictionary(f"no dictionary has the checksum {checksum:08x}; a newer Baton packed this text")
    return Path(__file__).with_name(DICTIONARIES[checksum]).read_bytes()
