"""Shows teams in answers of the API: reps, why one gets no leads, whose turn it is, and how many leads wait."""

from datetime import datetime

from baton.agreement.terms.agreement import Agreement
from baton.aws.web.json_view import View
from baton.domain.leads.routing_choice import NO_TERRITORY
from baton.domain.teams import managers
from baton.domain.teams.reps import Rep, Subscription
from baton.domain.teams.roster import Pool, Roster
from baton.domain.teams.turns import LEAD
from baton.domain.terms.agreed_labels import team_label


def team_name(name: str, agreement: Agreement) -> View:
    """Shows an agreed team: its label and its department."""
    department = "marketing" if name == agreement.marketing.team else "sales"
    return {"team": name, "label": team_label(name, agreement), "department": department}


def team_view(name: str, agreement: Agreement) -> View:
    """Shows an agreed team: its label, its department, whether it gets leads, and what is usual for its people."""
    team = agreement.rosters[name]
    return {
        **team_name(name, agreement),
        "gets_leads": agreement.gives_leads_to(name),
        "calendar": team.calendar,
        "reps": team.reps.model_dump(mode="json"),
    }


def rep_view(rep: Rep, team: str, agreement: Agreement, now: datetime) -> View:
    """Shows a rep: their terms, and whether they get leads now or why not."""
    return _rep_view(rep, Roster((rep,)).under(agreement, team), now)


def rep_summary(rep: Rep, roster: Roster, now: datetime) -> View:
    """Shows a rep of a roster under its agreement: who it is, how many leads they may hold, and why they get none."""
    return {"email": rep.email, "role": rep.role, "capacity": rep.capacity, **_whether_leads_come(rep, roster, now)}


def changed_rep_view(email: str, roster: Roster, team: str, agreement: Agreement, now: datetime) -> View:
    """Shows a rep after a change, with the warnings about the team."""
    changed = [rep_view(rep, team, agreement, now) for rep in roster if rep.email == email]
    return {**changed[0], "warnings": managers.warnings(roster, team, agreement)}


def roster_view(team: str, roster: Roster, agreement: Agreement, now: datetime) -> View:
    """Shows the reps of a team who were not removed, for each territory its turns and waiting leads, and warnings."""
    roster = roster.under(agreement, team)
    here = (rep for rep in roster if rep.subscription is not Subscription.REMOVED)
    pools = [_pool_view(name, pool) for name, pool in sorted(roster.pools.items())]
    return {
        "reps": [_rep_view(rep, roster, now) for rep in here],
        "turns": pools,
        "warnings": managers.warnings(roster, team, agreement),
    }


def _rep_view(rep: Rep, roster: Roster, now: datetime) -> View:
    shown = rep.model_dump(mode="json", by_alias=True, exclude={"subscription_arn"})
    return {**shown, **_whether_leads_come(rep, roster, now)}


def _whether_leads_come(rep: Rep, roster: Roster, now: datetime) -> View:
    why = roster.why_no_lead(rep, now)
    return {"gets_leads": why is None, "why_not": why}


def _pool_view(name: str, pool: Pool) -> View:
    """Shows whose turn it is: `behind` is how many leads a rep is behind their share; it is negative ahead of it."""
    behind = {email: round(owed / LEAD, 2) for email, owed in sorted(pool.owed.items(), key=lambda one: -one[1])}
    return {"territory": None if name == NO_TERRITORY else name, "waiting": pool.waiting, "behind": behind}
