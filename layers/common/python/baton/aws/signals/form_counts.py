"""Counts forms towards their limits, before they are saved.

A form that is not saved is taken off again. A repeat counts as any other form: a limit that spared repeats would tell a
stranger what somebody else has sent.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from baton.agreement.terms.form_terms import Form
from baton.aws.sdk.faults import AwsFault
from baton.aws.table.form_limits import Ceiling, parts_of
from baton.aws.table.keys import intake_keys
from baton.aws.table.retries import SHARE_WITHIN, retry_on_conflict
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import Conflict, TooMany


@contextmanager
def counted(store: Store, limits: Sequence[Ceiling]) -> Iterator[None]:
    """Counts a form under each of its limits, and takes it off again if the block, which saves it, fails.

    Raises:
        TooMany: as many as a limit allows were counted before; this one is counted nowhere.
        Contended: an older Baton, which counts in transactions, was in the way at every attempt.
    """
    done: list[Ceiling] = []
    try:
        for each in limits:
            _count(store, each)
            done.append(each)
        yield
    except Exception:
        for each in done:
            with suppress(AwsFault):  # it counts until its period ends, which harms nobody
                store.dynamodb.update_item(**each.one_less(store.table))
        raise


def _count(store: Store, limit: Ceiling) -> None:
    refusals = store.dynamodb.exceptions

    def attempt() -> None:
        try:
            store.dynamodb.update_item(**limit.one_more(store.table))
        except refusals.ConditionalCheckFailedException as reached:
            raise TooMany(limit.until) from reached
        except refusals.TransactionConflictException as in_the_way:
            raise Conflict from in_the_way

    retry_on_conflict(attempt, "too many forms came at once; send it again", SHARE_WITHIN)


def last_sent(store: Store, name: str, form: Form) -> str | None:
    """Returns when a form was last counted, in ISO 8601; None if it was not in `LAST_KEPT_FOR`.

    Robots' forms, repeats and forms that could not be saved are counted, too. Parts that its counter had under another
    agreement, and has no more, are not looked at.
    """
    parts = (intake_keys.counters_of_form(name, part) for part in range(parts_of(form.limits.per_form)))
    return max(filter(None, (_last_in(store, part) for part in parts)), default=None)


def _last_in(store: Store, partition: str) -> str | None:
    found = store.dynamodb.query(
        TableName=store.table,
        KeyConditionExpression="pk = :partition",
        ExpressionAttributeValues={":partition": {"S": partition}},
        ProjectionExpression="last_at",
        ScanIndexForward=False,
        Limit=1,
    )
    for item in found["Items"]:
        if "last_at" in item:  # an earlier Baton kept none
            return str(item["last_at"]["S"])
    return None
