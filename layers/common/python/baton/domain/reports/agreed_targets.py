"""Compares what was reached with the targets of the agreement: the target, what was reached, and the difference.

A target for a month counts for the part of it that the report's period has seen: 7 of 30 days of 200 leads are 46.7.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from baton.domain.reports.rows.report_groups import FigureRow, Figures, Group
from baton.domain.reports.rows.span import Span, wall_time

TARGETS = "target"
"""The group of a report that compares."""
_DUTIES = {"review": "review", "answer_returns": "return"}
"""The kinds of marketing's duties by the names of their clocks."""
_REACHED = {
    "new": "new",
    "mql": "to_mql",
    "sql": "to_sql",
    "sql_accepted": "sql_accepted",
    "handed_over": "to_with_sales",
    "won": "to_won",
}


class AgreedTargets(NamedTuple):
    """The targets of an agreement: percentages of clocks kept in time, by clock, and leads a month."""

    in_time: Mapping[str, int] = {}
    per_month: Mapping[str, int] = {}

    @classmethod
    def of(cls, rules: Mapping[str, Any]) -> "AgreedTargets":
        """Returns the targets of these rules; none if they have none."""
        agreed = rules.get("targets")
        return cls(agreed["in_time"], agreed["per_month"]) if agreed else cls()


NO_TARGETS = AgreedTargets()


def in_time_group(targets: AgreedTargets, clocks: Group, duties: Group) -> Group:
    """Compares the share of clocks that were met, of all met or missed, with the agreed share.

    `actual` and `difference` are None while no clock was due.
    """
    of_clocks, of_duties = ({line.name: line.figures for line in group.lines} for group in (clocks, duties))
    lines = []
    for name, percent in targets.in_time.items():
        found = of_duties.get(_DUTIES[name]) if name in _DUTIES and name not in of_clocks else of_clocks.get(name)
        share = found["share"] if found else None
        met, missed = (found[each] if found else 0 for each in ("met", "missed"))
        compared = {**_compared(percent / 100, share), "met": met, "missed": missed}
        lines.append(FigureRow(name, compared))
    return Group(TARGETS, tuple(lines))


def per_month_group(targets: AgreedTargets, reached: Figures, span: Span, now: datetime) -> Group:
    """Compares how many leads got so far with the agreed number for as much of the months as the report has seen.

    `days` and `of_days` say how much that is; `partial` is true unless it is whole months.
    """
    seen, whole = _days(span, now), _days_of_months(span)
    lines = [
        FigureRow(
            name,
            {
                "per_month": monthly,
                **_compared(sum(monthly * days / of for days, of in _months(span, now)), reached[_REACHED[name]]),
                "days": seen,
                "of_days": whole,
                "partial": seen != whole,
            },
        )
        for name, monthly in targets.per_month.items()
    ]
    return Group(TARGETS, tuple(lines))


def _compared(target: float, actual: float | None) -> Figures:
    difference = None if actual is None else round(actual - target, 4)
    return {"target": round(target, 4), "actual": actual, "difference": difference}


def _months(span: Span, now: datetime) -> Iterator[tuple[float, int]]:
    """Yields, for each month of the period, how many days of it the report has seen, and how many it has.

    Months and days are those of the period's time zone; a day in which clocks are changed counts as any other.
    """
    seen_until = min(span.end, max(now, span.start))
    start, end, last = (wall_time(at, span.time_zone) for at in (span.start, seen_until, span.end))
    begin = datetime.combine(start.date().replace(day=1), time())
    while begin < last:
        length = monthrange(begin.year, begin.month)[1]
        over = begin + timedelta(days=length)
        seen = max(timedelta(), min(end, over) - max(start, begin))
        yield seen / timedelta(days=1), length
        begin = over


def _days(span: Span, now: datetime) -> float:
    return round(sum(days for days, _ in _months(span, now)), 2)


def _days_of_months(span: Span) -> float:
    return sum(length for _, length in _months(span, span.end))
