"""Whose mail does not arrive as agreed: an address that is not confirmed any more, operations, and SNS' quota."""

from collections.abc import Sequence

from baton.domain.teams.reps import Subscription

MAX_ADDRESSES = 200
"""SNS takes so many filter policies for one topic, and each address has one (Amazon SNS endpoints and quotas)."""
FEW_LEFT = 20
_GETS_MAIL = frozenset({Subscription.CONFIRMED, Subscription.UNPROTECTED})
_HOW = "an administrator confirms one with the link in Amazon's mail: POST /operations/confirmation"
_OPERATIONS = {
    Subscription.PENDING: f"nobody gets Baton's alarms, because no address of operations is confirmed; {_HOW}",
    Subscription.UNPROTECTED: (
        "a mail scanner can end Baton's alarms, because operations' address was confirmed by a click; "
        f"unsubscribe it, subscribe it anew, and {_HOW}"
    ),
    Subscription.ENDED: f"nobody gets Baton's alarms; subscribe an address to the topic of operations, and {_HOW}",
}


def is_lost(before: Subscription, after: Subscription) -> bool:
    """Tells whether mail arrived and does not any more, or whether anybody who has a mail can now end it."""
    if after is Subscription.ENDED:
        return before is not after
    return after is not Subscription.CONFIRMED and after is not before and before in _GETS_MAIL


def reach_of(states: Sequence[Subscription]) -> Subscription:
    """Returns how well operations are reached: as well as the best of their addresses; `ended` without any."""
    best = (Subscription.CONFIRMED, Subscription.UNPROTECTED, Subscription.PENDING)
    return next((state for state in best if state in states), Subscription.ENDED)


def operations_warning(states: Sequence[Subscription]) -> str | None:
    """Returns what is wrong if no address of operations is confirmed; None if one is."""
    return _OPERATIONS.get(reach_of(states))


def addresses_warning(addresses: int) -> str | None:
    """Returns how many of SNS' addresses are taken, once few are left; else None."""
    if addresses < MAX_ADDRESSES - FEW_LEFT:
        return None
    return f"{addresses} of at most {MAX_ADDRESSES} people have mail; {no_room_remedy()}"


def no_room_remedy() -> str:
    """Says what makes room for more people."""
    return "remove who has left, or ask AWS to raise SNS' quota of filter policies per topic"
