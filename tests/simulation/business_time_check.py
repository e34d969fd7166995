"""Counts the business time of some clocks of a year minute by minute, also over a holiday and over a change between
summer and winter time.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

from baton.domain.events.handoff_events import ContactLogged, HandoffAccepted, HandoffOffered, HandoffReassigned
from baton.domain.events.review_events import DutyOpened
from baton.domain.history.change import Change
from baton.domain.leads.clock import Clock
from baton.domain.terms.kept_terms import AgreedClock
from baton.domain.terms.terms_from_agreement import agreed_clock
from baton.domain.working_time.working_calendar import AnyCalendar
from tests.simulation.agreements import in_force
from tests.simulation.broken_rules import must
from tests.unit.domain.reference_business_time import MINUTE, Minutes

DUTIES = {"ReviewRequested": "review", "AnswerRequested": "answer_returns"}
MAX_LENGTH = timedelta(days=9)
"""Clocks that run for longer would take long to count, and are no harder."""
IN_MINUTES = {"minute": 1, "hour": 60}


@dataclass(frozen=True, slots=True)
class Started:
    """A clock that was started, with what was agreed for it."""

    lead_id: str
    clock: Clock
    terms: AgreedClock
    calendar: AnyCalendar

    @property
    def lasts(self) -> timedelta:
        return max(self.clock.due_at, self.clock.deadlines[-1].at) - self.clock.started_at

    @property
    def over_a_change(self) -> bool:
        """Whether clocks on the wall are put forward or back while it runs."""
        zone, start = ZoneInfo(self.calendar.time_zone), self.clock.started_at
        return start.astimezone(zone).utcoffset() != (start + self.lasts).astimezone(zone).utcoffset()

    @property
    def over_a_holiday(self) -> bool:
        """Whether it runs into a holiday, over one, or out of one."""
        zone, start = ZoneInfo(self.calendar.time_zone), self.clock.started_at
        first, last = (str(moment.astimezone(zone).date()) for moment in (start, start + self.lasts))
        return any(first <= day[:10] <= last for day in self.calendar.holidays)


class BusinessTimeCheck:
    """The clocks of a year that run in business time, from a full minute on."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.started: list[Started] = []

    def read(self, change: Change) -> None:
        """Note the clocks that a command has started."""
        handoff = change.after.handoff if change.after else None
        for event in change.happened:
            match event:
                case HandoffOffered() | HandoffReassigned() | HandoffAccepted() | ContactLogged() if handoff:
                    agreed = handoff.terms.clocks
                    for clock in event.clocks:
                        self._note(change.lead_id, clock, agreed[clock.name], handoff.terms.calendar)
                case DutyOpened(clock=Clock() as clock, agreement_version=int(version)):
                    agreement = in_force(version).agreement
                    agreed_duty = agreed_clock(getattr(agreement.marketing, DUTIES[event.type]), "reviewed")
                    self._note(change.lead_id, clock, agreed_duty, agreement.calendars["berlin"])

    def _note(self, lead_id: str, clock: Clock, terms: AgreedClock, calendar: AnyCalendar | None) -> None:
        if calendar and terms.limit.needs_calendar and clock.started_at.second == 0:
            started = Started(lead_id, clock, terms, calendar)
            if started.lasts <= MAX_LENGTH:
                self.started.append(started)

    def close(self) -> None:
        """Count some of them again."""
        changing = [each for each in self.started if each.over_a_change]
        resting = [each for each in self.started if each.over_a_holiday]
        for among in (self.started, changing, resting):
            if among:
                counted(self.chance.choice(among))


def counted(started: Started) -> None:
    """Count the minutes of one clock, and the seconds by which its steps are spread.

    Raises:
        RuleBroken: it is due at another minute, reminds too late, or does anything else too early.
    """
    clock, terms = started.clock, started.terms
    minutes = Minutes(started.calendar, clock.started_at, started.lasts.days + 2)
    length, end = _whole(minutes, terms.within)
    must(end is not None and minutes.moment(end) == clock.due_at, f"{started.lead_id} {clock} is due at another minute")
    for step, deadline in zip(terms.ladder, clock.deadlines, strict=True):
        exact = length * step.share
        at = minutes.add(0, round(exact)) if step.share != 1 else end
        must(at is not None, f"{started.lead_id} {clock} acts at a moment that never comes")
        spread = deadline.at - minutes.moment(at or 0)
        if exact == int(exact) or step.share == 1:
            within = timedelta() <= spread < MINUTE / 2 if step.share >= 1 else -MINUTE / 2 < spread <= timedelta()
            must(within, f"{started.lead_id} {clock} acts at another time")
        else:
            must(abs(spread) < MINUTE * 1.5, f"{clock} acts at another minute")


def _whole(minutes: Minutes, within: str) -> tuple[int, int | None]:
    """How many minutes of business time a period is, and in which minute it is over."""
    written = re.fullmatch(r"(\d+) business (minute|hour|day)s?", within)
    assert written
    number, unit = int(written[1]), written[2]
    if unit == "day":
        end = minutes.days_later(0, number)
        return minutes.between(0, end or 0), end
    length = number * IN_MINUTES[unit]
    return length, minutes.add(0, length)
