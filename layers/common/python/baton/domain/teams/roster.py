"""Everybody on a team, who of them works which territory, and whose turn it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import Field

from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.facts import Fact, Instant
from baton.domain.leads.routing_choice import NO_TERRITORY, LineKey
from baton.domain.teams.availability import TeamHours
from baton.domain.teams.reps import Rep, Role, Subscription

if TYPE_CHECKING:
    from baton.domain.qualification.handover_terms import Handover

_NOT_REACHED = {
    Subscription.PENDING: "has not confirmed the address yet",
    Subscription.UNPROTECTED: "confirmed by a click, so that anybody with the mail could unsubscribe; confirm anew",
    Subscription.ENDED: "gets no mail any more, because the subscription was ended or never confirmed; add them again",
    Subscription.REMOVED: "was removed from the team",
}
_GETS_MAIL = frozenset({Subscription.CONFIRMED, Subscription.UNPROTECTED})


class WaitingLine(Fact):
    """Leads of one pool that wait for somebody, first come, first served; all of them were had by the same people, and
    the same people may take them `besides` those who share the pool's leads.
    """

    had_it: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    waiting: int = 0

    @property
    def key(self) -> LineKey:
        """What it is known by."""
        return self.had_it, self.besides


class Pool(Fact):
    """The turns of those who share the leads of one territory, and the lines of the leads that wait for them.

    `owed` is as `turns` counts it; `number` counts the changes of both.
    """

    owed: dict[str, int] = Field(default_factory=dict)
    number: int = 0
    lines: tuple[WaitingLine, ...] = ()

    @property
    def waiting(self) -> int:
        """How many leads wait."""
        return sum(line.waiting for line in self.lines)


class TeamLog(Fact):
    """What was told of a team: how many events there were, and which of them has set the team's timer.

    Only that timer counts. At `due_at` it looks again whether somebody can take the leads that wait.
    """

    number: int = 0
    timer: str | None = None
    due_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """A team as it was read: its people with how many open handoffs each holds, the turns of each pool, what was told.

    `territories` and `hours` are what the agreement in force says of them, and `no_leads` is why they get no leads at
    all, if they do not. `anew` is what is agreed now for a lead that comes to this team from another one.
    """

    people: tuple[Rep, ...] = ()
    pools: Mapping[str, Pool] = field(default_factory=dict)
    told: TeamLog = field(default_factory=TeamLog)
    hours: TeamHours = field(default_factory=TeamHours)
    territories: frozenset[str] = frozenset()
    no_leads: str | None = None
    anew: "Handover | None" = None

    def __iter__(self) -> Iterator[Rep]:
        return iter(self.people)

    def under(self, agreement: Agreement, team: str) -> "Roster":
        """The same roster with the hours and territories that an agreement gives the team."""
        terms = agreement.teams.get(team)
        hours = TeamHours(agreement.calendars, terms.calendar if terms else None)
        return replace(
            self,
            hours=hours,
            territories=frozenset(each.id for each in agreement.territories),
            no_leads=None if agreement.gives_leads_to(team) else _why_no_leads(agreement, team),
        )

    def rep(self, email: str | None) -> Rep | None:
        """The person with this address."""
        return next((rep for rep in self.people if rep.email == email), None)

    def pool(self, territory: str | None) -> Pool:
        """The turns of those who share the leads of a territory, or of none."""
        return self.pools.get(territory or NO_TERRITORY, Pool())

    def members(self, territory: str | None) -> frozenset[str]:
        """Who shares the leads of a territory: those who work it, and those who work all of them.

        Leads of no territory, or of one that is agreed no longer, go to those who work all; if there are none, to all.
        """
        here = [rep for rep in self.people if rep.is_here]
        anywhere = [rep for rep in here if not rep.territories]
        if territory in self.territories:
            return frozenset(rep.email for rep in here if not rep.territories or territory in rep.territories)
        return frozenset(rep.email for rep in anywhere or here)

    def takers(self, pool: str, line: WaitingLine) -> frozenset[str]:
        """Who could take the leads of a line at some time."""
        return self.members(pool).union(line.besides).difference(line.had_it)

    def why_not(self, rep: Rep, now: datetime) -> str | None:
        """Why this person is given no lead now, whichever it is; None if they can take one."""
        never = why_unreachable(rep) or self.no_leads
        return never or self.hours.away(rep, now) or self.hours.closed(rep, now) or why_full(rep)

    def why_not_by_hand(self, email: str, now: datetime) -> str | None:
        """Why a lead cannot even be given to this person by hand: hours do not matter then."""
        rep = self.rep(email)
        if rep is None:
            return "is not on the roster"
        return why_unreachable(rep) or self.no_leads or self.hours.away(rep, now) or why_full(rep)


def _why_no_leads(agreement: Agreement, team: str) -> str:
    if team in agreement.rosters:
        return "is in marketing, whose people get mail and no leads"
    return f"is on team {team}, which the agreement does not have any more"


def why_unreachable(rep: Rep) -> str | None:
    """Why this person is given no lead at any time, as things are."""
    if rep.role is not Role.REP:
        return "is a manager"
    return _NOT_REACHED.get(rep.subscription)


def why_full(rep: Rep) -> str | None:
    """Why this person is given no lead before they are through with another one."""
    if rep.open_handoffs < rep.capacity:
        return None
    return f"has {rep.open_handoffs} of at most {rep.capacity} open handoffs"


def manager_addresses(roster: Roster) -> list[str]:
    """The addresses of the managers whom mail reaches."""
    return reached_by_mail(rep for rep in roster if rep.role is Role.MANAGER)


def reached_by_mail(people: Iterable[Rep]) -> list[str]:
    """The addresses that mail reaches, sorted."""
    return sorted(rep.email for rep in people if rep.subscription in _GETS_MAIL)
