"""The consequences of a change under the agreement, in their order.

Count signals, note the account, unsubscribe, reopen, qualify, offer, review, keep from sales, alert, schedule a look.
"""

from datetime import datetime

from baton.domain.events.handoff_events import HandoffOffered, HandoffRated
from baton.domain.events.lead_events import LeadReleased, LeadUpdated, LeftLeadsTold
from baton.domain.events.merge_events import LeadMerged, LeadUnmerged
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import LeadReviewed
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.handoffs import offering
from baton.domain.history.change import Change
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.lead import Lead
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification import assessment, triggers
from baton.domain.qualification.handover_terms import Handover
from baton.domain.qualification.kept_from_sales import keep_from_sales, sent_to_other_team
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import ReadHistory, counts_after
from baton.domain.scoring.standing import Standing, basis_of, facts_of
from baton.domain.signals.unsubscribing import withdraw_consents
from baton.domain.teams.roster import ReadRoster, Roster

AGREED = "agreement"
"""The author of these events in the history."""

_NEWS = SignalRecorded | LeadUpdated | LeadMerged
_BY_HAND = (LeadMerged, LeadUnmerged, LeadReleased, LeadReviewed)
"""A colleague has decided this of the lead."""


def may_follow(change: Change) -> bool:
    """Returns whether a change can have consequences.

    It has none while sales works on a lead of which nothing new is known, nor does a rating of a returned lead.
    """
    if change.happened and all(isinstance(event, HandoffRated) for event in change.happened):
        return False
    stays = change.after is not None and change.after.status is Status.WITH_SALES
    return not stays or any(isinstance(event, _NEWS) for event in change.happened)


def with_consequences(
    change: Change,
    card: Scorecard,
    target: TargetAccount | None,
    now: datetime,
    *,
    history: ReadHistory,
    roster: ReadRoster,
    is_target: bool | None = None,
) -> Change:
    """Returns the change with all its consequences.

    Args:
        change: the events that a command has decided on.
        card: the rules of the agreement in force.
        target: the target account that the lead belongs to, if its company is on the list; its trigger may hold.
        now: the time of the command.
        history: reads the lead's events before the change; called only if signals have to be counted again.
        roster: reads the roster of a team; called only if the lead is handed over.
        is_target: whether rules take the company for a target account; given where the list was not read.
    """
    change, standing = decided(change, card, target, now, history=history, roster=roster, is_target=is_target)
    if change.after is None or standing is None:
        return change
    standing = _standing(change, card, standing.tally, standing.is_target, now, standing)
    later = assessment.schedule_look(change.after, standing, _as_counted(target, change), now)
    return change.then(later or assessment.take_look(change.after, now), now, AGREED)


def decided(
    change: Change,
    card: Scorecard,
    target: TargetAccount | None,
    now: datetime,
    *,
    history: ReadHistory,
    roster: ReadRoster,
    is_target: bool | None = None,
) -> tuple[Change, Standing | None]:
    """Returns the change with its consequences but for looks, and the lead's standing before the last of them.

    A replay, which knows what comes next, looks at the lead by itself. The arguments are those of `with_consequences`;
    without a lead there is no standing.
    """
    is_target = target is not None if is_target is None else is_target
    target = _as_counted(target, change)
    told_by_staff = any(isinstance(event, LeadUpdated | LeadMerged) for event in change.happened)
    tally = counts_after(change, card, history)
    change = change.with_counts(tally)
    if tally is None or change.after is None:
        return change, None
    change = change.then([*_noted(change.after, target), *withdraw_consents(change, card)], now, AGREED)
    standing = _standing(change, card, tally, is_target, now)
    if reopened := _reopened(change, standing, target, roster, now):
        change = change.then(reopened, now, change.events[0].by)
        standing = _standing(change, card, tally, is_target, now)
    while risen := assessment.stage_reached(standing.lead, standing):
        change = change.then(risen, now, AGREED)
        tally = _in_step(change, tally, card, history)
        change = change.with_counts(tally)
        standing = _standing(change, card, tally, is_target, now)
    by_hand = any(isinstance(event, _BY_HAND) for event in change.happened)
    offered, review = _offered(standing, target, now, roster, by_hand=by_hand), list[Event]()
    if not offered:
        lead, before = standing.lead, change.before
        review = assessment.review_requests(lead, standing, before, told_by_staff=told_by_staff)
    if review:
        standing = _standing(change.then(review, now, AGREED), card, tally, is_target, now)
        # who has woken may have crossed in their sleep
        offered = _offered(standing, target, now, roster, by_hand=by_hand)
    kept = [] if offered else keep_from_sales(standing.lead, standing, target, now)
    alerts = assessment.account_engagement(standing.lead, [*change.happened, *offered], target, standing, now)
    change = change.then([*alerts, *review, *offered, *kept], now, AGREED)
    if change.after:
        change = change.then(offering.leave_forms_line(change.after), now, AGREED)
    return change, standing


