"""Retries after a conflicting write: their pauses, their end, and the success of many writers of one item."""

import heapq
import random
import time
from itertools import islice

import pytest

from baton.aws.table.retries import (
    FIRST_PAUSE_SECONDS,
    MAX_PAUSE_SECONDS,
    PATIENCE_SECONDS,
    deadline,
    retries,
    retry_on_conflict,
)
from baton.aws.table.write_outcomes import Conflict, Contended, NotFound

WRITERS = 32


class Clock:
    """A clock that only a pause moves, or a test."""

    def __init__(self) -> None:
        self.now, self.pauses = 0.0, list[float]()

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(time, "monotonic", lambda: moved.now)
    monkeypatch.setattr(time, "sleep", moved.pause)
    return moved


@pytest.fixture
def longest_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chance always draws the longest pause that it may."""
    monkeypatch.setattr(random, "uniform", lambda _, longest: longest)


def test_a_deadline_is_over_after_its_seconds(clock: Clock) -> None:
    is_over = deadline(3.0)
    assert not is_over()
    clock.now = 3.1
    assert is_over()


@pytest.mark.usefixtures("longest_pauses")
def test_pauses_double_up_to_the_longest(clock: Clock) -> None:
    list(islice(retries(), 10))
    doubled = [FIRST_PAUSE_SECONDS * 2**number for number in range(9)]
    assert clock.pauses == [min(each, MAX_PAUSE_SECONDS) for each in doubled]


def test_pauses_are_drawn_between_zero_and_their_bound(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[float] = []
    monkeypatch.setattr(random, "uniform", lambda shortest, _: drawn.append(shortest) or 0.0)
    list(islice(retries(), 5))
    assert (drawn, clock.pauses) == ([0] * 4, [0.0] * 4)


@pytest.mark.usefixtures("longest_pauses")
def test_a_pause_may_be_as_long_as_the_attempt_before_it(clock: Clock) -> None:
    for attempt in retries():
        if attempt == 1:
            break
        clock.now += 0.7
    assert clock.pauses == [0.7]


@pytest.mark.usefixtures("longest_pauses")
def test_retries_end_with_the_patience_and_one_last_attempt(clock: Clock) -> None:
    began = [clock.now for _ in retries()]
    assert began[-1] == PATIENCE_SECONDS
    assert began[-2] < PATIENCE_SECONDS


@pytest.mark.usefixtures("longest_pauses")
@pytest.mark.parametrize("attempt_seconds", [0.01, 0.3, 1.4, 2.5, 4.0])
def test_retries_are_over_two_attempts_after_the_patience(clock: Clock, attempt_seconds: float) -> None:
    for _ in retries():
        clock.now += attempt_seconds
    assert clock.now <= PATIENCE_SECONDS + 2 * attempt_seconds


def test_a_first_attempt_that_outlasts_the_patience_is_followed_by_one_more(clock: Clock) -> None:
    made = 0
    for _ in retries():
        made += 1
        clock.now += PATIENCE_SECONDS + 1
    assert made == 2


@pytest.mark.usefixtures("longest_pauses")
def test_a_share_of_the_patience_ends_sooner(clock: Clock) -> None:
    assert [clock.now for _ in retries(share=0.25)][-1] == PATIENCE_SECONDS / 4


@pytest.mark.usefixtures("clock")
def test_without_patience_there_is_one_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baton.aws.table.retries.PATIENCE_SECONDS", 0.0)
    assert list(retries()) == [0]


@pytest.mark.usefixtures("clock")
def test_an_attempt_is_repeated_while_there_is_a_conflict() -> None:
    outcomes = iter([Conflict(), Conflict(), "saved"])

    def attempt() -> str:
        outcome = next(outcomes)
        if isinstance(outcome, Conflict):
            raise outcome
        return outcome

    assert retry_on_conflict(attempt, "too many") == "saved"


@pytest.mark.usefixtures("clock")
def test_an_attempt_that_always_conflicts_is_contended() -> None:
    def attempt() -> None:
        raise Conflict

    with pytest.raises(Contended, match="too many wrote the lead"):
        retry_on_conflict(attempt, "too many wrote the lead")


@pytest.mark.usefixtures("clock")
def test_another_fault_than_a_conflict_ends_the_retries() -> None:
    made = []

    def attempt() -> None:
        made.append(1)
        raise NotFound("there is no such lead")

    with pytest.raises(NotFound):
        retry_on_conflict(attempt, "too many")
    assert made == [1]


def test_a_late_conflict_with_the_same_command_returns_the_saved_result(clock: Clock) -> None:
    """On a slow machine one attempt outlasts the patience; the next read finds that the effect is there already."""
    signed_by: set[str] = set()

    def sign() -> str:
        if "sam" in signed_by:
            return "signed already"
        clock.now += PATIENCE_SECONDS * 2
        signed_by.add("sam")  # the same request, sent twice, was faster
        raise Conflict

    assert retry_on_conflict(sign, "too many") == "signed already"


@pytest.mark.parametrize("attempt_seconds", [0.01, 0.05, 0.1])
def test_writers_of_one_item_who_start_at_once_all_save_within_the_patience(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, attempt_seconds: float
) -> None:
    monkeypatch.setattr(random, "uniform", random.Random(1).uniform)
    saved, writers = 0, [(0.0, number, retries(), None) for number in range(WRITERS)]
    while writers:
        clock.now, number, attempts, read = heapq.heappop(writers)
        if read is not None and read == saved:
            saved += 1
        elif read is not None:
            if next(attempts, None) is not None:
                heapq.heappush(writers, (clock.now, number, attempts, None))
        else:
            if clock.now == 0:
                next(attempts)
            heapq.heappush(writers, (clock.now + attempt_seconds, number, attempts, saved))
    assert saved == WRITERS
