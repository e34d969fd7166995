"""Checks of clocks: one in business time has a calendar, and ends within a year of that calendar."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from baton.agreement.checks.condition_paths import Loc
from baton.agreement.document.document import HandoffClause, Sections
from baton.agreement.document.target_clauses import OF_MARKETING
from baton.agreement.terms.calendars import Calendar, weekly_blocks, weekly_business_time
from baton.agreement.terms.clock_terms import ClockTerms, DutyTerms
from baton.agreement.terms.durations import TimeUnit

MAX_WEEKS = 51
"""Step Functions ends an execution after one year."""

PlacedClock = tuple[Loc, ClockTerms | DutyTerms]


def clocks_can_be_kept(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a fault for each clock in business time that has no calendar, or ends after more than a year of it."""
    for trigger, handoff in sections.handoffs.items():
        loc: Loc = ("handoffs", trigger)
        clocks = list(_of_handoff(loc, handoff))
        for name in [handoff.calendar] if handoff.calendar else _of_teams(handoff, sections):
            yield from _kept(loc, name, clocks, sections.calendars)
    marketing = sections.marketing
    duties: list[PlacedClock] = [
        (("marketing", "review"), marketing.review),
        (("marketing", "answer_returns"), marketing.answer_returns),
    ]
    yield from _kept(("marketing",), marketing.calendar, duties, sections.calendars)


def targets_can_be_compared(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a fault for each target of a clock that nobody has, and for a target of MQLs without a definition."""
    clocks = {name for handoff in sections.handoffs.values() for name in _clock_names(handoff)}
    for name in sections.targets.in_time:
        if name not in clocks and name not in OF_MARKETING:
            there = ", ".join(sorted({*clocks, *OF_MARKETING}))
            yield ("targets", "in_time", name), f"there is no clock `{name}`; there are {there}"
    if sections.targets.per_month.mql and sections.mql is None:
        yield ("targets", "per_month", "mql"), "is of leads that nobody defines; write `mql`, or leave it out"


def _clock_names(handoff: HandoffClause) -> set[str]:
    return {*handoff.clocks, *(name for sooner in handoff.sooner for name in sooner.clocks)}


def _of_teams(handoff: HandoffClause, sections: Sections) -> list[str | None]:
    """Returns the calendars of the teams that may get the leads; a name that does not exist is a fault of the team."""
    names = (handoff.team, *(territory.team for territory in sections.territories))
    teams = (sections.teams[name] for name in dict.fromkeys(names) if name in sections.teams)
    calendars = dict.fromkeys(team.calendar for team in teams)
    return [name for name in calendars if name is None or name in sections.calendars]


def _of_handoff(loc: Loc, handoff: HandoffClause) -> Iterator[PlacedClock]:
    yield from (((*loc, "clocks", name), clock) for name, clock in handoff.clocks.items())
    for number, other in enumerate(handoff.sooner):
        yield from (((*loc, "sooner", number, "clocks", name), clock) for name, clock in other.clocks.items())


def _kept(
    loc: Loc, name: str | None, clocks: list[PlacedClock], calendars: Mapping[str, Calendar]
) -> Iterator[tuple[Loc, str]]:
    in_business_time = [(at, clock) for at, clock in clocks if clock.within.needs_calendar]
    if name is not None and name not in calendars:
        there = ", ".join(sorted(calendars)) or "none"
        yield (*loc, "calendar"), f"there is no calendar `{name}`; there are {there}"
    elif name is not None:
        for at, clock in in_business_time:
            yield from _ends(at, clock, calendars[name])
    elif in_business_time:
        yield loc, "has clocks in business time; say whose, with `calendar: <one of calendars>`"


def _ends(loc: Loc, clock: ClockTerms | DutyTerms, calendar: Calendar) -> Iterator[tuple[Loc, str]]:
    length, share = clock.within.length, max(1.0, clock.ladder[-1].at)
    if clock.within.unit is TimeUnit.BUSINESS_DAYS:
        weeks = length.days * share / sum(1 for blocks in weekly_blocks(calendar.hours) if blocks)
    else:
        weeks = length * share / weekly_business_time(calendar)
    if weeks > MAX_WEEKS:
        hours = round(weekly_business_time(calendar) / timedelta(hours=1))
        yield (
            (*loc, "within"),
            f"with its ladder takes more than a year of this calendar, which has {hours} hours a week; make it shorter",
        )
