"""A cancelled transaction is told by its reasons: a condition that does not hold, or something that was in its way."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest

from baton.aws.table import retries
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import (
    ConditionFailed,
    Conflict,
    Contended,
    Repeated,
    TooMany,
    why_cancelled,
)

CONDITION, CONFLICT, BUSY = "ConditionalCheckFailed", "TransactionConflict", "ProvisionedThroughputExceeded"


def response(*codes: str) -> Any:
    return {"CancellationReasons": [{"Code": code} for code in codes]}


class Cancelled(Exception):
    """What DynamoDB's client raises."""

    def __init__(self, *codes: str) -> None:
        self.response = response(*codes)


class Table:
    """A DynamoDB that cancels transactions for these reasons, one after the other, and then takes them."""

    class exceptions:  # as the client has it
        TransactionCanceledException = Cancelled

    def __init__(self, *reasons: str) -> None:
        self.reasons, self.times = list(reasons), 0

    def transact_write_items(self, TransactItems: Any) -> None:
        self.times += 1
        if self.reasons:
            raise Cancelled(self.reasons.pop(0))


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)


def try_write(table: Any) -> bool:
    return Store(table, "table").try_write([{"Put": {}}])


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        (("None", CONFLICT), Conflict),
        (("ThrottlingError", "None"), Conflict),
        ((BUSY,), Conflict),
        ((), Conflict),
        (("None", CONDITION), ConditionFailed),
        ((CONFLICT, CONDITION), ConditionFailed),
        (("ValidationError", CONFLICT), RuntimeError),
    ],
    ids=str,
)
def test_a_cancelled_transaction_means_what_its_reasons_say(codes: tuple[str, ...], kind: type[Exception]) -> None:
    assert type(why_cancelled(response(*codes))) is kind


def test_a_repeat_and_a_limit_go_before_other_reasons() -> None:
    class Limit:
        until = datetime(2026, 11, 24, tzinfo=UTC)

    ceilings: Any = [Limit()]
    assert isinstance(why_cancelled(response(CONDITION, CONFLICT), marks=1), Repeated)
    assert isinstance(why_cancelled(response("None", CONDITION, CONFLICT), 1, ceilings), TooMany)
    assert type(why_cancelled(response("None", CONFLICT, CONDITION), 1, ceilings)) is ConditionFailed


@pytest.mark.parametrize("reason", [CONFLICT, BUSY, "ThrottlingError"])
def test_a_write_that_something_was_in_the_way_of_is_tried_again(reason: str) -> None:
    table = Table(reason, reason)
    assert try_write(table)
    assert table.times == 3


def test_a_write_whose_condition_does_not_hold_is_not_tried_again() -> None:
    table = Table(CONDITION)
    assert not try_write(table)
    assert table.times == 1


def test_a_write_that_something_is_always_in_the_way_of_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "PATIENCE_SECONDS", 0.01)
    with pytest.raises(Contended):
        try_write(Table(*[CONFLICT] * 1_000_000))
