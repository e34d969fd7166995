"""The SLA report: which clocks were met by sales and marketing, and how long each step took.

A handoff counts in the period of its offer, with all its clocks; each clock counts for the owner at the time. A duty of
marketing counts in the period in which it began.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from baton.domain.history.handoff_fold import HANDED_OVER
from baton.domain.reports import business_lengths
from baton.domain.reports.agreed_targets import NO_TARGETS, AgreedTargets, in_time_group
from baton.domain.reports.attainment import Attainment, ClockResult, clock_result
from baton.domain.reports.business_lengths import BusinessSeconds
from baton.domain.reports.corrected_calendars import Calendars, due_under_calendar
from baton.domain.reports.rows.report_groups import FigureRow, Figures, Group, Report, grouped
from baton.domain.reports.rows.report_rows import DutyRow, HandoffRow
from baton.domain.reports.rows.span import Span
from baton.domain.reports.speed_to_lead import (
    StepDuration,
    duration_figures,
    speed_bands,
    spread_figures,
    step_durations,
)

NOBODY = "nobody"


class ClockOutcome(NamedTuple):
    """A clock of a handoff: its trigger, its owner at the time, and its result."""

    trigger: str
    clock: str
    owner: str
    outcome: ClockResult


class RepShare(NamedTuple):
    """A rep's share of a handoff: its clocks, and the time from assignment to each step."""

    owner: str
    ran: tuple[ClockOutcome, ...]
    lengths: tuple[StepDuration, ...]


class HandoffOutcome(NamedTuple):
    """A handoff with the results of its clocks and the duration of each step."""

    row: HandoffRow
    ran: tuple[ClockOutcome, ...]
    lengths: tuple[StepDuration, ...]
    business: BusinessSeconds


class Owed(NamedTuple):
    """A duty of marketing, the result of its clock, and how its business time counts."""

    duty: DutyRow
    result: ClockResult | None
    business: BusinessSeconds


def sla_report(
    handoffs: Sequence[HandoffRow],
    duties: Sequence[DutyRow],
    span: Span,
    now: datetime,
    corrected: Calendars | None = None,
    targets: AgreedTargets = NO_TARGETS,
    calendars: Calendars | None = None,
) -> Report:
    """Returns the report; with `corrected` calendars, clocks in business time are due by these.

    By the `calendars` in force, lengths are told in business time, too.
    """
    seen = [
        HandoffOutcome(
            row,
            tuple(_clock_outcomes(row, now, corrected)),
            tuple(step_durations(row, business_lengths.of_handoff(row, calendars))),
            business_lengths.of_handoff(row, calendars),
        )
        for row in handoffs
    ]
    ran = [each for one in seen for each in one.ran]
    of_duties = business_lengths.of_duty(calendars)
    owed = [Owed(duty, _duty_result(duty, now, corrected), of_duties) for duty in duties]
    groups: tuple[Group, ...] = (
        Group(
            "department", (FigureRow("sales", _sales_figures(seen)), FigureRow("marketing", _marketing_figures(owed)))
        ),
        grouped("clock", ran, lambda each: [each.clock], _attainment_figures),
        grouped("team", seen, lambda each: [each.row.team], _sales_figures),
        grouped("rep", [had for one in seen for had in _rep_shares(one)], lambda had: [had.owner], _rep_figures),
        grouped("trigger", seen, lambda each: [each.row.trigger], _sales_figures),
        grouped("trigger_and_clock", ran, lambda each: [f"{each.trigger}: {each.clock}"], _attainment_figures),
        speed_bands(each for one in seen for each in one.lengths),
        grouped("duty", owed, lambda each: [each.duty.kind], _marketing_figures),
        grouped("duty_team", owed, lambda each: [each.duty.team], _marketing_figures),
        grouped("reviewer", owed, lambda each: _reviewer(each.duty), _marketing_figures),
        grouped("verdict", duties, lambda duty: [duty.verdict] if duty.verdict else [], _duty_count),
    )
    clocks, duty = (next(group for group in groups if group.name == name) for name in ("clock", "duty"))
    groups = (*groups, in_time_group(targets, clocks, duty))
    return Report("sla", span, now, groups, {"calendar": "current" if corrected else "as_agreed"})


def _clock_outcomes(row: HandoffRow, now: datetime, corrected: Calendars | None) -> Iterator[ClockOutcome]:
    for stint in row.stints:
        owner, until = stint.owner or NOBODY, stint.until or row.ended_at
        for run in stint.runs:
            due_at = due_under_calendar(run, row.calendar, corrected)
            yield ClockOutcome(row.trigger, run.clock, owner, clock_result(run, due_at, until, now))
        for clock, (met, missed) in stint.more.items():
            yield from [ClockOutcome(row.trigger, clock, owner, "met")] * met
            yield from [ClockOutcome(row.trigger, clock, owner, "missed")] * missed


def _rep_shares(seen: HandoffOutcome) -> Iterator[RepShare]:
    for owner in dict.fromkeys(stint.owner for stint in seen.row.stints):
        stints, name = tuple(stint for stint in seen.row.stints if stint.owner == owner), owner or NOBODY
        own = seen.row._replace(stints=stints, offered_at=stints[0].since)
        yield RepShare(
            name, tuple(each for each in seen.ran if each.owner == name), tuple(step_durations(own, seen.business))
        )


def _duty_result(duty: DutyRow, now: datetime, corrected: Calendars | None) -> ClockResult | None:
    if duty.run is None:
        return None
    due_at = due_under_calendar(duty.run, corrected.marketing if corrected else None, corrected)
    return clock_result(duty.run, due_at, duty.closed_at, now)


def _sales_figures(seen: Sequence[HandoffOutcome]) -> Figures:
    return {
        "handoffs": len(seen),
        **_attainment_figures(each for one in seen for each in one.ran),
        **duration_figures(each for one in seen for each in one.lengths),
    }


def _rep_figures(had: Sequence[RepShare]) -> Figures:
    taken = duration_figures(each for one in had for each in one.lengths)
    del taken["routed"]  # nobody waits for themselves
    return {"handoffs": len(had), **_attainment_figures(each for one in had for each in one.ran), **taken}


def _attainment_figures(ran: Iterable[ClockOutcome]) -> Figures:
    return Attainment.of(each.outcome for each in ran).figures()


def _marketing_figures(owed: Sequence[Owed]) -> Figures:
    closed = [(each, each.duty.opened_at, each.duty.closed_at) for each in owed if each.duty.closed_at]
    undone = [each for each in owed if each.duty.closed_at is None]
    return {
        "duties": len(owed),
        "owed": len(undone),
        "overdue": sum(each.result == "missed" for each in undone),
        **Attainment.of(each.result for each in owed if each.result).figures(),
        "closed": spread_figures(
            [(end - start).total_seconds() for _, start, end in closed],
            [each.business(start, end) for each, start, end in closed],
        ),
    }


def _reviewer(duty: DutyRow) -> list[str | None]:
    """Returns who gave the verdict; nobody if the duty ended because the lead went to sales by a trigger."""
    return [duty.by] if duty.verdict and duty.verdict != HANDED_OVER else []


def _duty_count(duties: Sequence[DutyRow]) -> Figures:
    return {"duties": len(duties)}