def _in_step(change: Change, tally: SignalCounts, card: Scorecard, history: ReadHistory) -> SignalCounts:
    """Counts signals again if a consequence changed what they are worth, such as the lead's stage."""
    if change.after is None or basis_of(facts_of(change.after, card), card) == tally.basis:
        return tally
    return counts_after(change, card, history) or tally


def _offered(
    standing: Standing, target: TargetAccount | None, now: datetime, roster: ReadRoster, *, by_hand: bool
) -> list[Event]:
    """Offers the lead if a trigger holds; `by_hand`: a colleague acts on the lead, so nobody need confirm it."""
    handover = triggers.due_handover(standing.lead, standing, target, now)
    if handover is None:
        return []
    if not by_hand and not standing.lead.is_confirmed:
        counted = _by_form(handover, standing, target, now)
        if isinstance(counted, list):
            return counted
        handover = counted
    if handover.trigger == "audit":
        return _offered_by_lot(handover, standing, roster, now)
    offered = offering.offer(standing.lead, handover, standing.card.version, roster(handover.terms.team), now)
    return [*sent_to_other_team(standing, handover), *offered]


def _offered_by_lot(handover: Handover, standing: Standing, roster: ReadRoster, now: datetime) -> list[Event]:
    """Offers a lead that was drawn to a rep who has time; without one it stays where it is, and waits in no line."""
    from baton.domain.teams.spare_capacity import with_spare_capacity  # few agreements have it  # noqa: PLC0415

    reps = with_spare_capacity(roster(handover.terms.team))
    offered = offering.offer(standing.lead, handover, standing.card.version, reps, now)
    has_owner = any(isinstance(each, HandoffOffered) and each.owner for each in offered)
    return [*sent_to_other_team(standing, handover), *offered] if has_owner else []


def _reopened(
    change: Change, standing: Standing, target: TargetAccount | None, roster: ReadRoster, now: datetime
) -> list[Event]:
    """Reopens the handoff of a lead that asked for a person again after contact was made."""
    if not any(isinstance(event, SignalRecorded) and event.asks_for_a_person for event in change.happened):
        return []
    from baton.domain.handoffs import reassignment, reassignment_team  # few ask for a person  # noqa: PLC0415

    handoff = reassignment.contacted_handoff(change.after)
    if handoff is None:
        return []
    reads = reassignment_team.RosterReads(
        roster=lambda team: roster(team) if team else Roster(),
        standing=lambda: (standing, target),
        teams_of=lambda *_: (),
    )

    def elsewhere() -> Roster:
        return reassignment_team.reassignment_roster(standing.lead, standing.card.agreement, reads)

    return reassignment.reopen(handoff, roster(handoff.team), elsewhere, now)


def _by_form(
    handover: Handover, standing: Standing, target: TargetAccount | None, now: datetime
) -> Handover | list[Event]:
    """Returns the handover of a lead whom only forms know; those of a target account are limited."""
    if target is None:
        return handover.model_copy(update={"by_form": True})
    from baton.domain.qualification import unconfirmed_leads  # few leads are of a target account  # noqa: PLC0415

    return unconfirmed_leads.counted(standing.lead, handover, target, standing, now)


def _as_counted(target: TargetAccount | None, change: Change) -> TargetAccount | None:
    """Returns the target account with the counts of forms after this command, if it has told its owner of them."""
    told = [each.forms for each in change.happened if isinstance(each, LeftLeadsTold) and each.forms]
    if target is None or not told:
        return target
    return target._replace(account=target.account.model_copy(update={"forms": told[-1]}))


def _noted(lead: Lead, target: TargetAccount | None) -> list[Event]:
    """Notes the account of a lead that is known by its company's name only, so that its next signal finds it."""
    if target is None or target.match.matched_by != "name" or lead.account == target.match:
        return []
    return [LeadUpdated(fields=("account",), account=target.match)]


def _standing(
    change: Change,
    card: Scorecard,
    tally: SignalCounts,
    is_target: bool,
    now: datetime,
    known: Standing | None = None,
) -> Standing:
    """Returns the standing of the lead after a change; `known` is that of before, which stays if nothing happened."""
    if change.after is None:
        raise ValueError("there is no lead")
    if known and known.lead is change.after:
        return known
    return Standing(change.after, card, tally, milliseconds(now), is_target)
