"""Keys of quarantined webhook deliveries and of list imports."""

from baton.aws.table.keys.item_key import Key, key


def quarantine(source: str) -> str:
    """Names the partition of the deliveries of one webhook source that could not be parsed."""
    return f"QUARANTINE#{source}"


def quarantined(source: str, fingerprint: str) -> Key:
    """Returns the key of such a delivery; it has a hash of the content, so a repeat has the same key."""
    return key(quarantine(source), fingerprint)


def imported(import_id: str) -> Key:
    """Returns the key of the progress of a list import."""
    return key(f"IMPORT#{import_id}", "IMPORT")
