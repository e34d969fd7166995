"""Takes the terms of a handoff from the agreement, once, when the lead is offered: as signed, and in numbers."""

from functools import lru_cache

from baton.agreement.terms.calendars import Calendar, weekly_blocks
from baton.agreement.terms.clock_terms import AppointmentTerms, ClockTerms, DutyTerms
from baton.agreement.terms.durations import TimeUnit, format_duration, format_period
from baton.agreement.terms.trigger_terms import ConditionalClocks, TriggerTerms
from baton.domain.terms.kept_terms import AgreedAppointments, AgreedClock, AgreedStep, DeadlineAction, HandoffTerms
from baton.domain.working_time.working_calendar import WorkingCalendar


def handoff_terms(
    clause: TriggerTerms,
    instead: ConditionalClocks | None = None,
    calendar: Calendar | None = None,
    name: str | None = None,
    appointments: AppointmentTerms | None = None,
) -> HandoffTerms:
    """Returns the terms of a clause, with the clocks agreed for all leads, or with those `instead`.

    `calendar`, with its `name`, is the one whose hours count; it is kept only where a clock needs it.
    """
    clocks = instead.clocks if instead else clause.clocks
    needed = calendar is not None and any(clock.within.needs_calendar for clock in clocks.values())
    return HandoffTerms(
        team=clause.team,
        next_step=clause.next_step,
        clocks={each: agreed_clock(clock, clock.stops_when, clock.starts_when) for each, clock in clocks.items()},
        nobody_available=format_duration(clause.nobody_available),
        nobody_available_seconds=int(clause.nobody_available.total_seconds()),
        calendar=working_calendar(calendar) if calendar and needed else None,
        calendar_name=name if needed else None,
        appointments=_agreed_appointments(appointments) if appointments else None,
    )


def _agreed_appointments(terms: AppointmentTerms) -> AgreedAppointments:
    return AgreedAppointments(
        at_most=format_duration(terms.at_most),
        at_most_seconds=int(terms.at_most.total_seconds()),
        grace=format_duration(terms.grace),
        grace_seconds=int(terms.grace.total_seconds()),
        first_contact_at_meeting=terms.first_contact_at_meeting,
    )


@lru_cache(maxsize=256)
def agreed_clock(clock: ClockTerms | DutyTerms, stops_when: str, starts_when: str = "offered") -> AgreedClock:
    """Returns a clock of the agreement in numbers."""
    period = clock.within
    return AgreedClock(
        within=format_period(period),
        within_seconds=int(period.length.total_seconds()),
        within_unit=TimeUnit(period.unit) if period.needs_calendar else None,
        ladder=tuple(_step(step.at, step.do) for step in clock.ladder),
        starts_when=starts_when,
        stops_when=stops_when,
    )


def _step(share: float, action: str) -> AgreedStep:
    percent = round(share * 100)
    return AgreedStep(at=f"{percent}%", percent=percent, do=DeadlineAction(action))


def working_calendar(calendar: Calendar) -> WorkingCalendar:
    """Returns a calendar of the agreement with the minutes of its week."""
    return WorkingCalendar(
        time_zone=calendar.time_zone,
        hours=calendar.hours,
        holidays=calendar.holidays,
        special_hours=calendar.special_hours,
        week=weekly_blocks(calendar.hours),
    )
