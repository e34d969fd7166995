"""Reads the query of a report: its period (`from`, `to`, `time_zone`), its format, and its calendar."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

from baton.domain.basics import days
from baton.domain.reports.report_registry import ALL, REPORTS
from baton.domain.reports.rows.figure_asked import COUNTS, FigureAsked
from baton.domain.reports.rows.handoff_filter import EVERY_HANDOFF, OF_LEADS, HandoffFilter
from baton.domain.reports.rows.periods import MOST_PARTS, WHOLE, Divided, Each, parts_of
from baton.domain.reports.rows.report_groups import OTHERS
from baton.domain.reports.rows.span import DEFAULT_LENGTH, MAX_SPAN, Span, last_full_days, local, midnight, wall_time
from baton.intake.fields.field_faults import FieldFault

Format = Literal["json", "csv", "html"]
FORMATS: tuple[Format, ...] = ("json", "csv", "html")
FUNNEL = "funnel"
NO_FUNNEL = "the funnel counts leads also before they have a team, a rep, a trigger or a version"
EACH: tuple[Each, ...] = ("day", "week", "month")
QUERY = (
    *("from", "to", "time_zone", "each", "compare", "calendar", "format", "proposal"),
    *FigureAsked._fields,
    *HandoffFilter._fields,
)
"""The parameters of a report's query."""
_YEARS = range(2000, 2200)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class QueryFaults(Exception):
    """The query is refused; `errors` are the faults of its fields."""

    def __init__(self, *errors: FieldFault) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{each.field} {each.detail}" for each in errors))


class ReportRequest(NamedTuple):
    """The period and the format of a report, whether clocks count by the calendar in force, and its parts.

    `with_proposal` asks for the newest proposal of points beside all reports.
    """

    span: Span
    format: Format
    by_current_calendar: bool
    divided: Divided = WHOLE
    only: HandoffFilter = EVERY_HANDOFF
    with_proposal: bool = False

    def of_report(self, name: str) -> "ReportRequest":
        """Returns the request itself.

        Raises:
            QueryFaults: all reports are no table, or the report is on leads, which cannot be narrowed so.
        """
        if (name, self.format) == (ALL, "csv"):
            raise QueryFaults(FieldFault("format", "must be json or html with all: a table is of one report"))
        if name != ALL and self.with_proposal:
            raise QueryFaults(FieldFault("proposal", "must be left out: it comes with all reports together"))
        if name == FUNNEL and self.only.of_handoffs_alone:
            why = f"{NO_FUNNEL}; narrow it by {' or '.join(OF_LEADS)}, or ask for another report"
            raise QueryFaults(*(FieldFault(each, f"cannot narrow it: {why}") for each in self.only.of_handoffs_alone))
        return self

    def reports_of(self, name: str) -> list[str]:
        """Returns the reports to build, by their names: the one asked for, or all that are not left out."""
        return [each for each in REPORTS if each not in self.left_out] if name == ALL else [name]

    @property
    def left_out(self) -> dict[str, str]:
        """Returns the reports that cannot be narrowed so, and why: those on leads, by what only handoffs have."""
        return {FUNNEL: NO_FUNNEL} if self.only.of_handoffs_alone else {}


