"""The lines in which leads wait for a rep: which can be served now, and when the next one can."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster, WaitingLine, why_full, why_unreachable


@dataclass(frozen=True, slots=True)
class LineWithLeads:
    """A line with leads in it, and the name of its pool: a territory, or `*` for the leads without one."""

    pool: str
    line: WaitingLine


def lines_with_leads(roster: Roster) -> list[LineWithLeads]:
    """Returns every line in which leads wait."""
    return [
        LineWithLeads(name, line)
        for name, pool in sorted(roster.pools.items())
        for line in pool.lines
        if line.waiting > 0
    ]


def with_fewer_waiting(roster: Roster, by: Callable[[str, WaitingLine], int]) -> Roster:
    """Returns the roster with the number of leads in each line reduced by what `by` gives for it."""

    def of(name: str, line: WaitingLine) -> WaitingLine:
        return line.model_copy(update={"waiting": line.waiting - by(name, line)})

    pools = {
        name: pool.model_copy(update={"lines": tuple(of(name, line) for line in pool.lines)})
        for name, pool in roster.pools.items()
    }
    return replace(roster, pools=pools)


def servable_lines(roster: Roster, now: datetime) -> list[LineWithLeads]:
    """Returns the lines from which a rep could take a lead now."""
    able = {rep.email for rep in roster if roster.why_no_lead(rep, now) is None}
    if not able:
        return []
    able_by_form = {rep.email for rep in roster if rep.email in able and why_full(rep, by_form=True) is None}
    return [
        each
        for each in lines_with_leads(roster)
        if any(rep.email in (able_by_form if each.line.by_form else able) for rep in _takers_of(each, roster))
    ]


def next_servable_at(roster: Roster, now: datetime) -> datetime | None:
    """Returns the first moment from now on at which working hours or absences let a rep take a waiting lead.

    Reps who are full or unreachable do not count: an event, not time, makes them able. So it is for a team that the
    agreement gives no leads.

    Returns:
        None if there is no such moment.
    """
    if roster.no_leads:
        return None
    awaited = {
        rep.email: rep
        for each in lines_with_leads(roster)
        for rep in _takers_of(each, roster)
        if not (why_unreachable(rep) or why_full(rep, by_form=each.line.by_form))
    }.values()
    moments = (roster.next_at_work(rep, now) for rep in awaited)
    return min((moment for moment in moments if moment), default=None)


def _takers_of(waiting: LineWithLeads, roster: Roster) -> Iterator[Rep]:
    """Returns the reps who could take the leads of a line at some time."""
    takers = roster.takers(waiting.pool, waiting.line)
    return (rep for rep in roster if rep.email in takers)
