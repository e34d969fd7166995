"""The clocks of a handoff while one owner has it: they begin, stop, are acted on, and one of them tries again."""

from collections.abc import Container
from datetime import datetime

from baton.agreement.terms.clock_terms import Act
from baton.domain.leads.clock import Clock, Deadline
from baton.domain.leads.handoff import retry_count

Clocks = tuple[Clock, ...]


def start(clocks: Clocks, started: Clocks, at: datetime) -> tuple[Clocks, Clocks]:
    """The clocks with those that start now, and those that they take the place of, which stop by that."""
    names = {clock.name for clock in started}
    over = tuple(clock.stopped(at) for clock in clocks if clock.name in names)
    return (*(clock for clock in clocks if clock.name not in names), *started), over


def stop(clocks: Clocks, at: datetime, by: Container[str] | None = None) -> Clocks:
    """The clocks, those stopped that wait for one of these; all of them, without any.

    If one of them was to try again to find somebody, for itself and for others, one that still runs does that now.
    """
    after = tuple(clock.stopped(at) if by is None or clock.stops_when in by else clock for clock in clocks)
    stopping = [before for before, now in zip(clocks, after, strict=True) if now.stopped_at and not before.stopped_at]
    again = next((d for clock in stopping for d in clock.pending_deadlines if d.tries), None)
    heir = next((clock for clock in after if not clock.stopped_at and _was_not_reassigned(clock)), None)
    return _with_retry(after, heir.name, again) if again and heir else after


def _was_not_reassigned(clock: Clock) -> bool:
    """Whether the lead was to be passed on because of this clock, and is still with whoever had it."""
    return any(deadline.do is Act.REASSIGN and deadline.done for deadline in clock.deadlines)


def mark_acted(clocks: Clocks, name: str, until: datetime) -> Clocks:
    """The clock's deadlines up to `until` are over."""
    return tuple(clock.mark_acted(until) if clock.name == name else clock for clock in clocks)


def add_retry(clocks: Clocks, name: str, at: datetime | None) -> Clocks:
    """Nobody could take the lead: the clock gets one more attempt, and what is done makes room for it."""
    return _with_retry(clocks, name, Deadline(at=at, do=Act.REASSIGN, tries=retry_count(clocks) + 1)) if at else clocks


def _with_retry(clocks: Clocks, name: str, again: Deadline) -> Clocks:
    """The clocks, one of which tries again, instead of keeping what is done."""

    def extended(clock: Clock) -> Clock:
        to_come = (deadline for deadline in clock.deadlines if not deadline.done)
        return clock.model_copy(update={"deadlines": (*to_come, again)})

    return tuple(extended(clock) if clock.name == name else clock for clock in clocks)
