"""Keys of what stays of a person who was erased."""

from baton.aws.table.keys.item_key import EVENTS, Key, key

ERASURES = "ERASURES"


def erasure(event_id: str) -> Key:
    """That a person was erased, as the bus learns it."""
    return key(ERASURES, f"{EVENTS}{event_id}")


def left_of(erased_as: str, was: str) -> Key:
    """What reports count of a person who was erased; `was` is the sort key of the item that it stood in."""
    return key(f"ERASED#{erased_as}", f"LEFT#{was}")
