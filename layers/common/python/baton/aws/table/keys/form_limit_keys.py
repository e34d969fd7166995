"""Keys of the counters that limit forms."""

from datetime import datetime

from baton.aws.table.keys.item_key import Key, key
from baton.domain.basics.moments import iso


def limit_of_address(form: str, whose: str) -> Key:
    """How many of a form came from an address, in a stretch of time that the hash stands for."""
    return key(f"LIMIT#{form}", f"ADDRESS#{whose}")


def limit_of_form(form: str, part: int, began: datetime) -> Key:
    """How many of a form came from everywhere, in a stretch of time; one part of them."""
    return key(f"LIMIT#{form}#{part}", f"FROM#{iso(began)}")
