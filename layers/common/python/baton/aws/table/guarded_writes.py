"""Writes of other items than leads: only while their lead exists, and retried on a conflict."""

from collections.abc import Callable, Sequence

from baton.aws.table.keys import lead_keys
from baton.aws.table.keys.item_key import Item
from baton.aws.table.retries import retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Conflict


def write_if_lead_exists(store: Store, lead_id: str, writes: Sequence[Item]) -> bool:
    """Saves items that belong to a lead; returns False if the lead is being erased, or was erased.

    Raises:
        Contended: the lead changed at every attempt.
    """
    check = {"TableName": store.table, "Key": lead_keys.lead(lead_id), "ConditionExpression": "attribute_exists(body)"}
    return write_until_saved(store, [{"ConditionCheck": check}, *writes], lambda: store.lead_itself(lead_id) is None)


def write_until_saved(store: Store, writes: list[Item], is_moot: Callable[[], bool] = lambda: False) -> bool:
    """Retries the writes on a conflict; returns False if `is_moot()` becomes true first.

    Raises:
        Contended: every attempt conflicted with another write.
    """

    def attempt() -> bool:
        try:
            store.write(writes)
        except Conflict:
            if is_moot():
                return False
            raise
        return True

    return retry_on_conflict(attempt, "too many wrote the same at once; send the same request again")
