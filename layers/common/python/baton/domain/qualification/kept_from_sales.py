"""Keeps from sales whom the agreement keeps: by a rule of `never`, or a wish for a person by the trigger's `unless`."""

from datetime import datetime

from baton.agreement.terms.rules import NeverRule
from baton.domain.events.lead_events import LeadKeptFromSales
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import LeadDisqualified
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import DORMANT, Status
from baton.domain.qualification.duty_opening import request_review
from baton.domain.qualification.handover_terms import Handover
from baton.domain.qualification.triggers import TargetAccount, due_handover, holding_trigger
from baton.domain.scoring.standing import Standing

UNLESS = "unless"
"""The rule by which a trigger's own `unless` keeps a lead back."""


def keep_from_sales(lead: Lead, standing: Standing, target: TargetAccount | None, now: datetime) -> list[Event]:
    """Returns what happens with a lead that a trigger would hand over, and that the agreement keeps from sales.

    It happens once for each rule and trigger, once more after a person's decision, and for each wish for a person.
    """
    rule = standing.kept_by
    if rule is None:
        return _unheard_wish(lead, standing, target, now)
    would = holding_trigger(lead, standing, target, now) if standing.is_kept else None
    return _kept(lead, rule, would, standing, now) if would else []


def _unheard_wish(lead: Lead, standing: Standing, target: TargetAccount | None, now: datetime) -> list[Event]:
    """Puts a wish for a person up for review that `unless` keeps back, if no other trigger hands the lead over."""
    if "consultation" not in standing.card.unless or due_handover(lead, standing, target, now):
        return []
    would = holding_trigger(lead, standing, target, now, heed_unless=False)
    if would is None or would.trigger != "consultation":
        return []
    agreed: NeverRule = {"id": UNLESS, "label": "asks for a person", "when": {}, "then": "review", "team": None}
    return _kept(lead, agreed, would, standing, now)


def _kept(lead: Lead, rule: NeverRule, would: Handover, standing: Standing, now: datetime) -> list[Event]:
    asked_at = lead.request.at if lead.request and would.trigger == "consultation" else None
    last = lead.kept if lead.kept and (lead.decided_at is None or lead.kept.at >= lead.decided_at) else None
    if last and (last.rule, last.trigger, last.request_at) == (rule["id"], would.trigger, asked_at):
        return []
    return [_told(rule, would, asked_at), *_sent_elsewhere(lead, rule, would, standing, now)]


def _told(rule: NeverRule, would: Handover, asked_at: datetime | None) -> LeadKeptFromSales:
    return LeadKeptFromSales(
        rule=rule["id"],
        label=rule["label"],
        trigger=would.trigger,
        then=rule["then"],
        request_at=asked_at,
        reasons=would.reasons,
    )


def sent_to_other_team(standing: Standing, handover: Handover) -> list[Event]:
    """Tells by which rule of `never` another team gets the lead; nothing if sales' team gets it."""
    rule = standing.kept_by
    if rule is None or not rule["team"]:
        return []
    return [_told(rule, handover, None)]  # the wish is not kept back


def _sent_elsewhere(lead: Lead, rule: NeverRule, would: Handover, standing: Standing, now: datetime) -> list[Event]:
    """Returns the event by which the lead goes where the rule says.

    Sales' closed leads stay closed, and one that marketing is reviewing stays with its reviewer.
    """
    if lead.status is Status.NURTURING and rule["then"] == "disqualify":
        return [LeadDisqualified(reason=rule["id"])]
    if rule["then"] == "review" and (lead.status is Status.NURTURING or lead.status in DORMANT):
        why = f"{would.reasons[0]}, and the agreement keeps it from sales: {rule['label']}"
        return [request_review(lead, why, standing.card.agreement, standing.card.version, now)]
    return []
