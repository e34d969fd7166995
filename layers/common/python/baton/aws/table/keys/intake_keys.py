"""Keys of quarantined deliveries and of imports."""

from baton.aws.table.keys.item_key import Key, key


def quarantine(source: str) -> str:
    """The partition of what a source of webhooks sent and nobody understood yet."""
    return f"QUARANTINE#{source}"


def quarantined(source: str, fingerprint: str) -> Key:
    """One such delivery, by a hash of what was sent: sent again, it is the same one."""
    return key(quarantine(source), fingerprint)


def imported(import_id: str) -> Key:
    """How far the import of a list has come."""
    return key(f"IMPORT#{import_id}", "IMPORT")
