"""Keys of the agreement: its versions, drafts and events."""

from baton.aws.table.keys.item_key import EVENTS, Key, key

AGREEMENT = "AGREEMENT"
AGREEMENT_IN_FORCE = key(AGREEMENT, "CURRENT")
AGREEMENT_TO_COME = key(AGREEMENT, "NEXT")
DRAFTS = "DRAFT#"


def agreement_version(version: int) -> Key:
    """A version of the agreement, in force or past."""
    return key(AGREEMENT, f"V#{version:06d}")


def agreement_event(event_id: str) -> Key:
    """One event of the agreement."""
    _, version, what = event_id.split("-")
    return key(AGREEMENT, f"{EVENTS}{version}#{what}")


def draft(draft_id: str) -> Key:
    """A draft of the agreement; the ids are in the order in which drafts were made."""
    return key(AGREEMENT, f"{DRAFTS}{draft_id}")


def drafted(fingerprint: str) -> Key:
    """The mark that this very draft was made already."""
    return key(AGREEMENT, f"SEEN#draft#{fingerprint}")


def rescoring(version: int) -> Key:
    """How far scoring all leads under a version of the agreement has come."""
    return key(AGREEMENT, f"RESCORING#{version:06d}")
