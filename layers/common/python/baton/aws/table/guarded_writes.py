"""What is written besides a lead: while there is that lead, and again if somebody else wrote at the same moment."""

from collections.abc import Callable, Sequence

from baton.aws.table.keys import lead_keys
from baton.aws.table.lead_writes import Item
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Conflict


def write_if_lead_exists(store: Store, lead_id: str, writes: Sequence[Item]) -> bool:
    """Save something that is known of a lead; False if the lead is being erased, or was.

    Raises:
        Contended: too many changed the lead at once.
    """
    check = {"TableName": store.table, "Key": lead_keys.lead(lead_id), "ConditionExpression": "attribute_exists(body)"}
    return write_until_saved(store, [{"ConditionCheck": check}, *writes], lambda: store.own(lead_id) is None)


def write_until_saved(store: Store, writes: list[Item], is_moot: Callable[[], bool] = lambda: False) -> bool:
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
