"""How pages and mails say the figures of reports: as people would."""

from datetime import datetime, timedelta

from baton.agreement.terms.durations import format_duration
from baton.domain.reports.rows.report_groups import Figures
from baton.domain.reports.rows.span import Span, midnight
from baton.outreach.text.times_and_names import day, moment

NOTHING = "–"
_STEPS = ((timedelta(days=1), timedelta(hours=1)), (timedelta(hours=1), timedelta(minutes=1)))


def length(seconds: float | None) -> str:
    """How long it took, as short as it can be said: `40s`, `25m 10s`, `3h 5m`, `2d 4h`; a dash for nothing."""
    if seconds is None:
        return NOTHING
    taken = timedelta(seconds=seconds)
    step = next((step for least, step in _STEPS if taken >= least), timedelta(seconds=1))
    return format_duration(round(taken / step) * step)


def percent(share: float | None) -> str:
    """A share in whole percent; `>99%` is not all, `<1%` is not none."""
    if share is None:
        return NOTHING
    if 0 < share < 0.01:
        return "<1%"
    return ">99%" if 0.99 < share < 1 else f"{share:.0%}"


def kept(figures: Figures) -> str:
    """Which clocks were met: `12 of 14, 86%`."""
    due = figures.get("met", 0) + figures.get("missed", 0)
    return f"{figures['met']:,} of {due:,}, {percent(figures['share'])}" if due else NOTHING


def some(count: float | None) -> str:
    """A number as people read it in a table: `1,200`; a dash for nothing."""
    return f"{count:,}" if count else NOTHING


def whole(number: float | None) -> str:
    """A sum of money without its cents; a dash for nothing."""
    return some(round(number or 0))


def leads(count: int) -> str:
    """1 lead, 2 leads."""
    return f"{count:,} {'lead' if count == 1 else 'leads'}"


def days(span: Span) -> str:
    """16 Nov to 22 Nov 2026; to the minute if it does not begin and end at midnight."""
    if midnight(span.start) != span.start or midnight(span.end) != span.end:
        return f"{moment(span.start)} to {moment(span.end)}"
    last = span.end - timedelta(days=1)
    if span.start == last:
        return f"{day(last)} {last.year}"
    return f"{_begins(span.start, last)} to {day(last)} {last.year}"


def _begins(first: datetime, last: datetime) -> str:
    return day(first) if first.year == last.year else f"{day(first)} {first.year}"
