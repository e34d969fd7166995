"""Merges the facts of two leads of one person, and reads their histories as one."""

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.basics.facts import Instant
from baton.domain.events.merge_events import LeadAbsorbed, LeadMerged, LeadRestored, LeadUnmerged
from baton.domain.events.recorded import Recorded, event_number
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.consents import within_room, without_claims
from baton.domain.history.lead_facts import company_fact_name, milliseconds
from baton.domain.history.trusted_facts import merged_words
from baton.domain.leads.duty import MERGED
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.lead import Activity, Lead, LeftToReview, Request
from baton.domain.leads.merged_histories import GivenAway, MergedHistories, MergedPart
from baton.domain.leads.person_facts import SIZES, Company
from baton.domain.leads.stage_and_status import STAGE_RANK, Status
from baton.domain.meetings.meeting import with_meeting

MAX_RECENT = 20

Changes = dict[str, Any]
Histories = Sequence[tuple[MergedPart, Sequence[Recorded]]]


def merge_changes(
    lead: Lead, event: LeadMerged | LeadUnmerged | LeadAbsorbed | LeadRestored, recorded: Recorded
) -> Changes:
    """Returns the changed fields of either lead after a merge, or after its undoing."""
    number = event_number(recorded)
    match event:
        case LeadMerged():
            parts = tuple(part.model_copy(update={"since": number}) for part in event.parts)
            return merged_facts(lead, event.brought, number) | {"parts": (*lead.parts, *parts)}
        case LeadUnmerged():
            left = {"parts": event.parts, "ceded": event.ceded}
            return dict(event.known) | left | _chosen_among(lead.model_copy(update=left))
        case LeadAbsorbed():
            duty = lead.duty and lead.duty.closed(MERGED, recorded.by, recorded.at)
            return {"merged_into": event.into, "timer": None, "duty": duty}
        case LeadRestored():
            facts = dict(event.known) if event.known else {}
            parts = tuple(part.model_copy(update={"since": part.since or number}) for part in event.parts)
            status = {"status": Status.NURTURING} if event.is_no_spam else {}
            return facts | status | {"merged_into": None, "parts": parts, "duty": lead.duty and lead.duty.reopened()}


def merged_facts(lead: Lead, other: FactSnapshot, number: int) -> Changes:
    """Merges the facts of another lead into a lead: gaps are filled, and its own facts win unless one is trusted more.

    `number` is that of the merge event. Facts
    of the company are taken only if both leads have the same employer.
    """
    profile = _filled_in(lead.profile, other.profile)
    same_company = None in (lead.company.domain, other.company.domain) or lead.company.domain == other.company.domain
    company = _filled_in_company(lead.company, other.company) if same_company else {}
    answers = {need: answer for need, answer in other.bant.items() if need not in lead.bant}
    attributes = {name: value for name, value in other.attributes.items() if name not in lead.attributes}
    filled = [*profile, *map(company_fact_name, company), *answers, *(f"{ATTRIBUTE}{name}" for name in attributes)]
    learned = {fact: (other.learned[fact][0], number) for fact in filled if fact in other.learned}
    filled_in = {
        "profile": lead.profile.model_copy(update=profile),
        "company": lead.company.model_copy(update=company),
        "bant": {**answers, **lead.bant},
        "attributes": {**attributes, **lead.attributes},
    }
    by_trust, learned_so = merged_words(
        lead, other, lead.model_copy(update=filled_in), number, same_company=same_company
    )
    return {
        **filled_in,
        **by_trust,
        "learned": lead.learned | learned | learned_so,
        "stage": max(lead.stage, other.stage, key=STAGE_RANK.__getitem__),
        **_merged_consents(lead, other),
        "account": lead.account or other.account,
        "recent": with_activities(lead.recent, *other.recent),
        "request": _open_request(lead.request, other.request),
        "left_to_review": _left_to_review(lead.left_to_review, other.left_to_review),
        "meetings": reduce(with_meeting, other.meetings, lead.meetings),
        **{name: _later(getattr(lead, name), getattr(other, name)) for name in _LATER},
    }


def _left_to_review(own: LeftToReview | None, other: LeftToReview | None) -> LeftToReview | None:
    """Keeps that a lead was left to marketing, and plans the mail to the account's owner that either has planned."""
    if own is None or other is None or own.digest_at or own.account != other.account:
        return own or other
    return own.model_copy(update={"digest_at": other.digest_at})


_LATER = ("suspected_at", "engaged_at", "last_inbound_at", "decided_at", "confirmed_at")


