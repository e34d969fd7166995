"""Keys of the items that stay in the table after a person was erased."""

from collections.abc import Mapping
from typing import Any

from baton.aws.table.keys.item_key import EVENTS, Item, Key, key, sort_key_of
from baton.aws.table.keys.report_keys import counted_at

ERASURES = "ERASURES"


def erasure(event_id: str) -> Key:
    """Returns the key of the event that tells the bus of an erasure."""
    return key(ERASURES, f"{EVENTS}{event_id}")


def erased_figures(erased_as: str, was: str) -> Key:
    """Returns the key of figures that reports go on counting; `was` is the sort key of the item that had them."""
    return key(f"ERASED#{erased_as}", f"LEFT#{was}")


def erased_item(item: Mapping[str, Any], erased_as: str) -> Item:
    """Returns the keys under which an item's figures stay in index 2, with `erased_as` in place of the lead's id.

    The item's own moment stays, so that reports count the figures on the same day as before.
    """
    was, month = sort_key_of(item), {"gsi2pk": item["gsi2pk"]}
    moved = {"gsi2sk": {"S": f"{counted_at(item)}#{erased_as}-{was}"}}
    return erased_figures(erased_as, was) | month | moved
