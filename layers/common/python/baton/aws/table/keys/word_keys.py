"""Keys of the words by which leads are found."""

from collections.abc import Mapping
from typing import Any

from baton.aws.table.keys.item_key import Key, key, last_word, sort_key_of


def word_list(list_: str) -> str:
    """Names the list of the words that begin with the same two letters, by a keyed hash of these."""
    return f"WORDS#{list_}"


def word(list_: str, place: str, lead_id: str) -> Key:
    """Returns the key of a word of a lead; all that it tells without the pepper is the lead's id."""
    return key(word_list(list_), f"{place}#{lead_id}")


def lead_id_of(item: Mapping[str, Any]) -> str:
    """Returns the id of the lead whose word an item is."""
    return last_word(sort_key_of(item))
