"""Folds the events of a history into a lead, one event at a time."""

from collections.abc import Iterable

from baton.domain.accounts.account import AccountMatch
from baton.domain.basics.facts import Instant
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.lead_events import (
    LeadHeldBack,
    LeadKeptFromSales,
    LeadLeftToReview,
    LeadQualified,
    LeadReleased,
    LeadUpdated,
    LeftLeadsTold,
    LookScheduled,
    LookTaken,
    NoteAdded,
    TargetAccountEngaged,
    TimerSet,
)
from baton.domain.events.merge_events import AddressChosen, LeadAbsorbed, LeadMerged, LeadRestored, LeadUnmerged
from baton.domain.events.recorded import Recorded
from baton.domain.events.review_events import (
    AnswerRequested,
    DutyEscalated,
    DutyReminded,
    LeadDisqualified,
    LeadParked,
    LeadReviewed,
    ReviewClaimed,
    ReviewRequested,
)
from baton.domain.events.signal_events import ConsentWithdrawn, LeadCaptured, ReleasedFromSpam, SignalRecorded
from baton.domain.history import consents, merged_view, trusted_facts
from baton.domain.history.duty_fold import duty_changes, review_changes
from baton.domain.history.handoff_fold import handoff_changes, offer_changes
from baton.domain.history.meetings_fold import meeting_changes
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import (
    Activity,
    ChosenAddress,
    EarlierRequest,
    Held,
    KeptFromSales,
    Lead,
    LeftToReview,
    Request,
    shown_message,
)
from baton.domain.leads.ownership import with_news
from baton.domain.leads.stage_and_status import Status


def fold(history: Iterable[Recorded]) -> Lead | None:
    """Returns the lead after a whole history, in order; None without events."""
    lead = None
    for recorded in history:
        lead = evolve(lead, recorded)
    return lead


def evolve(lead: Lead | None, recorded: Recorded) -> Lead:
    """Returns the lead after one more event.

    Raises:
        ValueError: a history does not begin with `LeadCaptured`, or the event has no rule.
    """
    if isinstance(recorded.event, LeadCaptured):
        return _captured(recorded, recorded.event)
    if lead is None:
        raise ValueError(f"a history begins with LeadCaptured, not with {recorded.event.type}")
    changes = _changes(lead, recorded)
    if recorded.timer_due_at:
        changes["timer"] = recorded.event_id
    changes |= {f"{name}_since": recorded.at for name in ("status", "stage") if _differs(lead, changes, name)}
    return lead.model_copy(update={**changes, "version": lead.version + 1, "updated_at": recorded.at})


def _differs(lead: Lead, changes: dict[str, object], name: str) -> bool:
    return name in changes and changes[name] is not getattr(lead, name)


def _captured(recorded: Recorded, event: LeadCaptured) -> Lead:
    return Lead(
        lead_id=recorded.lead_id,
        email=event.email,
        status=Status.SPAM if event.spam else Status.NURTURING,
        status_since=recorded.at,
        stage_since=recorded.at,
        channel=event.channel,
        source=event.source,
        campaign=event.campaign,
        disposable_address=event.disposable_address,
        agreement_version=event.agreement_version,
        version=1,
        created_at=recorded.at,
        updated_at=recorded.at,
    )


def _changes(lead: Lead, recorded: Recorded) -> dict[str, object]:
    match recorded.event:
        case SignalRecorded() as event:
            changes = _signal(lead, event, recorded)
        case ReleasedFromSpam() | NoteAdded() as event:
            changes = {"suspected_at": None} if isinstance(event, ReleasedFromSpam) else {}
        case ConsentWithdrawn() as event:
            changes = consents.withdrawn(lead, event.purposes, event.occurred_at, event.source)
            changes |= {"unsubscribed_at": event.occurred_at} if event.unsubscribed else {}
        case LeadUpdated() | LeadQualified() | TargetAccountEngaged() as event:
            changes = _learned(lead, event, recorded)
        case HandoffOffered() as event:
            changes = offer_changes(lead, event, recorded)
        case ReviewRequested() | LeadParked() | LeadDisqualified() | LeadReviewed() as event:
            changes = review_changes(lead, event, recorded)
        case AnswerRequested() | DutyReminded() | DutyEscalated() | ReviewClaimed() as event:
            changes = duty_changes(lead, event, recorded)
        case LeadMerged() | LeadUnmerged() | LeadAbsorbed() | LeadRestored() as event:
            changes = merged_view.merge_changes(lead, event, recorded)
        case AddressChosen() as event:
            at = event.told_at or recorded.at
            chosen = ChosenAddress(email=event.email, by=event.chosen_by, at=at, disposable=event.disposable)
            changes = {"chosen_address": chosen}
        case LeadKeptFromSales() | LeadLeftToReview() | LeftLeadsTold() as event:
            changes = _not_handed_over(lead, event, recorded)
        case LeadHeldBack() | LeadReleased() | LookScheduled() | LookTaken() | TimerSet() as event:
            changes = _waiting(event, recorded)
        case event:
            changes = handoff_changes(lead, event, recorded)
    return changes


