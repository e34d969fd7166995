"""What a marketing tool told in one delivery, as it was read: messages, waiting messages, and what else it says."""

from dataclasses import dataclass

from baton.domain.signals.message_batches import Message


@dataclass(frozen=True, slots=True)
class ReadDelivery:
    """The messages in a delivery, why parts were not understood, and what it tells of its sender's ids.

    `let_go` has a reason for each part that was understood and makes no message. `ids` are pairs of a lead and the
    sender's id of it. `waiting` are messages about somebody of whom only the sender's id is known, with that id.
    `same_people` are ids of one person each, and `deletions` ids of persons who were deleted for privacy.
    """

    messages: list[Message]
    why: tuple[str, ...] = ()
    let_go: tuple[str, ...] = ()
    ids: frozenset[tuple[str, str]] = frozenset()
    waiting: tuple[tuple[str, Message], ...] = ()
    same_people: tuple[tuple[str, ...], ...] = ()
    deletions: tuple[str, ...] = ()
