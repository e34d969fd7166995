"""A team's roster: its people, who works which territory, whose turn it is, and who can take a lead now."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import Field

from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.facts import Fact, Instant
from baton.domain.leads.routing_choice import NO_TERRITORY, SHARED_LINE, CompanyTurn, Counted, LineKey
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
_TERMS_UNREAD = "has hours, a time zone or absences that cannot be read; enter them again"
_CANNOT_BE_COMPUTED = (ArithmeticError, LookupError, ValueError, OSError)
_GETS_MAIL = frozenset({Subscription.CONFIRMED, Subscription.UNPROTECTED})


MOST_BYTES = 100_000
"""How long all lines of a pool may be before leads that need a new one share a line: DynamoDB keeps 400 KB an item."""
LINE_BYTES = 150
"""How long a line is without people: three attributes, and their names."""


class WaitingLine(Fact):
    """A line in which leads of one pool wait for a rep, first come, first served.

    All its leads have had the same owners (`had_it`), and may go to the same `candidates` from outside the pool. Leads
    whom only forms know (`by_form`) have lines of their own.
    """

    had_it: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    by_form: bool = False
    waiting: int = 0

    @property
    def is_shared(self) -> bool:
        """Tells whether leads with different former owners wait in it, because the pool has no room for more lines."""
        return SHARED_LINE in self.candidates

    @property
    def key(self) -> LineKey:
        """Returns the key of the line within its pool."""
        return self.had_it, self.candidates, self.by_form


class Pool(Fact):
    """The turns of the reps who share a territory's leads, and the lines of the leads that wait for them.

    `owed` is what `turns` counts; `number` goes up with every change of either.
    """

    owed: dict[str, int] = Field(default_factory=dict)
    number: int = 0
    lines: tuple[WaitingLine, ...] = ()

    def has_room_for(self, had_it: Collection[str], candidates: Collection[str]) -> bool:
        """Tells whether leads with these former owners and candidates may have a line of their own."""
        people = sum(len(each) + 4 for line in self.lines for each in (*line.had_it, *line.candidates))
        taken = people + LINE_BYTES * len(self.lines)
        known = {(*line.key[:2],) for line in self.lines}
        return taken <= MOST_BYTES or (tuple(sorted(had_it)), tuple(sorted(candidates))) in known

    @property
    def waiting(self) -> int:
        """Returns the number of leads that wait."""
        return sum(line.waiting for line in self.lines)


class TeamLog(Fact):
    """The number of a team's events, and the event that has set the team's timer.

    Only that timer counts. At `due_at` it looks again whether a rep can take the leads that wait.
    """

    number: int = 0
    timer: str | None = None
    due_at: Instant | None = None


ReadCompany = Callable[[str], CompanyTurn]
"""Reads which rep has a company's leads on a team, by the company's key."""


def _nobody_yet(key: str) -> CompanyTurn:
    return CompanyTurn(key=key)


@dataclass(frozen=True, slots=True)
class Roster:
    """A team as it was read: people with their open handoffs, the turns of each pool, and the team's log.

    `territories` and `hours` come from the agreement in force; `no_leads` says why the team gets no leads at all.
    `new_terms` are the terms of a lead that comes to this team from another one. `companies` reads which rep has the
    leads of a company; only a handoff that is sticky by company asks.
    """

    people: tuple[Rep, ...] = ()
    pools: Mapping[str, Pool] = field(default_factory=dict)
    log: TeamLog = field(default_factory=TeamLog)
    hours: TeamHours = field(default_factory=TeamHours)
    territories: frozenset[str] = frozenset()
    no_leads: str | None = None
    new_terms: "Handover | None" = None
    companies: ReadCompany = field(default=_nobody_yet, compare=False)

    def __iter__(self) -> Iterator[Rep]:
        return iter(self.people)

    def under(self, agreement: Agreement, team: str) -> "Roster":
        """Returns the roster with the hours and territories that an agreement gives the team."""
        terms = agreement.teams.get(team)
        hours = TeamHours(agreement.calendars, terms.calendar if terms else None)
        return replace(
            self,
            hours=hours,
            territories=frozenset(each.id for each in agreement.territories),
            no_leads=None if agreement.gives_leads_to(team) else _why_no_leads(agreement, team),
        )

    def rep(self, email: str | None) -> Rep | None:
        """Returns the person with this address."""
        return next((rep for rep in self.people if rep.email == email), None)

    def with_rep(self, changed: Rep) -> "Roster":
        """Returns the roster with this person in the place of their former entry, or besides the others."""
        others = tuple(rep for rep in self.people if rep.email != changed.email)
        return replace(self, people=(*others, changed))

    def pool(self, territory: str | None) -> Pool:
        """Returns the pool of a territory, or of the leads without one."""
        return self.pools.get(territory or NO_TERRITORY, Pool())

    def members(self, territory: str | None) -> frozenset[str]:
        """Returns the addresses of those who share a territory's leads: reps of that territory, and of all territories.

        Leads without a territory, or of one that is agreed no longer, go to the reps of all territories; without any,
        to all.
        """
        here = [rep for rep in self.people if rep.is_here]
        anywhere = [rep for rep in here if not rep.territories]
        if territory in self.territories:
            return frozenset(rep.email for rep in here if not rep.territories or territory in rep.territories)
        return frozenset(rep.email for rep in anywhere or here)

    def takers(self, pool: str, line: WaitingLine) -> frozenset[str]:
        """Returns the addresses of those who could take the leads of a line at some time."""
        if line.is_shared:
            return frozenset(rep.email for rep in self.people if rep.is_here)
        return self.members(pool).union(line.candidates).difference(line.had_it)

    def why_no_lead(self, rep: Rep, now: datetime, *, by_form: bool = False) -> str | None:
        """Returns why this rep can take no lead now, or none `by_form`, such as `is a manager`; None if they can."""
        never = why_unreachable(rep) or self.no_leads
        return never or self._why_not_there(rep, now) or why_full(rep, by_form=by_form)

    def why_no_lead_by_hand(self, email: str, by: str | None = None) -> str | None:
        """Returns why no lead can be given to this person by hand; None if it can, maybe with warnings.

        A manager gets none, unless they take it themselves: they are then the one who gives it (`by`).
        """
        rep = self.rep(email)
        if rep is None:
            return "is not on the roster"
        return (_why_not_mailed(rep) if email == by else why_unreachable(rep)) or self.no_leads

    def warnings_by_hand(self, email: str, now: datetime, *, by_form: bool = False) -> tuple[str, ...]:
        """Returns what speaks against giving a lead to this person by hand now: hours, a leave, or their capacity."""
        rep = self.rep(email)
        whys = (self._why_not_there(rep, now), why_full(rep, by_form=by_form)) if rep else ()
        return tuple(f"{email} {why}" for why in whys if why)

    def counted(self, email: str) -> Counted | None:
        """Returns the counts of a rep who has room only because unaccepted offers by forms use none; else None."""
        rep = self.rep(email)
        if rep is None or rep.open_handoffs < rep.capacity:
            return None
        return rep.open_handoffs, rep.unaccepted_forms, rep.capacity

    def why_not_kept(self, email: str, now: datetime) -> str | None:
        """Returns why a rep cannot take a lead anew that they have already; it counts in what they hold."""
        rep = self.rep(email)
        if rep is None:
            return "is not on the roster"
        without = rep.model_copy(update={"open_handoffs": rep.open_handoffs - 1})
        return why_unreachable(rep) or self._why_not_there(rep, now) or why_full(without)

    def is_gone(self, email: str, now: datetime) -> bool:
        """Tells whether a rep is on leave, or no mail reaches them, so that a lead does not wait for their hours."""
        rep = self.rep(email)
        return rep is None or bool(why_unreachable(rep) or self._why_not_there(rep, now, at_any_hour=True))

    def time_zone_of(self, email: str) -> str | None:
        """Returns the time zone that a person works in; None if it is UTC, or not known."""
        rep = self.rep(email)
        try:
            zone = self.hours.zone(rep) if rep else "UTC"
        except _CANNOT_BE_COMPUTED:
            return None
        return None if zone == "UTC" else zone

    def next_at_work(self, rep: Rep, now: datetime) -> datetime | None:
        """Returns the first moment from now on at which a rep is at work; None if there is none in years."""
        try:
            return self.hours.next_at_work(rep, now)
        except _CANNOT_BE_COMPUTED:
            return None

    def _why_not_there(self, rep: Rep, now: datetime, *, at_any_hour: bool = False) -> str | None:
        """Returns why a rep is not at work; terms with which nothing can be computed exclude this rep, not the team."""
        try:
            return self.hours.why_away(rep, now) or (None if at_any_hour else self.hours.why_closed(rep, now))
        except _CANNOT_BE_COMPUTED:
            return _TERMS_UNREAD


ReadRoster = Callable[[str], Roster]
"""Reads the roster of a team by its name; passed where a command may not need it."""


def _why_no_leads(agreement: Agreement, team: str) -> str:
    if team in agreement.rosters:
        return "is in marketing, whose people get mail and no leads"
    return f"is on team {team}, which the agreement does not have any more"


def why_unreachable(rep: Rep) -> str | None:
    """Returns why this person can take no lead at any time; None if they can."""
    return "is a manager" if rep.role is not Role.REP else _why_not_mailed(rep)


def _why_not_mailed(rep: Rep) -> str | None:
    return _NOT_REACHED.get(rep.subscription) or (_TERMS_UNREAD if rep.unread_terms else None)


def why_full(rep: Rep, *, by_form: bool = False) -> str | None:
    """Returns why the rep has no room, such as `has 25 of at most 25 open leads`; None with room.

    A lead whom only forms know (`by_form`) needs room beside all open handoffs. Any other lead needs room beside those
    that somebody accepted, or that more than a form speaks of.
    """
    used = rep.open_handoffs - (0 if by_form else rep.unaccepted_forms)
    if used < rep.capacity:
        return None
    return f"has {used} of at most {rep.capacity} open leads"


def manager_addresses(roster: Roster) -> list[str]:
    """Returns the addresses of the managers that mail reaches."""
    return reached_by_mail(rep for rep in roster if rep.role is Role.MANAGER)


def reached_by_mail(people: Iterable[Rep]) -> list[str]:
    """Returns the addresses that mail reaches, sorted."""
    return sorted(rep.email for rep in people if rep.subscription in _GETS_MAIL)
