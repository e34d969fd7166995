"""What is written besides a lead: while there is that lead, and again if somebody else wrote at the same moment."""

from collections.abc import Callable, Sequence

from baton.aws import keys
from baton.aws.outcomes import Conflict
from baton.aws.retries import retry_on_conflict
from baton.aws.store import Store
from baton.aws.writes import Item


def saved_of(store: Store, lead_id: str, writes: Sequence[Item]) -> bool:
    """Save something that is known of a lead; False if the lead is being erased, or was.

    Raises:
        Contended: too many changed the lead at once.
    """
    check = {"TableName": store.table, "Key": keys.lead(lead_id), "ConditionExpression": "attribute_exists(body)"}
    return surely(store, [{"ConditionCheck": check}, *writes], lambda: store.own(lead_id) is None)


def surely(store: Store, writes: list[Item], is_moot: Callable[[], bool] = lambda: False) -> bool:
    """Save what nobody's haste may stop; False if it cannot be saved, and by then `is_moot`.

    Raises:
        Contended: too many wrote at once.
    """

    def attempt() -> bool:
        if store.saved(writes):
            return True
        if is_moot():
            return False
        raise Conflict

    return retry_on_conflict(attempt, "too many wrote the same at once; send the same request again")
