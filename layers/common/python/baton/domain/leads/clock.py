"""A clock: what must happen by when, and what Baton does at which moment if it has not."""

from baton.agreement.terms.calendars import Calendar
from baton.agreement.terms.clock_terms import Act, ClockTerms, DutyTerms
from baton.agreement.terms.durations import Period
from baton.domain.basics.facts import Fact, Instant

_FURTHER = (Act.REMIND, Act.ESCALATE, Act.REASSIGN)


class Deadline(Fact):
    """A moment at which Baton acts unless somebody has; `done` once it did, or once a later one overtook it.

    `tries` is 0 for a step of the agreed ladder, and counts the attempts that follow where nobody could take the lead.
    """

    at: Instant
    do: Act
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
        """Whether it had not been stopped in time, or has not been by now."""
        return (self.stopped_at or now) > self.due_at

    @property
    def pending_deadlines(self) -> tuple[Deadline, ...]:
        """The deadlines at which Baton still has to act."""
        return () if self.stopped_at else tuple(deadline for deadline in self.deadlines if not deadline.done)

    def mark_acted(self, until: Instant) -> "Clock":
        """The deadlines up to `until` are over: acted on, or overtaken by the one acted on."""
        over = (d.model_copy(update={"done": True}) if d.at <= until else d for d in self.deadlines)
        return self.model_copy(update={"deadlines": tuple(over)})

    def stopped(self, at: Instant) -> "Clock":
        """The clock, stopped, unless it was before."""
        return self if self.stopped_at else self.model_copy(update={"stopped_at": at})


def start_clock(
    name: str, terms: ClockTerms | DutyTerms, stops_when: str, calendar: Calendar | None, now: Instant
) -> Clock:
    """Start a clock now: when it is due and when Baton acts follow from the agreed terms and the calendar."""
    deadlines = tuple(Deadline(at=_after(now, terms.within, step.at, calendar), do=step.do) for step in terms.ladder)
    return Clock(
        name=name,
        started_at=now,
        due_at=_after(now, terms.within, 1.0, calendar),
        stops_when=stops_when,
        within=str(terms.within),
        deadlines=deadlines,
    )


def _after(start: Instant, period: Period, share: float, calendar: Calendar | None) -> Instant:
    """When a share of a period is over; a calendar with too little time in it keeps no lead from being watched."""
    if calendar is None or not period.needs_calendar:
        return start + period.length * share
    from baton.domain.working_time.business_time import NoBusinessTime, period_end  # no other clock needs calendars  # noqa: PLC0415

    try:
        return period_end(start, period, share, calendar)
    except NoBusinessTime:
        return start + period.length * share


def combined_deadline(late: list[Deadline]) -> Deadline:
    """One that stands for several: at the time of the last, it does what goes furthest among them."""
    return Deadline(at=max(d.at for d in late), do=max((d.do for d in late), key=_FURTHER.index))


def missed_in_words(stops_when: str) -> str:
    """What has not happened while a clock ran out: `not accepted in time`."""
    return "no next action in time" if stops_when == "acted" else f"not {stops_when} in time"