def read_query(query: Mapping[str, str], now: datetime, agreed_zone: str = "UTC") -> ReportRequest:
    """Returns the request; by default the last seven full days as JSON, by the calendars as agreed.

    Days are those of `time_zone`, or else of the agreement's time zone.

    Raises:
        QueryFaults: a value cannot be read, or the period is empty or too long.
    """
    wanted = query.get("format") or "json"
    formats = [each for each in FORMATS if each == wanted]
    calendar = query.get("calendar") or "as_agreed"
    faults = []
    if not formats:
        faults.append(FieldFault("format", f"must be one of {', '.join(FORMATS)}"))
    if calendar not in ("as_agreed", "current"):
        faults.append(FieldFault("calendar", "must be current, for the calendars in force, or as_agreed"))
    each = [part for part in EACH if part == query.get("each")]
    if query.get("each") and not each:
        faults.append(FieldFault("each", f"must be one of {', '.join(EACH)}"))
    if query.get("compare") not in (None, "", "before"):
        faults.append(FieldFault("compare", "must be before, for the period before"))
    if query.get("proposal") not in (None, "", "true"):
        faults.append(FieldFault("proposal", "must be true, for the newest proposal of points, or left out"))
    zone = query.get("time_zone") or agreed_zone
    if zone != agreed_zone and not is_zone(zone):
        faults.append(FieldFault("time_zone", "is no time zone that is known; write one like Europe/Berlin or UTC"))
        zone = agreed_zone
    start, end = _bound(query, "from", zone, faults), _bound(query, "to", zone, faults)
    if faults:
        raise QueryFaults(*faults)
    span, divided = _span(start, end, now, zone), Divided(next(iter(each), None), bool(query.get("compare")))
    if divided.each and len(parts_of(span, divided.each)) > MOST_PARTS:
        raise QueryFaults(FieldFault("each", f"gives more than {MOST_PARTS} parts; ask for longer ones, or for less"))
    return ReportRequest(
        span, formats[0], calendar == "current", divided, read_filter(query), bool(query.get("proposal"))
    )


def is_zone(name: str) -> bool:
    """Returns whether a time zone of this name is known."""
    from zoneinfo import ZoneInfo  # few requests name a zone  # noqa: PLC0415

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def read_filter(query: Mapping[str, str]) -> HandoffFilter:
    """Returns the handoffs to which a report is narrowed."""
    return HandoffFilter(*(query.get(name) or None for name in HandoffFilter._fields))


def read_figure(query: Mapping[str, str]) -> FigureAsked | None:
    """Returns the figure whose leads are asked for; None if the report itself is.

    Raises:
        QueryFaults: it is not said whole, or is no count.
    """
    asked = FigureAsked(*(query.get(name) or "" for name in FigureAsked._fields))
    if not any(asked):
        return None
    faults = [
        FieldFault(name, "is missing: say `group`, `name` and `figure` of the report")
        for name in ("group", "name", "figure")
        if not getattr(asked, name)
    ]
    if asked.figure and not asked.is_count:
        faults.append(FieldFault("figure", f"is no count of leads; {', '.join(COUNTS)} are"))
    if asked.name == OTHERS:
        faults.append(FieldFault("name", "adds up many names; ask for one of them"))
    if faults:
        raise QueryFaults(*faults)
    return asked


def _bound(query: Mapping[str, str], name: str, zone: str, faults: list[FieldFault]) -> datetime | None:
    text = query.get(name)
    if not text:
        return None
    try:
        return _read(text, zone)
    except (ValueError, OverflowError):
        remedy = "write a date, 2026-11-24, or a moment with its time zone, 2026-11-24T09:30:00Z"
        faults.append(FieldFault(name, f"cannot be read; {remedy}"))
        return None


def _read(text: str, zone: str) -> datetime:
    if _DATE.fullmatch(text):
        day = date.fromisoformat(text)
        if day.year not in _YEARS:
            raise ValueError("of no year in which there was Baton")
        return days.midnight(day, zone)
    at = datetime.fromisoformat(text.replace(" ", "+"))  # in a query a bare + is a space
    if at.tzinfo is None or at.year not in _YEARS:
        raise ValueError("without a time zone, or of no year in which there was Baton")
    at = at.astimezone(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)  # as exact as what is kept


def _span(start: datetime | None, end: datetime | None, now: datetime, zone: str) -> Span:
    if end is None:
        if start is None:
            return last_full_days(now, zone)
        if start >= now:
            raise QueryFaults(FieldFault("from", "is still to come; ask for a day that has begun"))
        today = midnight(now, zone)
        end = today if start < today else now
    start = start or (local(end, zone) - DEFAULT_LENGTH).astimezone(UTC)  # on the wall, where clocks are changed
    if start >= end:
        raise QueryFaults(FieldFault("to", "must be later than `from`"))
    if wall_time(end, zone) - wall_time(start, zone) > MAX_SPAN:
        raise QueryFaults(FieldFault("from", f"is more than {MAX_SPAN.days} days before `to`; ask for less"))
    return Span(start, end, zone)
