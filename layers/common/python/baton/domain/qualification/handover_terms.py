"""The terms of a handover: clause, territory, team and calendar of the agreement, and who is preferred as owner."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from baton.agreement.terms.calendars import Calendar
from baton.agreement.terms.rules import NeverRule
from baton.agreement.terms.teams_and_territories import Territory
from baton.agreement.terms.trigger_terms import Trigger, TriggerTerms
from baton.domain.accounts.form_handoffs import FormHandoffs
from baton.domain.basics.facts import Fact
from baton.domain.events.recorded import event_id_of
from baton.domain.leads.handoff import FULL_SCORE, Evidence, Handoff
from baton.domain.leads.routing_choice import Preference
from baton.domain.meetings.meeting import next_meeting
from baton.domain.qualification.company_of_lead import company_of
from baton.domain.scoring.standing import LedgerEntry, Standing
from baton.domain.terms.kept_terms import HandoffTerms
from baton.domain.terms.terms_from_agreement import handoff_terms

MAX_EVIDENCE = 12
HOLIDAY_HORIZON = timedelta(days=400)
"""The time ahead for which the holidays of a calendar are stored with a handoff."""
HAD_IT_BEFORE = "had the lead before"
HOSTS_MEETING = "hosts the meeting that is booked"
BY_COMPANY = "company"


class Handover(Fact):
    """A trigger that holds: its reasons, the entries of the score behind it, and the terms agreed for it.

    `preferred` should get the lead before anybody else on the team; with `by_company`, the rep who has the leads of its
    `company` comes next. `verdict` is what the rules said when a person hands the lead over. `by_form`: only
    forms know the lead; its account's counts after it are `forms`. `probability` is that of its lot, if it was drawn.
    """

    trigger: str
    reasons: tuple[str, ...]
    terms: HandoffTerms
    evidence: tuple[Evidence, ...] = ()
    score: float | None = None
    full_score: int = FULL_SCORE
    persona: str | None = None
    territory: str | None = None
    preferred: tuple[Preference, ...] = ()
    by_company: bool = False
    company: str | None = None
    verdict: tuple[str, ...] = ()
    by_form: bool = False
    form_account: str | None = None
    forms: FormHandoffs | None = None
    probability: float | None = None


def handover(
    trigger: str, reasons: Sequence[str], standing: Standing, preferred: Sequence[Preference] = ()
) -> Handover:
    """Returns the handover that is agreed for a trigger and the lead's territory.

    The lead goes first to the host of its next meeting, then to those `preferred`, then, if the clause is sticky, to
    its last owner, or its company's rep.
    """
    other = instead_of_sales(standing) if trigger != "manual" else None
    name, territory = _clause_name(trigger, standing), None if other else territory_of(standing)
    sticky = standing.card.agreement.handoffs[name].sticky
    elsewhere = (f"goes to team {other['team']} instead of sales: {other['label']}",) if other else ()
    return Handover(
        trigger=trigger,
        reasons=(*reasons, *elsewhere),
        terms=_terms(name, territory, standing, other["team"] if other else None),
        evidence=evidence(standing),
        score=standing.total / 100,
        full_score=standing.card.top,
        persona=standing.counted_persona,
        territory=territory.id if territory else None,
        preferred=(*_hosts(standing), *preferred, *(_former_owner(standing) if sticky else ())),
        by_company=sticky == BY_COMPANY,
        company=company_of(standing.lead) if sticky == BY_COMPANY else None,
    )


def of_account(handed: Handover, domain: str, matched_by: str) -> Handover:
    """Returns the handover with a target account as the lead's company, if companies matter; a name tells of none."""
    known = handed.by_company and matched_by != "name"
    return handed.model_copy(update={"company": domain}) if known else handed