def with_activities(recent: tuple[Activity, ...], *more: Activity) -> tuple[Activity, ...]:
    """Adds activities to a lead's recent ones in order of time, and keeps the last 20."""
    return tuple(sorted((*recent, *more), key=lambda each: each.at))[-MAX_RECENT:]


def _merged_consents(lead: Lead, other: FactSnapshot) -> Changes:
    """Keeps the latest consent for each purpose, and the later unsubscription unless a proven consent came after it."""
    both = [*other.consents.items(), *lead.consents.items()]
    consents = dict(sorted(both, key=lambda one: (one[1].at, not one[1].given)))
    left, wanted = (
        _later(getattr(lead, name), getattr(other, name)) for name in ("unsubscribed_at", "resubscribed_at")
    )
    proven = [each.at for each in consents.values() if each.given and not each.claimed]
    if left and not any(at > left for at in (*proven, *([wanted] if wanted else []))):
        consents = without_claims(consents)
    else:
        left = None
    return {"consents": within_room(consents), "unsubscribed_at": left, "resubscribed_at": wanted}


def _filled_in(stored: Any, given: Any) -> Changes:
    return {field: value for field, value in given if value is not None and getattr(stored, field) is None}


def _filled_in_company(stored: Company, given: Company) -> Changes:
    """Fills the gaps of a company; a size comes with how it was written, or not at all."""
    filled = _filled_in(stored, given.plain_facts().items())
    for name in SIZES:
        filled |= {} if stored.size(name) else given.size(name)
    return filled


def _later(one: Instant | None, other: Instant | None) -> Instant | None:
    return max(filter(None, (one, other)), default=None)


def _chosen_among(lead: Lead) -> Changes:
    """Returns the change of a lead whose chosen address has gone with another lead; otherwise none."""
    own = (lead.email, *(part.email for part in lead.parts))
    return {"chosen_address": None} if lead.chosen_address and lead.chosen_address.email not in own else {}


def _open_request(one: Request | None, other: Request | None) -> Request | None:
    """Returns the request that is not answered yet, else the later one."""
    return max(filter(None, (one, other)), key=lambda each: (not each.answered, each.at), default=None)


def merged_histories_of(lead: Lead) -> MergedHistories:
    """Returns the links of a lead to the histories of other leads."""
    return MergedHistories(into=lead.merged_into, parts=lead.parts, ceded=lead.ceded)


def merged_history(lead: Lead, own: Sequence[Recorded], others: Histories) -> list[Recorded]:
    """Returns a lead's own events and those of its merged parts, each signal once.

    A signal that both leads got before the merge counts once, at its earlier arrival. Repeats after the merge are
    refused by the repeat keys of both leads.
    """
    own = [each for each in own if not is_given_away(each, lead.ceded)]
    theirs = [each for part, history in others for each in history if is_in_part(each, part)]
    until = max((part.since for part in lead.parts), default=0)
    before = [each for each in own if event_number(each) < until]
    return [*_without_repeats([*before, *theirs]), *own[len(before) :]]


def is_in_part(recorded: Recorded, part: MergedPart) -> bool:
    """Tells whether an event of another lead's history is in the part that belongs to this lead."""
    meant = not part.only or getattr(recorded.event, "sent_to", None) in part.only
    return meant and part.after < event_number(recorded) <= part.until and not is_given_away(recorded, part.ceded)


def is_given_away(recorded: Recorded, ceded: Iterable[GivenAway]) -> bool:
    """Tells whether an event is a signal that an undone merge gave to another lead."""
    number = event_number(recorded)
    return isinstance(recorded.event, SignalRecorded) and any(
        each.after < number <= each.until and recorded.event.sent_to in each.sent_to for each in ceded
    )


def _without_repeats(history: list[Recorded]) -> list[Recorded]:
    """Drops signals that another lead of the history got as well, and earlier."""
    signals: dict[tuple[str | None, ...], str] = {}
    again = set[str]()
    for recorded in sorted(history, key=_arrival_order):
        event = recorded.event
        if not isinstance(event, SignalRecorded) or event.spam:
            continue
        names: list[tuple[str | None, ...]] = [("reference", event.reference)]
        names += [(event.source, event.form, event.message_id)] if event.message_id else []
        if any(signals.setdefault(name, recorded.lead_id) != recorded.lead_id for name in names):
            again.add(recorded.event_id)
    return [each for each in history if each.event_id not in again]


def _arrival_order(recorded: Recorded) -> tuple[int, str]:
    at = recorded.event.occurred_at if isinstance(recorded.event, SignalRecorded) else None
    return milliseconds(at or recorded.at), recorded.event_id
