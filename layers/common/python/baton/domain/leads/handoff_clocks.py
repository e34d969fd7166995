"""Starts and stops the clocks of a handoff, marks deadlines as acted on, and adds a retry of the reassignment."""

from collections.abc import Container
from datetime import datetime

from baton.domain.leads.clock import Clock, Deadline, start_clock
from baton.domain.leads.handoff import retry_count
from baton.domain.terms.kept_terms import DeadlineAction, HandoffTerms

Clocks = tuple[Clock, ...]


def start_clocks(terms: HandoffTerms, when: str, now: datetime) -> Clocks:
    """Starts the clocks that begin when the lead is offered, accepted or contacted."""
    starting = ((name, clock) for name, clock in terms.clocks.items() if clock.starts_when == when)
    return tuple(start_clock(name, clock, clock.stops_when, terms.calendar, now) for name, clock in starting)


def start(clocks: Clocks, started: Clocks, at: datetime) -> tuple[Clocks, Clocks]:
    """Adds clocks that start now; returns all running clocks, and the replaced ones of the same names, which stop."""
    names = {clock.name for clock in started}
    over = tuple(clock.stopped(at) for clock in clocks if clock.name in names)
    return (*(clock for clock in clocks if clock.name not in names), *started), over


def stop(clocks: Clocks, at: datetime, by: Container[str] | None = None) -> Clocks:
    """Stops the clocks that wait for one of the acts in `by`, such as `accepted`; without `by`, all.

    If a stopped clock had a retry of the reassignment to come, a clock that still runs takes the retry over.
    """
    after = tuple(clock.stopped(at) if by is None or clock.stops_when in by else clock for clock in clocks)
    stopping = [before for before, now in zip(clocks, after, strict=True) if now.stopped_at and not before.stopped_at]
    again = next((d for clock in stopping for d in clock.pending_deadlines if d.tries), None)
    heir = next((clock for clock in after if not clock.stopped_at and _was_not_reassigned(clock)), None)
    return _with_retry(after, heir.name, again) if again and heir else after


def _was_not_reassigned(clock: Clock) -> bool:
    """Tells whether the clock's reassignment came due and found no rep to take the lead."""
    return any(deadline.do is DeadlineAction.REASSIGN and deadline.done for deadline in clock.deadlines)


def mark_acted(clocks: Clocks, name: str, until: datetime) -> Clocks:
    """Marks the deadlines of one clock up to `until` as done."""
    return tuple(clock.mark_acted(until) if clock.name == name else clock for clock in clocks)


def add_retry(clocks: Clocks, name: str, at: datetime | None) -> Clocks:
    """Adds a retry to a clock after no rep could take the lead; deadlines that are done go. None at `at`: no retry."""
    if at is None:
        return clocks
    return _with_retry(clocks, name, Deadline(at=at, do=DeadlineAction.REASSIGN, tries=retry_count(clocks) + 1))


def _with_retry(clocks: Clocks, name: str, again: Deadline) -> Clocks:
    """Replaces the done deadlines of one clock by a retry."""

    def extended(clock: Clock) -> Clock:
        to_come = (deadline for deadline in clock.deadlines if not deadline.done)
        return clock.model_copy(update={"deadlines": (*to_come, again)})

    return tuple(extended(clock) if clock.name == name else clock for clock in clocks)
