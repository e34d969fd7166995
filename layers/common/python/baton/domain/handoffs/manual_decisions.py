"""Decisions of a person against, or ahead of, the rules: to hand a lead over, to hold it back, to release it.

The rules' verdict is stored beside the reason, so that the agreement can be compared with what people did.
"""

from datetime import datetime, timedelta

from baton.domain.basics.days import DayOrMoment, begin_of
from baton.domain.basics.facts import Fact, Staff
from baton.domain.basics.moments import local_date_text
from baton.domain.basics.points import points_text
from baton.domain.basics.refusals import NotOnRoster, Refused
from baton.domain.basics.staff_addresses import GivenAddress
from baton.domain.conditions.condition_wording import missing_in_words
from baton.domain.events.lead_events import LeadHeldBack, LeadReleased
from baton.domain.events.recorded import Event
from baton.domain.handoffs import offering
from baton.domain.handoffs.handoff_owner import REPEAT_WINDOW
from baton.domain.leads.lead import Lead
from baton.domain.leads.routing_choice import Preference
from baton.domain.leads.stage_and_status import OPEN_TO_TRIGGERS, WITH_MARKETING, Status
from baton.domain.qualification.explanation import score_missing
from baton.domain.qualification.handover_terms import handover, of_account
from baton.domain.qualification.triggers import TargetAccount, current_hold, due_handover
from baton.domain.scoring.standing import Standing
from baton.domain.teams.roster import ReadRoster

MAX_HOLD = timedelta(days=360)

RulesVerdict = tuple[str, ...]


class HandOverRequest(Fact):
    """A request to hand a lead over, with its reason, and the new owner if one is named."""

    reason: str
    owner: GivenAddress | None = None


class HoldRequest(Fact):
    """A request to hold a lead back from sales, with its reason, and until when if not as long as agreed."""

    reason: str
    until: DayOrMoment | None = None


class WrongDate(Refused):
    """The date until which a lead is to be held back is past, or too far away."""


def hand_over(
    lead: Lead,
    given: HandOverRequest,
    by: Staff,
    standing: Standing,
    target: TargetAccount | None,
    rosters: ReadRoster,
    now: datetime,
) -> list[Event]:
    """Hands a lead over against or with the rules; the reason and the rules' verdict are stored with it.

    The same request of the same person within ten minutes is ignored.

    Raises:
        Refused: sales has it already.
        NotOnRoster: the person named cannot take it.
    """
    why = f"handed over by {by.email}: {given.reason}"
    if lead.status is Status.WITH_SALES:
        return _already_with_sales(lead, given, why, now)
    verdict = rules_verdict(standing, target, now)
    named = [Preference(rep=given.owner, because=f"named by {by.email}", at_any_hour=True)] if given.owner else []
    handed = handover("manual", (why, *verdict), standing, named).model_copy(update={"verdict": verdict})
    handed = of_account(handed, target.account.domain, target.match.matched_by) if target else handed
    roster = rosters(handed.terms.team)
    if given.owner and (why_not := roster.why_no_lead_by_hand(given.owner)):
        raise NotOnRoster(f"{given.owner} {why_not}; choose somebody else, or leave `owner` out")
    return offering.offer(lead, handed, standing.card.version, roster, now)


def _already_with_sales(lead: Lead, given: HandOverRequest, why: str, now: datetime) -> list[Event]:
    handoff = lead.handoff
    if handoff is None:
        raise Refused("sales has it already")
    told_before = handoff.trigger == "manual" and handoff.reasons[0] == why and given.owner in (None, handoff.owner)
    if told_before and now - handoff.offered_at < REPEAT_WINDOW:
        return []
    held_by = handoff.owner or "nobody yet"
    raise Refused(f"sales has it already (handoff {handoff.handoff_id}, owner: {held_by}); reassign that one instead")


def hold(
    lead: Lead, wanted: HoldRequest, by: Staff, standing: Standing, target: TargetAccount | None, now: datetime
) -> list[Event]:
    """Holds a lead back from sales, unless it asks for a person.

    The same hold again is ignored; another one replaces it.

    Raises:
        Refused: sales has it, or it is parked, disqualified or spam.
        WrongDate: the date is past, or more than 360 days away.
    """
    if lead.status not in OPEN_TO_TRIGGERS:
        raise Refused(_why_not_held(lead))
    wanted_until = begin_of(wanted.until, standing.card.agreement.time_zone) if wanted.until else None
    if _held_already(lead, wanted.reason, wanted_until, by, now):
        return []
    until = wanted_until or now + min(timedelta(seconds=standing.card.rules["hold_for"]), MAX_HOLD)
    if not now < until <= now + MAX_HOLD:
        raise WrongDate(f"must be in the future, and at most {MAX_HOLD.days} days from now")
    return [LeadHeldBack(reason=wanted.reason, due_at=until, verdict=rules_verdict(standing, target, now))]


def _why_not_held(lead: Lead) -> str:
    if lead.status is Status.WITH_SALES:
        owner = lead.handoff.owner if lead.handoff and lead.handoff.owner else "nobody yet"
        return f"sales has it (owner: {owner}); let sales return it instead"
    return f"it is {lead.status.value.replace('_', ' ')} and goes to sales only if it asks for a person"


def _held_already(lead: Lead, reason: str, until: datetime | None, by: Staff, now: datetime) -> bool:
    held = current_hold(lead, now)
    if held is None or (held.by, held.reason) != (by.email, reason):
        return False
    return held.until == until if until else now - held.at < REPEAT_WINDOW


def release(lead: Lead) -> list[Event]:
    """Ends a hold; if a trigger holds, the lead is handed over now."""
    return [LeadReleased()] if lead.held else []


def rules_verdict(standing: Standing, target: TargetAccount | None, now: datetime) -> RulesVerdict:
    """Returns what the rules say about a handover now without the hold: the reasons for it, or what is missing."""
    lead = standing.lead
    crossing = due_handover(lead.model_copy(update={"held": None}), standing, target, now)
    if crossing:
        verdict = (f"the rules would hand it over ({crossing.trigger}): {crossing.reasons[0]}", *crossing.reasons[1:])
    else:
        verdict = ("the rules would not hand it over", *_missing(standing))
    if rule := standing.kept_by:
        kept = "keeps it from sales" if standing.is_kept else f"gives it to team {rule['team']} instead of sales"
        verdict = (*verdict, f"warning: the agreement {kept}: {rule['label']}")
    held = current_hold(lead, now)
    if held is None:
        return verdict
    until = local_date_text(held.until, standing.card.agreement.time_zone)
    return (*verdict, f"held back by {held.by} until {until}: {held.reason}")


def _missing(standing: Standing) -> RulesVerdict:
    lead, card = standing.lead, standing.card
    missing = []
    if lead.status not in WITH_MARKETING:
        missing.append(f"it is {lead.status.value.replace('_', ' ')}")
    if "score" in card.agreement.handoffs:
        short = score_missing(standing)
        missing.append(f"score {points_text(standing.total)} of {standing.threshold}{f': {short}' if short else ''}")
    if card.sql and "sql" in card.agreement.handoffs:
        lacks = missing_in_words(card.rules["sql"] or {}, standing.moment, card.counters)
        missing += [f"SQL lacks {lack}" for lack in lacks]
    return tuple(missing)