def _learned(
    lead: Lead, event: LeadUpdated | LeadQualified | TargetAccountEngaged, recorded: Recorded
) -> dict[str, object]:
    """Returns the changes of an update by staff, of a qualification, or of a match with a target account."""
    match event:
        case LeadUpdated():
            account = {"account": event.account} if event.account or "account" in event.cleared else {}
            ended = tuple(name.removeprefix("consents.") for name in event.cleared if name.startswith("consents."))
            withdrawn = consents.withdrawn(lead, ended, recorded.at, recorded.by)
            known = _confirmed(lead, event, recorded)
            return {**trusted_facts.changes_from_staff(lead, event, recorded), **account, **withdrawn, **known}
        case LeadQualified():
            return {"stage": event.stage, "agreement_version": event.agreement_version}
        case _:
            match = AccountMatch.model_validate({"domain": event.account, "matched_by": event.matched_by})
            return {"account": match, "engaged_at": recorded.at, "engaged_by_form": event.by_form}


def _confirmed(lead: Lead, event: LeadUpdated | SignalRecorded, recorded: Recorded) -> dict[str, object]:
    """Returns the change of a lead of which somebody who is trusted speaks for the first time; otherwise none."""
    confirms = event.confirms or (isinstance(event, LeadUpdated) and event.speaker is not None)
    return {"confirmed_at": recorded.at} if confirms and lead.confirmed_at is None else {}


def _not_handed_over(
    lead: Lead, event: LeadKeptFromSales | LeadLeftToReview | LeftLeadsTold, recorded: Recorded
) -> dict[str, object]:
    """Returns the changes of a lead that is not handed over, and of one with which the account's owner was told."""
    if isinstance(event, LeadKeptFromSales):
        return {"kept": KeptFromSales(at=recorded.at, **event.model_dump(exclude={"type", "reasons"}))}
    before = lead.left_to_review
    if isinstance(event, LeftLeadsTold):
        return {"left_to_review": before and before.model_copy(update={"digest_at": None})}
    due = event.digest_at or (before.digest_at if before else None)
    left = LeftToReview(
        account=event.account, at=recorded.at, day=event.forms.day, asks=event.asks_for_a_person, digest_at=due
    )
    return {"left_to_review": left}


def _waiting(
    event: LeadHeldBack | LeadReleased | LookScheduled | LookTaken | TimerSet, recorded: Recorded
) -> dict[str, object]:
    """Returns the changes of a hold, of a scheduled look at the lead, or of a timer."""
    if isinstance(event, LeadReleased):
        return {"held": None}
    if isinstance(event, LookTaken):
        return {"look_at": None}
    if isinstance(event, TimerSet):
        return {"timer": recorded.event_id}
    changes: dict[str, object] = {"look_at": event.due_at, "timer": recorded.event_id}
    if isinstance(event, LeadHeldBack):
        changes["held"] = Held(
            by=recorded.by, at=recorded.at, reason=event.reason, until=event.due_at, verdict=event.verdict
        )
    return changes


def _signal(lead: Lead, event: SignalRecorded, recorded: Recorded) -> dict[str, object]:
    if event.spam:
        return {"suspected_at": recorded.at}
    at = event.occurred_at or recorded.at
    changes = trusted_facts.changes_from_signal(lead, event, recorded) | consents.given(lead, event, at)
    changes |= _confirmed(lead, event, recorded)
    if event.from_person:
        activity = Activity(at=at, kind=event.kind, content=event.content)
        changes["recent"] = merged_view.with_activities(lead.recent, activity)
    if event.came_to_us and not (lead.last_inbound_at and lead.last_inbound_at > at):
        changes["last_inbound_at"] = at
    if event.form:
        changes["unverified"] = event.unverified
    if lead.status is Status.SPAM:
        changes["status"] = Status.NURTURING
    if event.asks_for_a_person:
        changes["request"] = _request(lead, event, at, recorded.at)
    changes |= meeting_changes(lead, event.meeting, recorded.at)
    handoff = changes.get("handoff", lead.handoff)
    if event.news and isinstance(handoff, Handoff):
        news = with_news(handoff.news, event.news, recorded.at, told=event.tells_owner)
        changes["handoff"] = handoff.model_copy(update={"news": news})
    return changes


def _request(lead: Lead, event: SignalRecorded, at: Instant, now: Instant) -> Request:
    """Returns the lead's latest request, with the first that nobody has taken up. Before requests were counted
    (`asked`), only the latest was kept.
    """
    before, is_late = lead.request, event.asked > 0 and at != now
    message = event.message and shown_message(event.message)
    first = before.first or EarlierRequest(at=before.at, message=before.message) if before else None
    return Request(
        at=at,
        form=event.form or event.source,
        kind=event.kind,
        message=message or (before.message if before else None),
        profile=event.profile,
        arrived_at=now if is_late else None,
        first=first if event.asked > 1 else None,
        times=max(event.asked, 1),
    )
