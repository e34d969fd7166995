"""Formats the figures of reports for pages and mails: `25m 10s`, `86%`, `1,200`."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from baton.agreement.terms.durations import format_duration
from baton.domain.reports.rows.report_groups import NOTHING as NO_NAME
from baton.domain.reports.rows.report_groups import Figures
from baton.domain.reports.rows.span import A_DAY, Span, midnight
from baton.outreach.text.times_and_names import day, moment

NOTHING = "–"
SURE = 0.05
"""A difference with at most this q-value is named as one that chance hardly makes."""
_LEAST_Q = 0.001
_STEPS = ((timedelta(days=1), timedelta(hours=1)), (timedelta(hours=1), timedelta(minutes=1)))


def duration_text(seconds: float | None) -> str:
    """Returns a duration in at most two units: `40s`, `25m 10s`, `3h 5m`, `2d 4h`; a dash for None."""
    if seconds is None:
        return NOTHING
    taken = timedelta(seconds=seconds)
    step = next((step for least, step in _STEPS if taken >= least), timedelta(seconds=1))
    return format_duration(round(taken / step) * step)


def both_times(figures: Figures, name: str) -> str:
    """Returns a length in plain time, with that in business time behind it where it differs: `14h (40m at work)`."""
    plain, at_work = figures[name], figures.get("business", {}).get(name)
    if at_work is None or at_work == plain:
        return duration_text(plain)
    return f"{duration_text(plain)} ({duration_text(at_work)} at work)"


def percent(share: float | None) -> str:
    """Returns a share in whole percent; `>99%` is not all, `<1%` is not none, and a dash stands for None."""
    if share is None:
        return NOTHING
    if 0 < share < 0.01:
        return "<1%"
    return ">99%" if 0.99 < share < 1 else f"{share:.0%}"


def share_of(figures: Figures) -> str:
    """Returns a share with what it is of, and its interval: `30% of 40 (18% to 45%)`; a dash if that is nothing."""
    if not figures["of"]:
        return NOTHING
    within = f"{percent(figures['low'])} to {percent(figures['high'])}"
    return f"{percent(figures['share'])} of {figures['of']:,} ({within})"


def times_text(figures: Figures) -> str:
    """Returns a lift with its interval: `2.1 times (1.4 to 3.0)`; a dash if there is none."""
    if figures["times"] is None or figures["low"] is None:
        return NOTHING
    return f"{figures['times']:.1f} times ({figures['low']:.1f} to {figures['high']:.1f})"


def points_more(figures: Figures) -> str:
    """Returns a difference of shares with its interval: `8 points more (1 to 15)`, `3 points less (-9 to 3)`."""
    if figures["share"] is None:
        return NOTHING
    points, low, high = (round(figures[name] * 100) for name in ("share", "low", "high"))
    return f"{abs(points)} points {'less' if points < 0 else 'more'} ({low} to {high})"


def chance_text(figures: Figures) -> str:
    """Returns whether a difference may be chance: `hardly, q is 0.012`, `yes, q is 0.310`, `too few leads`."""
    if figures["too_few"]:
        return "too few leads"
    q = figures["q"]
    said = f"q is {q:.3f}" if q >= _LEAST_Q else f"q is below {_LEAST_Q}"
    return f"{'hardly' if q <= SURE else 'yes'}, {said}"


def met_of_due(figures: Figures) -> str:
    """Returns how many of the due clocks were met: `12 of 14, 86%`; a dash if none was due."""
    due = figures.get("met", 0) + figures.get("missed", 0)
    return f"{figures['met']:,} of {due:,}, {percent(figures['share'])}" if due else NOTHING


def points_short(difference: float | None) -> str:
    """Returns how far a share is from its target: `4 points short`, `3 points more`, `as agreed`; a dash for None."""
    if difference is None:
        return NOTHING
    points = round(abs(difference) * 100, 1)
    return "as agreed" if not points else f"{points:g} points {'short' if difference < 0 else 'more'}"


def number_short(difference: float | None) -> str:
    """Returns how far a number is from its target: `12.5 short`, `3 more`, `as agreed`."""
    if difference is None:
        return NOTHING
    number = round(abs(difference), 1)
    return "as agreed" if not number else f"{_number(number)} {'short' if difference < 0 else 'more'}"


def _number(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def monthly_target(figures: Figures) -> str:
    """Returns a target for a month as far as the period goes: `200 a month`, `46.7 for 7 of 30 days at 200 a month`."""
    monthly = f"{figures['per_month']:,} a month"
    if not figures["partial"]:
        return (
            monthly if round(figures["target"]) == figures["per_month"] else f"{_number(figures['target'])}, {monthly}"
        )
    return f"{_number(figures['target'])} for {figures['days']:g} of {figures['of_days']:g} days at {monthly}"


def count_text(count: float | None) -> str:
    """Returns a number with thousands separators: `1,200`; a dash for none."""
    return f"{count:,}" if count else NOTHING


def amounts_text(sums: Mapping[str, float]) -> str:
    """Returns sums of money without cents, one for each currency: `48,000 EUR, 1,200 $`; a dash for none."""
    written = [f"{amount:,.0f}{f' {currency}' if currency != NO_NAME else ''}" for currency, amount in sums.items()]
    return ", ".join(written) or NOTHING


def lead_count_text(count: int) -> str:
    """Returns a number of leads: `1 lead`, `2 leads`."""
    return f"{count:,} {'lead' if count == 1 else 'leads'}"


def period_text(span: Span) -> str:
    """Returns a period: `16 Nov to 22 Nov 2026`; with times if it does not begin and end at midnight."""
    if any(midnight(at, span.time_zone) != at for at in (span.start, span.end)):
        return f"{told_there(span.start, span)} to {told_there(span.end, span)}"
    first, last = span.dates[0], span.dates[1] - A_DAY
    if first == last:
        return f"{day(last)} {last.year}"
    return f"{_begins(first, last)} to {day(last)} {last.year}"


def told_there(at: datetime, span: Span) -> str:
    """Returns a moment in the time zone of a period: `Sun 22 Nov 2026, 18:43 CET`."""
    return moment(at, None if span.time_zone == "UTC" else span.time_zone)


def _begins(first: date, last: date) -> str:
    return day(first) if first.year == last.year else f"{day(first)} {first.year}"
