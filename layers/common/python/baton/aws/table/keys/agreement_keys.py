"""Keys of the agreement: its versions, drafts and events, all in one partition; and of the trials of drafts."""

from collections.abc import Mapping
from typing import Any

from baton.aws.table.keys.item_key import EVENTS, Key, key, sort_key_of

AGREEMENT = "AGREEMENT"
AGREEMENT_IN_FORCE = key(AGREEMENT, "CURRENT")
AGREEMENT_TO_COME = key(AGREEMENT, "NEXT")
NEWEST_PROPOSAL = key("PROPOSAL#NEWEST", "NEWEST")
DRAFTS = "DRAFT#"
VERSIONS = "V#"


def agreement_version(version: int) -> Key:
    """Returns the key of a version of the agreement: in force, past, or signed for later."""
    return key(AGREEMENT, f"{VERSIONS}{version:06d}")


def agreement_event(event_id: str) -> Key:
    """Returns the key of an event of the agreement; its id is such as `agreement-000002-signed`."""
    return key(AGREEMENT, f"{EVENTS}{event_id.partition('-')[2].replace('-', '#')}")


def agreement_mail_mark(event_id: str) -> Key:
    """Returns the key of the mark that the mails of an event of the agreement left, or some of them.

    It is not beside the agreement, so that who sends mails cannot write that.
    """
    return key("MAILBOX#agreement", f"SEEN#mail#{event_id}")


def draft(draft_id: str) -> Key:
    """Returns the key of a draft of the agreement; ids of drafts sort by the time of their creation."""
    return key(AGREEMENT, f"{DRAFTS}{draft_id}")


def draft_id_of(item: Mapping[str, Any]) -> str:
    """Returns the id of the draft with this key."""
    return sort_key_of(item).removeprefix(DRAFTS)


def draft_mark(fingerprint: str) -> Key:
    """Returns the key of the mark that a draft with this content was created, so that a repeat creates no other."""
    return key(AGREEMENT, f"SEEN#draft#{fingerprint}")


def points_proposal(proposal_id: str) -> Key:
    """Returns the key of a proposal of points: what was asked for, the progress, and the result."""
    return key(f"PROPOSAL#{proposal_id}", "PROPOSAL")


def proposal_mark(fingerprint: str) -> Key:
    """Returns the key of the mark that a proposal like this was asked for, so that a repeat asks for no other."""
    return key(f"PROPOSAL#{fingerprint}", "SEEN")


def rescoring(version: int) -> Key:
    """Returns the key of the progress of rescoring all leads under a version."""
    return key(AGREEMENT, f"RESCORING#{version:06d}")


def trial_partition(draft_id: str) -> str:
    """Names the partition of the trial of a draft."""
    return f"TRIAL#{draft_id}"


def trial(draft_id: str) -> Key:
    """Returns the key of a draft's trial: its progress, and the sums of the leads that it has replayed."""
    return key(trial_partition(draft_id), "TRIAL")


def trial_texts(draft_id: str) -> Key:
    """Returns the key of the two agreements that a draft's trial compares."""
    return key(trial_partition(draft_id), "AGREEMENTS")
