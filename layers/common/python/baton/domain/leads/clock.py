"""A clock: what must happen by when, and what Baton does at which moment if it has not."""

from datetime import timedelta
from zlib import crc32

from baton.agreement.terms.durations import Period
from baton.domain.basics.facts import Fact, Instant
from baton.domain.terms.kept_terms import OR, OUTCOMES, AgreedClock, DeadlineAction
from baton.domain.working_time.working_calendar import AnyCalendar

_ACTS = frozenset({"accepted", "contacted", "closed", *OUTCOMES})
SPREAD, SPREAD_SHARE = timedelta(seconds=30), 0.1
"""Steps in business time come up to so much later or earlier, and at most by this share of the clock's time."""
EARLIER_SHARE = 0.25
"""A step before the due time comes earlier by at most this share of the time before it."""
_FURTHER = (DeadlineAction.REMIND, DeadlineAction.ESCALATE, DeadlineAction.REASSIGN)


class Deadline(Fact):
    """A moment at which Baton acts unless somebody has; `done` once it did, or once a later one overtook it.

    `tries` is 0 for a step of the agreed ladder, and counts the attempts that follow where nobody could take the lead.
    """

    at: Instant
    do: DeadlineAction
    done: bool = False
    tries: int = 0


class Clock(Fact):
    """A running or stopped clock, with its deadlines in order; `within` is the agreed time as it is written.

    A clock that waits for a time agreed with the lead is due then, and late only after `grace_until`.
    """

    name: str
    started_at: Instant
    due_at: Instant
    stops_when: str
    within: str | None = None
    stopped_at: Instant | None = None
    grace_until: Instant | None = None
    deadlines: tuple[Deadline, ...] = ()

    @property
    def late_after(self) -> Instant:
        """Returns the moment after which the clock is late: its due time, or the end of its grace."""
        return self.grace_until or self.due_at

    def is_breached(self, now: Instant) -> bool:
        """Tells whether the clock was not stopped in time, or is overdue now."""
        return (self.stopped_at or now) > self.late_after

    @property
    def pending_deadlines(self) -> tuple[Deadline, ...]:
        """Returns the deadlines at which Baton still has to act."""
        return () if self.stopped_at else tuple(deadline for deadline in self.deadlines if not deadline.done)

    def mark_acted(self, until: Instant) -> "Clock":
        """Marks the deadlines up to `until` as done: Baton acted on them, or on a later one in their place."""
        over = (d.model_copy(update={"done": True}) if d.at <= until else d for d in self.deadlines)
        return self.model_copy(update={"deadlines": tuple(over)})

    def stopped(self, at: Instant) -> "Clock":
        """Returns the clock, stopped; one that was stopped before stays as it is."""
        return self if self.stopped_at else self.model_copy(update={"stopped_at": at})


def start_clock(
    name: str, terms: AgreedClock, stops_when: str, calendar: AnyCalendar | None, now: Instant, of: str
) -> Clock:
    """Starts a clock now; its due time and its deadlines follow from the agreed terms and the calendar.

    `of` is the id of the handoff or duty. It spreads the deadlines in business time, of which many fall on one moment.
    """
    limit = terms.limit
    deadlines = tuple(
        Deadline(at=_spread(now, _after(now, limit, step.share, calendar), step.share, limit, of), do=step.do)
        for step in terms.ladder
    )
    return Clock(
        name=name,
        started_at=now,
        due_at=_after(now, limit, 1.0, calendar),
        stops_when=stops_when,
        within=terms.within,
        deadlines=deadlines,
    )


def appointed_clock(
    name: str, terms: AgreedClock, calendar: AnyCalendar | None, at: Instant, grace: timedelta, now: Instant
) -> Clock:
    """Starts a clock that is due at a time agreed with the lead, and late after the `grace`.

    Nothing is done before that time. The ladder's reminders before the end of the clock's time come at that time, all
    else that would be done by then after the grace, and what follows as long after that as it is agreed.
    """
    late = at + grace

    def moved(share: float, do: DeadlineAction) -> Instant:
        if share > 1:
            return _after(late, terms.limit, round(share - 1, 2), calendar)
        return at if share < 1 and do is DeadlineAction.REMIND else late

    deadlines = tuple(Deadline(at=moved(step.share, step.do), do=step.do) for step in terms.ladder)
    return Clock(
        name=name, started_at=now, due_at=at, stops_when=terms.stops_when, grace_until=late, deadlines=deadlines
    )


def _after(start: Instant, limit: Period, share: float, calendar: AnyCalendar | None) -> Instant:
    """Returns when a share of a time limit is over; if the calendar has too little time in it, plain time counts."""
    if calendar is None or not limit.needs_calendar:
        return start + limit.length * share
    from baton.domain.working_time.business_time import NoBusinessTime, period_end  # no other clock needs calendars  # noqa: PLC0415

    try:
        return period_end(start, limit, share, calendar)
    except NoBusinessTime:
        return start + limit.length * share


def _spread(now: Instant, at: Instant, share: float, limit: Period, of: str) -> Instant:
    """Moves a step in business time by seconds that follow from an id.

    All leads of a weekend would be due in one millisecond after the opening. A step before the due time comes earlier,
    so that nobody is reminded late, and any other one later, so that nobody's time is cut; the ladder keeps its order.
    """
    if not limit.needs_calendar:
        return at
    by = min(SPREAD, limit.length * SPREAD_SHARE) * (crc32(of.encode()) / 2**32)
    return at + by if share >= 1 else at - min(by, limit.length * share * EARLIER_SHARE, (at - now) * EARLIER_SHARE)


def combined_deadline(late: list[Deadline]) -> Deadline:
    """Returns one deadline for several late ones: the time of the last, and the strongest of their actions."""
    return Deadline(at=max(d.at for d in late), do=max((d.do for d in late), key=_FURTHER.index))


def missed_in_words(stops_when: str) -> str:
    """Returns what was missed while a clock ran out: `not accepted in time`."""
    return "no next action in time" if stops_when == "acted" else f"not {stops_when.replace('_', ' ')} in time"


def is_missed_deadline(reason: str) -> bool:
    """Tells whether a reason is that of a missed deadline; another may have been written by a person, and name one."""
    missed = reason.removeprefix("not ").removesuffix(" in time").split(OR)
    return missed_in_words("acted") == reason or (
        {each.replace(" ", "_") for each in missed} <= _ACTS and missed_in_words(OR.join(missed)) == reason
    )
