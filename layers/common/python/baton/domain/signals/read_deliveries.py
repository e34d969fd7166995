"""What a marketing tool told in one delivery, as it was read: messages, waiting messages, and what else it says."""

from datetime import datetime
from typing import NamedTuple

from baton.domain.signals.message_batches import Message


class ChangedAddress(NamedTuple):
    """The address of somebody who was told under another one before, as lead `former`; `lead_id` follows from it.

    `told_at` is when it changed; None means now. `is_current` if the tool says that this is the person's address now:
    otherwise it is only one of theirs, such as the recipient of an older mail. With `anybody` the message could be a
    stranger's, as one of a browser.
    """

    former: str
    lead_id: str
    email: str
    told_at: datetime | None = None
    is_current: bool = False
    anybody: bool = False


class ReadDelivery(NamedTuple):
    """The messages in a delivery, why parts were not understood, and what it tells of its sender's ids.

    `let_go` has a reason for each part that was understood and makes no message. `ids` are pairs of a lead and the
    sender's id of it. `waiting` are messages about somebody of whom only the sender's id is known, with that id.
    `same_people` are ids of one person each, and `deletions` ids of persons who were deleted for privacy. `addresses`
    are those of people who were known by another one, in the order of their time.
    """

    messages: list[Message]
    why: tuple[str, ...] = ()
    let_go: tuple[str, ...] = ()
    ids: frozenset[tuple[str, str]] = frozenset()
    waiting: tuple[tuple[str, Message], ...] = ()
    same_people: tuple[tuple[str, ...], ...] = ()
    deletions: tuple[str, ...] = ()
    addresses: tuple[ChangedAddress, ...] = ()
