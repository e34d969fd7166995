"""Starts and stops the clocks of a handoff, marks deadlines as acted on, and adds a retry of the reassignment."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from baton.domain.leads.clock import Clock, Deadline, appointed_clock, start_clock
from baton.domain.leads.handoff import retry_count
from baton.domain.terms.kept_terms import OR, OUTCOMES, DeadlineAction, HandoffTerms

Clocks = tuple[Clock, ...]
A_DAY = timedelta(days=1)
"""The longest wait between two attempts to find a rep, unless the agreement names a longer one."""
APPOINTMENT = "appointment"
"""The name of the clock that waits for an agreed time where the agreement has no clock for the next action."""


def start_clocks(terms: HandoffTerms, when: str, now: datetime, of: str, meeting_at: datetime | None = None) -> Clocks:
    """Starts the clocks of the handoff `of` that begin when the lead is offered, accepted or contacted.

    That of the first contact is due at the lead's meeting, if that is agreed and the meeting is near enough.
    """
    starting = ((name, clock) for name, clock in terms.clocks.items() if clock.starts_when == when)
    return tuple(
        (at_meeting(name, terms, meeting_at, now) if waits_for_contact(clock.stops_when) else None)
        or start_clock(name, clock, clock.stops_when, terms.calendar, now, of)
        for name, clock in starting
    )


def waits_for_contact(stops_when: str) -> bool:
    """Tells whether a clock waits for the first contact, or for what comes of it."""
    return stops_when == "contacted" or not frozenset(OUTCOMES).isdisjoint(stops_when.split(OR))


def at_meeting(name: str, terms: HandoffTerms, meeting_at: datetime | None, now: datetime) -> Clock | None:
    """Returns a clock that is due at a meeting; None if that is not agreed, or the meeting is past or too far ahead."""
    agreed = terms.agreed_times
    if meeting_at is None or not agreed.first_contact_at_meeting or not agreed.reaches(meeting_at, now):
        return None
    return appointed_clock(name, terms.clocks[name], terms.calendar, meeting_at, agreed.grace_period, now)


def replace(clocks: Clocks, by: Clocks) -> Clocks:
    """Replaces running clocks by those of the same names; a retry of the reassignment to come goes on in them.

    Clocks of other names are added.
    """
    anew = {clock.name: clock for clock in by}
    added = tuple(clock for clock in by if clock.name not in {each.name for each in clocks})

    def moved(clock: Clock) -> Clock:
        found = anew.get(clock.name)
        if found is None or clock.stopped_at:
            return clock
        retries = tuple(deadline for deadline in clock.pending_deadlines if deadline.tries)
        return found.model_copy(update={"deadlines": (*found.deadlines, *retries)})

    return (*map(moved, clocks), *added)


def start_next_clocks(terms: HandoffTerms, next_at: datetime | None, now: datetime, of: str) -> Clocks:
    """Starts the clocks that begin with a contact; what sales does next is due at `next_at`, if that is agreed.

    If the agreement has no clock for what sales does next, one that only reminds waits for that time.
    """
    usual = start_clocks(terms, "contacted", now, of)
    if next_at is None:
        return usual
    grace = terms.agreed_times.grace_period
    appointed = {
        each.name: appointed_clock(each.name, terms.clocks[each.name], terms.calendar, next_at, grace, now)
        for each in usual
        if each.stops_when == "acted"
    }
    besides = () if appointed else (_reminding(next_at, grace, now),)
    return (*(appointed.get(each.name, each) for each in usual), *besides)


def _reminding(at: datetime, grace: timedelta, now: datetime) -> Clock:
    once = (Deadline(at=at + grace, do=DeadlineAction.REMIND),)
    return Clock(
        name=APPOINTMENT, started_at=now, due_at=at, stops_when="acted", grace_until=at + grace, deadlines=once
    )


def awaited_outcomes(clock: Clock) -> frozenset[str]:
    """Returns the outcomes of a contact of which one stops the clock; none if it waits for something else."""
    return frozenset(clock.stops_when.split(OR)) & frozenset(OUTCOMES)


def start(clocks: Clocks, started: Clocks, at: datetime) -> tuple[Clocks, Clocks]:
    """Adds clocks that start now; returns all running clocks, and the replaced ones of the same names, which stop."""
    names = {clock.name for clock in started}
    over = tuple(clock.stopped(at) for clock in clocks if clock.name in names)
    return (*(clock for clock in clocks if clock.name not in names), *started), over


def stop(clocks: Clocks, at: datetime, by: AbstractSet[str] | None = None) -> Clocks:
    """Stops the clocks that wait for one of the acts in `by`, such as `accepted`; without `by`, all.

    If a stopped clock had a retry of the reassignment to come, a clock that still runs takes the retry over.
    """
    after = tuple(clock.stopped(at) if by is None or _waits_for(clock, by) else clock for clock in clocks)
    stopping = [before for before, now in zip(clocks, after, strict=True) if now.stopped_at and not before.stopped_at]
    again = next((d for clock in stopping for d in clock.pending_deadlines if d.tries), None)
    heir = next((clock for clock in after if not clock.stopped_at and _was_not_reassigned(clock)), None)
    return _with_retry(after, heir.name, again) if again and heir else after


def _waits_for(clock: Clock, acts: AbstractSet[str]) -> bool:
    return not acts.isdisjoint(clock.stops_when.split(OR))


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


def retry_delay(agreed: timedelta, tried: int) -> timedelta:
    """Returns the wait before the next attempt: as agreed, and twice as long after each one, up to a day."""
    if agreed >= A_DAY:
        return agreed
    doublings = min(tried, (A_DAY // agreed).bit_length())
    return min(agreed * (1 << doublings), A_DAY)


def managers_told_at(clocks: Iterable[Clock], retry_after: timedelta | None = None) -> Iterator[datetime]:
    """Yields when managers were told: at deadlines, and where nobody could take the lead, so long before a retry."""
    tells = (DeadlineAction.ESCALATE, DeadlineAction.REASSIGN)
    for deadline in (each for clock in clocks for each in clock.deadlines if each.do in tells):
        if deadline.done:
            yield deadline.at
        elif deadline.tries and retry_after:
            yield deadline.at - retry_delay(retry_after, deadline.tries - 1)


def _with_retry(clocks: Clocks, name: str, again: Deadline) -> Clocks:
    """Replaces the done deadlines of one clock by a retry."""

    def extended(clock: Clock) -> Clock:
        to_come = (deadline for deadline in clock.deadlines if not deadline.done)
        return clock.model_copy(update={"deadlines": (*to_come, again)})

    return tuple(extended(clock) if clock.name == name else clock for clock in clocks)
