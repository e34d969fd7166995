"""The periods of ownership of a handoff: which rep had the lead from when to when, and what they did."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import Field

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.staff_addresses import StaffAddress
from baton.domain.leads.clock import Clock


class ClockRun(Fact):
    """A clock as it ran for one owner, from its start until it was stopped; without that, until the owner lost the
    lead. `within` is the agreed time as it is written. One that waited for a time agreed with the lead was late only
    after `grace_until`.
    """

    clock: str
    started_at: Instant
    due_at: Instant
    stopped_at: Instant | None = None
    within: str | None = None
    grace_until: Instant | None = None


NewsKind = Literal["request", "confirmed_request", "form", "meeting"]
"""What an owner hears of a lead of theirs: a request for a person that anybody could send, one that a signed tool
confirms, another form, or a meeting that was moved or called off.
"""
NEWS_PERIOD = timedelta(hours=1)
MOST_NEWS: dict[NewsKind, int] = {"request": 3, "confirmed_request": 6, "form": 6, "meeting": 20}
"""So many mails of each kind an owner gets at once about one lead within an hour. Each kind has a count of its own."""


class OwnerNews(Fact):
    """The mails that the owner got about a lead since an hour began, and the requests that wait for one mail."""

    since: Instant
    told: dict[NewsKind, int] = Field(default_factory=dict)
    waiting: int = 0

    @property
    def due_at(self) -> Instant | None:
        """Returns when the owner hears of the requests that wait; None if none does."""
        return self.since + NEWS_PERIOD if self.waiting else None


class OwnershipPeriod(Fact):
    """Somebody's time with the lead, or nobody's: since when, until when, and when they did what.

    `runs` are the last clocks that are over, and `more` counts those before them, by the clock's name: stopped in time,
    and too late. Those of the owner now run in the handoff. `returned_for` is the agreed reason for which they gave it
    back, so that it went to somebody else.
    """

    owner: StaffAddress | None = None
    since: Instant
    until: Instant | None = None
    notified_at: Instant | None = None
    accepted_at: Instant | None = None
    contacted_at: Instant | None = None
    returned_for: str | None = None
    runs: tuple[ClockRun, ...] = ()
    more: dict[str, tuple[int, int]] = Field(default_factory=dict)


OwnershipPeriods = tuple[OwnershipPeriod, ...]
Counts = dict[str, tuple[int, int]]

MAX_PERIODS = 60
"""A handoff keeps so many periods, the first and the last ones; the history has them all."""
MAX_RUNS = 12
"""A period lists so many clock runs that are over; it counts those before."""


def start_period(
    stints: OwnershipPeriods, owner: str | None, at: Instant, returned_for: str | None = None
) -> OwnershipPeriods:
    """Ends the last period and starts one for the next owner; `owner` is None while the lead waits for a rep."""
    before = _update_last(stints, until=at, returned_for=returned_for)
    kept = before if len(before) < MAX_PERIODS else (before[0], *before[2:])
    return (*kept, OwnershipPeriod(owner=owner, since=at))


def record_first(stints: OwnershipPeriods, **when: Instant) -> OwnershipPeriods:
    """Sets times of the last period, such as `accepted_at`, unless they are set already."""
    if not stints:
        return stints
    return _update_last(stints, **{name: at for name, at in when.items() if getattr(stints[-1], name) is None})


def add_runs(stints: OwnershipPeriods, clocks: Iterable[Clock]) -> OwnershipPeriods:
    """Adds clocks that are over to the last period; those beyond the limit are only counted."""
    if not stints:
        return stints
    runs = (*stints[-1].runs, *map(clock_run, clocks))
    return _update_last(stints, runs=runs[-MAX_RUNS:], more=_counted(stints[-1].more, runs[:-MAX_RUNS]))


def _counted(more: Counts, runs: Iterable[ClockRun]) -> Counts:
    """Adds runs to the counts of a period: stopped in time, and too late."""
    counts = dict(more)
    for run in runs:
        kept, late = counts.get(run.clock, (0, 0))
        in_time = run.stopped_at is not None and run.stopped_at <= (run.grace_until or run.due_at)
        counts[run.clock] = (kept + 1, late) if in_time else (kept, late + 1)
    return counts


def clock_run(clock: Clock) -> ClockRun:
    """Converts a clock of the handoff to a run."""
    return ClockRun(
        clock=clock.name,
        started_at=clock.started_at,
        due_at=clock.due_at,
        stopped_at=clock.stopped_at,
        within=clock.within,
        grace_until=clock.grace_until,
    )


def _update_last(stints: OwnershipPeriods, **changes: Any) -> OwnershipPeriods:
    return (*stints[:-1], stints[-1].model_copy(update=changes)) if stints else ()


def is_told_at_once(news: OwnerNews | None, kind: NewsKind, now: datetime) -> bool:
    """Tells whether the owner gets a mail of its own about something new of this kind."""
    return _current(news, now).told.get(kind, 0) < MOST_NEWS[kind]


def with_news(news: OwnerNews | None, kind: NewsKind, at: datetime, *, told: bool) -> OwnerNews:
    """Counts a mail that the owner gets at once, or else a request that waits for the mail of all."""
    before = _current(news, at)
    if not told:
        return before.model_copy(update={"waiting": before.waiting + 1})
    return before.model_copy(update={"told": {**before.told, kind: before.told.get(kind, 0) + 1}})


def all_told(at: datetime) -> OwnerNews:
    """Begins another hour after the mail of all requests: what comes in it waits for the next one."""
    return OwnerNews(since=at, told={"request": MOST_NEWS["request"]})


def _current(news: OwnerNews | None, now: datetime) -> OwnerNews:
    over = news is None or (not news.waiting and now - news.since >= NEWS_PERIOD)
    return OwnerNews(since=now) if news is None or over else news
