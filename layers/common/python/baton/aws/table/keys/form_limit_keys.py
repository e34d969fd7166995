"""Keys of the counters that limit how many forms are accepted."""

from datetime import datetime

from baton.aws.table.keys.item_key import Key, key
from baton.domain.basics.moments import iso


def limit_of_address(form: str, address_hash: str) -> Key:
    """Returns the key of a form's counter for one sender's address in one period; the hash covers both."""
    return key(f"LIMIT#{form}", f"ADDRESS#{address_hash}")


def limit_of_form(form: str, part: int, began: datetime) -> Key:
    """Returns the key of one part of a form's counter for all senders, in the period that began then."""
    return key(f"LIMIT#{form}#{part}", f"FROM#{iso(began)}")
