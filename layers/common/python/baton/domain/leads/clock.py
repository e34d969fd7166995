"""A clock: what must happen by when, and what Baton does at which moment if it has not."""

from baton.agreement.terms.durations import Period
from baton.domain.basics.facts import Fact, Instant
from baton.domain.terms.kept_terms import AgreedClock, DeadlineAction
from baton.domain.working_time.working_calendar import AnyCalendar

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
    """A running or stopped clock, with its deadlines in order; `within` is the agreed time as it is written."""

    name: str
    started_at: Instant
    due_at: Instant
    stops_when: str
    within: str | None = None
    stopped_at: Instant | None = None
    deadlines: tuple[Deadline, ...] = ()

    def is_breached(self, now: Instant) -> bool:
        """Tells whether the clock was not stopped in time, or is overdue now."""
        return (self.stopped_at or now) > self.due_at

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


def start_clock(name: str, terms: AgreedClock, stops_when: str, calendar: AnyCalendar | None, now: Instant) -> Clock:
    """Starts a clock now; its due time and its deadlines follow from the agreed terms and the calendar."""
    limit = terms.limit
    deadlines = tuple(Deadline(at=_after(now, limit, step.share, calendar), do=step.do) for step in terms.ladder)
    return Clock(
        name=name,
        started_at=now,
        due_at=_after(now, limit, 1.0, calendar),
        stops_when=stops_when,
        within=terms.within,
        deadlines=deadlines,
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


def combined_deadline(late: list[Deadline]) -> Deadline:
    """Returns one deadline for several late ones: the time of the last, and the strongest of their actions."""
    return Deadline(at=max(d.at for d in late), do=max((d.do for d in late), key=_FURTHER.index))


def missed_in_words(stops_when: str) -> str:
    """Returns what was missed while a clock ran out: `not accepted in time`."""
    return "no next action in time" if stops_when == "acted" else f"not {stops_when} in time"
