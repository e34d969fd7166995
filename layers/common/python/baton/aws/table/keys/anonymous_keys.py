"""Keys of what is kept of a visitor without an address."""

from baton.aws.table.keys.item_key import Key, key

ANONYMOUS = "ANONYMOUS#"


def anonymous(anonymous_id: str) -> Key:
    """Who somebody turned out to be whom a website knew by an id of its own."""
    return key(f"{ANONYMOUS}{anonymous_id}", "PERSON")


def of_anonymous(anonymous_id: str, sender: str, message: str) -> Key:
    """A message about somebody who has given no address yet."""
    return key(f"{ANONYMOUS}{anonymous_id}", f"MESSAGE#{sender}#{message}")


KEPT = "KEPT"


def kept_of_anonymous(anonymous_id: str) -> Key:
    """How many messages were kept of somebody who had given no address."""
    return key(f"{ANONYMOUS}{anonymous_id}", KEPT)
