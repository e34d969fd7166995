"""When clocks were due: as it was agreed then, or by a calendar that has been corrected since."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from baton.agreement.terms.calendars import Calendar
from baton.agreement.terms.durations import parse_period
from baton.domain.reports.rows.report_rows import ClockRow


class Calendars(NamedTuple):
    """The calendars of an agreement by name, and the one that marketing goes by."""

    by_name: Mapping[str, Calendar]
    marketing: str | None = None


def due_under_calendar(run: ClockRow, calendar: str | None, corrected: Calendars | None) -> datetime:
    """When a clock was due: as agreed, or by the calendar of this name as it has been corrected.

    What was agreed in plain time, or by a calendar that there is no longer, stays as it was.
    """
    found = corrected.by_name.get(calendar or "") if corrected else None
    period = parse_period(run.within) if found and run.within else None
    if found is None or period is None or not period.needs_calendar:
        return run.due_at
    from baton.domain.working_time import business_time  # few reports are reckoned anew  # noqa: PLC0415

    try:
        return business_time.period_end(run.started_at, period, 1.0, found)
    except business_time.NoBusinessTime:
        return run.due_at
