"""Keys of quarantined webhook deliveries, of list imports and their list, and of the counters that limit forms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from baton.aws.table.keys.item_key import Key, first_and_rest, key, sort_key_of
from baton.domain.basics.moments import iso

IMPORTS = "IMPORTS"
"""The list of all imports in index 1, by the time when they were announced."""

TOOLS = "TOOLS"
"""The partition of what is noted of each marketing tool."""


def tool(source: str) -> Key:
    """Returns the key of when a tool was last heard."""
    return key(TOOLS, f"HEARD#{source}")


def source_of_tool(item: Mapping[str, Any]) -> str:
    """Returns the tool, such as `hubspot`, that an item tells of."""
    return first_and_rest(sort_key_of(item))[1]


def quarantine(source: str) -> str:
    """Names the partition of the deliveries of one webhook source that could not be parsed."""
    return f"QUARANTINE#{source}"


def quarantined(source: str, fingerprint: str) -> Key:
    """Returns the key of such a delivery; it has a hash of the content, so a repeat has the same key."""
    return key(quarantine(source), fingerprint)


def imported(import_id: str) -> Key:
    """Returns the key of the progress of a list import."""
    return key(f"IMPORT#{import_id}", "IMPORT")


def import_place(import_id: str, created_at: datetime) -> Key:
    """Returns an import's place in the list of all imports."""
    return {"gsi1pk": {"S": IMPORTS}, "gsi1sk": {"S": f"{iso(created_at)}#{import_id}"}}


def limit_of_address(form: str, address_hash: str) -> Key:
    """Returns the key of a form's counter for one sender's address in one period; the hash covers both."""
    return key(f"LIMIT#{form}", f"ADDRESS#{address_hash}")


def counters_of_form(form: str, part: int) -> str:
    """Returns the partition of one part of a form's counters, one for each period, by when it began."""
    return f"LIMIT#{form}#{part}"


def limit_of_form(form: str, part: int, began: datetime) -> Key:
    """Returns the key of one part of a form's counter for all senders, in the period that began then."""
    return key(counters_of_form(form, part), f"FROM#{iso(began)}")