def handover_to_other_team(
    handoff: Handoff, standing: Standing, preferred: Sequence[Preference] = (), team: str | None = None
) -> Handover:
    """Returns the terms for a lead of sales that moves to another team: the `team` chosen, or the one agreed now.

    It goes first to those `preferred`, then, if the clause is sticky, to its owner before this handoff. Who has had it
    in this handoff is left out.
    """
    other = None if team else instead_of_sales(standing)
    name, territory = _clause_name(handoff.trigger, standing), None if other else territory_of(standing)
    team = other["team"] if other else team
    former = [each for each in handoff.routing.preferred if each.because == HAD_IT_BEFORE]
    first = (*preferred, *(former if standing.card.agreement.handoffs[name].sticky else ()))
    return Handover(
        trigger=handoff.trigger,
        reasons=handoff.reasons,
        terms=_terms(name, territory, standing, team),
        territory=territory.id if territory else None,
        preferred=tuple(each for each in first if each.rep not in handoff.had_it),
    )


def instead_of_sales(standing: Standing) -> NeverRule | None:
    """Returns the rule of `never` by which another team gets the lead instead of sales."""
    return standing.kept_by if standing.kept_by and standing.kept_by["team"] else None


def territory_of(standing: Standing) -> Territory | None:
    """Returns the territory that the lead belongs to: the first whose condition holds."""
    return next((territory for holds, territory in standing.card.territories if holds(standing.moment)), None)


def evidence(standing: Standing) -> tuple[Evidence, ...]:
    """Returns the entries of the ledger that count most, as they are stored with a handoff."""
    lines = sorted((line for line in standing.ledger() if line.points), key=lambda line: (-abs(line.points), -line.at))
    return tuple(_as_evidence(line, standing.lead.lead_id) for line in lines[:MAX_EVIDENCE])


def _clause_name(trigger: str, standing: Standing) -> Trigger:
    """Returns the clause for a trigger: for a handover by hand that of the score, otherwise that of a consultation."""
    names = (trigger, "score", "sql", "consultation") if trigger == "manual" else (trigger, "consultation")
    return min((name for name in standing.card.agreement.handoffs if name in names), key=names.index)


def _terms(name: Trigger, territory: Territory | None, standing: Standing, chosen: str | None = None) -> HandoffTerms:
    """Returns the terms of a clause, with the clocks of the first `sooner` that holds.

    The team is the one chosen, or else that of the territory, or else that of the clause.
    """
    clause: TriggerTerms = standing.card.agreement.handoffs[name]
    instead = next((sooner for holds, sooner in standing.card.sooner[name] if holds(standing.moment)), None)
    team = chosen or (territory.team if territory else None) or clause.team
    appointments = standing.card.agreement.appointments
    terms = handoff_terms(clause, instead, *_calendar(clause, team, standing), appointments)
    return terms.model_copy(update={"team": team})


def _hosts(standing: Standing) -> tuple[Preference, ...]:
    """Returns the hosts of the lead's next meeting: they have it in their calendar already."""
    meeting = next_meeting(standing.lead.meetings, datetime.fromtimestamp(standing.at / 1000, tz=UTC))
    return tuple(Preference(rep=host, because=HOSTS_MEETING) for host in meeting.hosts) if meeting else ()


def _former_owner(standing: Standing) -> tuple[Preference, ...]:
    last = standing.lead.handoff
    if last is None or last.owner is None:
        return ()
    return (Preference(rep=last.owner, because=HAD_IT_BEFORE),)


def _calendar(clause: TriggerTerms, team: str, standing: Standing) -> tuple[Calendar | None, str | None]:
    """Returns the calendar of the clause, or else of the team, and its name.

    Its holidays are cut to those that a new clock may meet.
    """
    agreement = standing.card.agreement
    name = clause.calendar or (agreement.teams[team].calendar if team in agreement.teams else None)
    calendar = agreement.calendars.get(name or "")
    if calendar is None:
        return None, None
    today = datetime.fromtimestamp(standing.at / 1000, tz=UTC).date()
    return calendar.trimmed(today - timedelta(days=7), today + HOLIDAY_HORIZON), name


def _as_evidence(line: LedgerEntry, lead_id: str) -> Evidence:
    at = datetime.fromtimestamp(line.at / 1000, tz=UTC)
    signal = event_id_of(lead_id, line.event) if line.event else None
    return Evidence(rule=line.rule, points=line.points / 100, at=at, signal=signal)
