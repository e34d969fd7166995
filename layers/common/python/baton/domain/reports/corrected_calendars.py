"""Due times of clocks: as agreed at the time, or by a calendar that has been corrected since."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from baton.domain.reports.rows.report_rows import ClockRow
from baton.domain.working_time.spelled_times import limit_in
from baton.domain.working_time.working_calendar import AnyCalendar


class Calendars(NamedTuple):
    """The calendars of an agreement by name, the name of marketing's, and those of the teams."""

    by_name: Mapping[str, AnyCalendar]
    marketing: str | None = None
    of_teams: Mapping[str, str] = {}


def due_under_calendar(run: ClockRow, calendar: str | None, corrected: Calendars | None) -> datetime:
    """Returns from when on a clock was late under the corrected calendar of this name, or as agreed if there is none.

    A clock in plain time, for a time agreed with the lead, or of a calendar that no longer exists, keeps its due time.
    """
    found = corrected.by_name.get(calendar or "") if corrected else None
    limit = limit_in(run.within) if found and run.within else None
    if found is None or limit is None or not limit.needs_calendar:
        return run.grace_until or run.due_at
    from baton.domain.working_time import business_time  # few reports are reckoned anew  # noqa: PLC0415

    try:
        return business_time.period_end(run.started_at, limit, 1.0, found)
    except business_time.NoBusinessTime:
        return run.due_at
