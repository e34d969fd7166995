"""The lines in which leads wait for somebody: whose turn it is, and when by time alone somebody may come for them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster, WaitingLine, why_full, why_unreachable


@dataclass(frozen=True, slots=True)
class LineWithLeads:
    """A line with leads in it, of a pool, which is that of a territory or of the leads of none."""

    pool: str
    line: WaitingLine


def lines_with_leads(roster: Roster) -> list[LineWithLeads]:
    """Every line in which leads wait."""
    return [
        LineWithLeads(name, line)
        for name, pool in sorted(roster.pools.items())
        for line in pool.lines
        if line.waiting > 0
    ]


def with_fewer_waiting(roster: Roster, by: Callable[[str, WaitingLine], int]) -> Roster:
    """The same roster with so many leads less in each line of each pool."""

    def of(name: str, line: WaitingLine) -> WaitingLine:
        return line.model_copy(update={"waiting": line.waiting - by(name, line)})

    pools = {
        name: pool.model_copy(update={"lines": tuple(of(name, line) for line in pool.lines)})
        for name, pool in roster.pools.items()
    }
    return replace(roster, pools=pools)


def servable_lines(roster: Roster, now: datetime) -> list[LineWithLeads]:
    """The lines of which somebody who is able now could take any lead."""
    able = {rep.email for rep in roster if roster.why_not(rep, now) is None}
    return (
        [each for each in lines_with_leads(roster) if any(rep.email in able for rep in _takers_of(each, roster))]
        if able
        else []
    )


def next_servable_at(roster: Roster, now: datetime) -> datetime | None:
    """The first moment from now on at which, by time alone, somebody can take a lead that waits; None if there is none.

    Who has too much to do, or is not reached by mail, is not waited for: they come to be able by an event. So does a
    whole team that gets no leads any more: by another agreement.
    """
    if roster.no_leads:
        return None
    awaited = {rep.email: rep for each in lines_with_leads(roster) for rep in _takers_of(each, roster)}.values()
    moments = (roster.hours.next(rep, now) for rep in awaited if not (why_unreachable(rep) or why_full(rep)))
    return min((moment for moment in moments if moment), default=None)


def _takers_of(waiting: LineWithLeads, roster: Roster) -> Iterator[Rep]:
    """Who could take the leads of a line at some time."""
    takers = roster.takers(waiting.pool, waiting.line)
    return (rep for rep in roster if rep.email in takers)
