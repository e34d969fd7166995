"""What a busy table leaves out of a batch is read after pauses that grow, and not for ever."""

import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from baton.aws.table import retries
from baton.aws.table.keys import lead_keys
from baton.aws.table.keys.item_key import Key, sort_key_of
from baton.aws.table.store import MAX_KEYS, Store
from baton.aws.table.write_outcomes import Contended
from tests.unit.test_retries import Clock

TABLE = "table"
KEYS = [lead_keys.event(f"u2bij-{number:08}") for number in range(250)]


class BusyTable:
    """A DynamoDB that answers so many keys of each request, as `takes` says."""

    def __init__(self, takes: Callable[[int], int]) -> None:
        self.takes, self.requests = takes, list[list[Key]]()

    def batch_get_item(self, RequestItems: Any) -> Any:
        wanted = RequestItems[TABLE]["Keys"]
        assert 0 < len(wanted) <= MAX_KEYS
        self.requests.append(wanted)
        taken = self.takes(len(self.requests))
        left_out = {TABLE: {"Keys": wanted[taken:]}} if wanted[taken:] else {}
        return {"Responses": {TABLE: wanted[:taken]} if taken else {}, "UnprocessedKeys": left_out}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Only pauses take time, and each is as long as it may be."""
    moved = Clock()
    monkeypatch.setattr(time, "monotonic", lambda: moved.now)
    monkeypatch.setattr(time, "sleep", moved.pause)
    monkeypatch.setattr(random, "uniform", lambda _, longest: longest)
    return moved


def read(table: Any) -> list[str]:
    return sorted(sort_key_of(item) for item in Store(table, TABLE).items(KEYS))


def test_a_batch_of_which_nothing_is_left_out_is_read_without_a_pause(clock: Clock) -> None:
    table = BusyTable(lambda _: MAX_KEYS)
    assert read(table) == sorted(map(sort_key_of, KEYS))
    assert (len(table.requests), clock.pauses) == (3, [])


def test_what_is_left_out_is_read_after_pauses_that_grow(clock: Clock) -> None:
    table = BusyTable(lambda number: 0 if number < 6 else 90)
    assert read(table) == sorted(map(sort_key_of, KEYS))
    assert clock.pauses[:5] == [0.02, 0.04, 0.08, 0.16, 0.32]
    assert max(clock.pauses) <= retries.MAX_PAUSE_SECONDS


def test_a_table_that_leaves_out_everything_is_given_up_in_time(clock: Clock) -> None:
    with pytest.raises(Contended, match="busy"):
        read(BusyTable(lambda _: 0))
    assert clock.now == pytest.approx(retries.PATIENCE_SECONDS * retries.SHARE_WITHIN)


def test_the_pauses_are_drawn_by_chance(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setattr(random, "uniform", lambda shortest, longest: (shortest + longest) / 4)
    read(BusyTable(lambda number: 0 if number < 3 else MAX_KEYS))
    assert clock.pauses == [0.005, 0.01]
