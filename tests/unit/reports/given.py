"""Rows of reports made for tests, at minutes after a Monday morning."""

from datetime import UTC, datetime, timedelta
from typing import Any

from baton.domain.reports.rows.report_rows import ClockRow, DutyRow, HandoffRow, LeadPlace, Move, OwnershipRow
from baton.domain.reports.rows.span import Span

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WEEK = Span(MONDAY.replace(hour=0), MONDAY.replace(hour=0) + timedelta(days=7))
LATER = WEEK.end
SAM, KIM = "sam@sales.example.com", "kim@sales.example.com"


def at(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def run(clock: str = "accept", start: float = 0, due: float = 30, stop: float | None = None, **more: Any) -> ClockRow:
    return ClockRow(clock, at(start), at(due), None if stop is None else at(stop), **more)


def stint(owner: str | None, since: float, *runs: ClockRow, **when: float) -> OwnershipRow:
    return OwnershipRow(at(since), owner, runs=runs, **{name: at(minutes) for name, minutes in when.items()})


def handoff(*stints: OwnershipRow, number: int = 1, offered: float = 0, **known: Any) -> HandoffRow:
    usual = {"trigger": "consultation", "team": "sales", "state": "offered", "source": "website", "channel": "inbound"}
    ids = {"handoff_id": f"anna-{number:03d}", "lead_id": "anna"}
    return HandoffRow(**{**ids, **usual, **known, "offered_at": at(offered), "stints": stints})


def duty(
    kind: str = "review", opened: float = 0, run: ClockRow | None = None, number: int = 1, **known: Any
) -> DutyRow:
    closed = {"closed_at": at(known.pop("closed"))} if "closed" in known else {}
    return DutyRow(f"anna-D{number:03d}", "anna", kind, "marketing", at(opened), run, **closed, **known)


def move(minutes: float, before: str | None, after: str, **known: Any) -> Move:
    """A move between places written as `nurturing/lead`."""
    return Move(at(minutes), before and LeadPlace(*before.split("/")), LeadPlace(*after.split("/")), **known)
