"""Limits the handoffs of a target account's leads whom only forms know, because anybody can send a form.

Nobody is lost: whoever is not handed over goes to marketing's review, the account's owner hears how many there were,
and as soon as somebody who is trusted confirms the person, the lead is handed over.
"""

from datetime import date, datetime, time, timedelta

from baton.domain.accounts.form_handoffs import FormHandoffs
from baton.domain.events.lead_events import LeadLeftToReview
from baton.domain.events.recorded import Event
from baton.domain.leads.lead import Lead
from baton.domain.qualification.duty_opening import request_review
from baton.domain.qualification.handover_terms import Handover
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.scoring.standing import Standing

FORM_HANDOFFS = 3
"""So many a day, where an agreement was signed before it could say how many."""


def handoffs_by_forms(standing: Standing) -> int:
    """Returns how many leads of one account, whom only forms know, are handed over on one day."""
    agreed = standing.card.rules.get("form_handoffs")
    return FORM_HANDOFFS if agreed is None else agreed


def counted(
    lead: Lead, handover: Handover, target: TargetAccount, standing: Standing, now: datetime
) -> Handover | list[Event]:
    """Returns the handover of a lead whom only forms know, counted for its account; or what happens instead.

    A lead that was left to marketing stays there until somebody confirms it, or it asks for a person for the first
    time, or on another day.
    """
    zone = standing.card.agreement.time_zone
    forms = (target.account.forms or FormHandoffs()).on(_day_of(now, zone))
    if lead.left_to_review and not _asks_anew(lead, zone):
        return []
    by_name = target.match.matched_by == "name" and handover.trigger == "target_account"
    if by_name and standing.card.rules.get("known_by_name") == "review":
        return _left(lead, handover, target, standing, forms, now, f"belongs to {_named(target)} by its name only")
    if forms.handed >= handoffs_by_forms(standing):
        many = f"{forms.handed} leads of {_named(target)} whom only forms know were handed over on {forms.day}"
        return _left(lead, handover, target, standing, forms, now, f"{many}; so many are agreed for a day")
    counts = {"by_form": True, "form_account": target.account.domain, "forms": forms.with_handoff()}
    return handover.model_copy(update=counts)


def _asks_anew(lead: Lead, zone: str) -> bool:
    """Tells whether a lead that was left to marketing has asked for a person since, or again on a later day."""
    left, request = lead.left_to_review, lead.request
    if left is None or request is None or request.answered:
        return False
    return not left.asks or _day_of(request.arrived_at or request.at, zone) > left.day


def _day_of(moment: datetime, zone: str) -> str:
    from zoneinfo import ZoneInfo  # few leads of target accounts are known by forms only  # noqa: PLC0415

    return moment.astimezone(ZoneInfo(zone)).date().isoformat()


def _named(target: TargetAccount) -> str:
    return f"the target account {target.account.domain}"


def _left(
    lead: Lead,
    handover: Handover,
    target: TargetAccount,
    standing: Standing,
    forms: FormHandoffs,
    now: datetime,
    why: str,
) -> list[Event]:
    account, card = target.account, standing.card
    asks = lead.request is not None and not lead.request.answered
    ends = _end_of(forms.day, card.agreement.time_zone)
    before = lead.left_to_review if lead.left_to_review and forms.has_untold(lead.left_to_review.at) else None
    asks_first = asks and not (before and before.asks)
    after = forms.with_left(now, ends, asks=asks_first, is_counted=before is not None)
    left = LeadLeftToReview(
        account=account.domain,
        trigger=handover.trigger,
        matched_by=target.match.matched_by,
        asks_for_a_person=asks,
        forms=after,
        digest_at=after.digest_at if _tells(forms, after) else None,
    )
    return [left, request_review(lead, why, card.agreement, card.version, now)]


def _tells(before: FormHandoffs, after: FormHandoffs) -> bool:
    """Tells whether a lead that is left keeps when the owner is told: the first one, and the second, fourth, eighth.

    Whichever looks first tells of all, so that the mail comes although a lead is erased.
    """
    return before.digest_at != after.digest_at or after.left.bit_count() == 1


def _end_of(day: str, zone: str) -> datetime:
    from zoneinfo import ZoneInfo  # as above  # noqa: PLC0415

    return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), ZoneInfo(zone))
