"""Decides what follows from a lead's scores: a new stage, a review, an alert, or a scheduled look."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import takewhile

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.basics.points import points_text
from baton.domain.conditions.compiled_conditions import fact_names_in
from baton.domain.conditions.elapsed_time import begin_of
from baton.domain.events.handoff_events import HandoffOffered
from baton.domain.events.lead_events import (
    LeadLeftToReview,
    LeadQualified,
    LookScheduled,
    LookTaken,
    TargetAccountEngaged,
)
from baton.domain.events.recorded import Event
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.differing_words import differing_words, says_the_same
from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.leads.stage_and_status import NOT_JUDGED, STAGE_RANK, WITH_MARKETING, Stage, Status
from baton.domain.qualification.duty_opening import request_review
from baton.domain.qualification.triggers import (
    ENGAGEMENT_WINDOW,
    TargetAccount,
    branch_met,
    current_hold,
    due_handover,
    has_earned_again,
    quiet_period,
)
from baton.domain.scoring.fading import steps_to_come
from baton.domain.scoring.standing import Standing

MAX_MOMENTS = 400
"""The most future moments that are tried at once; with more, the lead is looked at again at the last of them."""


def account_engagement(
    lead: Lead, happened: Iterable[Event], target: TargetAccount | None, standing: Standing, now: datetime
) -> list[TargetAccountEngaged]:
    """Returns the event that a target account's lead came to us, once for each lead and quiet period.

    `happened` is everything in this command. The account's owner hears of it by this alone if the account is not in its
    quiet period, and the lead is not theirs, nor handed to them now. Of leads left to marketing they hear together.
    """
    events = list(happened)
    signal = next(
        (each for each in reversed(events) if isinstance(each, SignalRecorded) and _is_recent_visit(each, now)), None
    )
    left = any(isinstance(each, LeadLeftToReview) for each in events)
    if target is None or signal is None or left or standing.is_kept:
        return []
    account, quiet_since = target.account, now - quiet_period(target.account, standing)
    by_form = not signal.confirms
    if lead.account == target.match and _is_since(lead.engaged_at, quiet_since) and lead.engaged_by_form <= by_form:
        return []
    is_quiet = _is_since(account.alerted_at, quiet_since)
    is_quiet = is_quiet or (by_form and _is_since(account.alerted_by_form_at, quiet_since))
    has_it = lead.handoff is not None and lead.handoff.is_open and lead.handoff.owner == account.owner
    gets_it = any(isinstance(each, HandoffOffered) and each.owner == account.owner for each in events)
    alerts = account.owner is not None and not is_quiet and not has_it
    return [
        TargetAccountEngaged(
            account=account.domain,
            matched_by=target.match.matched_by,
            name=account.name,
            owner=account.owner,
            kind=signal.kind,
            alerts=alerts,
            quiet_since=quiet_since,
            tells_owner=alerts and not gets_it,
            by_form=by_form,
        )
    ]


def _is_since(moment: datetime | None, since: datetime) -> bool:
    return moment is not None and moment > since


def _is_recent_visit(signal: SignalRecorded, now: datetime) -> bool:
    lately = signal.occurred_at is None or now - signal.occurred_at <= ENGAGEMENT_WINDOW
    return signal.came_to_us and lately


def stage_reached(lead: Lead, standing: Standing) -> list[Event]:
    """Returns the event that the lead newly meets the definition of an SQL, or of an MQL."""
    if lead.status in NOT_JUDGED or standing.is_kept:
        return []
    card, moment = standing.card, standing.moment
    definitions = ((Stage.SQL, card.sql), (Stage.MQL, card.mql))
    for stage, holds in definitions:
        if holds and STAGE_RANK[stage] > STAGE_RANK[lead.stage] and holds(moment):
            why = (
                f"meets the definition in version {card.version} of the agreement",
                *(branch_met(standing) if stage is Stage.SQL else ()),
                f"score {points_text(standing.total)}",
            )
            return [LeadQualified(stage=stage, agreement_version=card.version, reasons=why)]
    return []


def review_requests(lead: Lead, standing: Standing, before: Lead | None, *, told_by_staff: bool = False) -> list[Event]:
    """Returns the request that marketing review an MQL without a handoff, or a parked or disqualified lead that woke
    early.

    Whom the agreement keeps from sales is not reviewed by these rules. A lead that a person has decided about is looked
    at again once it has earned enough since; one that did not fit, once a fact has changed because of which it may not
    have. `told_by_staff`: staff has entered facts just now.
    """
    now = datetime.fromtimestamp(standing.at / 1000, tz=UTC)
    return [
        request_review(lead, why, standing.card.agreement, standing.card.version, now)
        for why in _why_reviewed(lead, standing, before, told_by_staff=told_by_staff)
    ]


def _why_reviewed(lead: Lead, standing: Standing, before: Lead | None, *, told_by_staff: bool) -> list[str]:
    if standing.is_kept:
        return []
    if changed := _changed_facts(lead, standing, before):
        return [f"did not fit, and something has changed since: {', '.join(changed)}"]
    if holds := standing.card.wakes.get(lead.status.value):
        since = milliseconds(lead.status_since)
        anew = Standing(lead, standing.card, standing.tally, standing.at, standing.is_target, since)
        stayed = before is not None and before.status is lead.status
        woken = stayed and _is_new(standing, since, told_by_staff=told_by_staff) and holds(anew.moment)
        return [f"{lead.status.value}, and does what wakes such leads"] if woken else []
    if lead.status is not Status.NURTURING or standing.card.mql is None or not standing.card.mql(standing.moment):
        return []
    if not has_earned_again(lead, standing):
        return []
    return ["meets the definition of a marketing qualified lead"]


def _changed_facts(lead: Lead, standing: Standing, before: Lead | None) -> list[str]:
    """Returns the facts that changed since a lead was disqualified and that let the agreement reconsider it.

    What a late signal tells is known only now, whenever it was so. What is only kept beside a fact counts, too.
    """
    if lead.status is not Status.DISQUALIFIED or before is None or before.status is not Status.DISQUALIFIED:
        return []
    since, marks = milliseconds(lead.status_since), {fact: lead.learned.get(fact) for fact in standing.card.reconsider}
    changed = {fact for fact, mark in marks.items() if mark and (mark[0] > since or mark != before.learned.get(fact))}
    changed |= standing.card.reconsider & _said_otherwise_now(lead, before)
    return [fact.removeprefix(ATTRIBUTE).replace("_", " ") for fact in sorted(changed)]


def _said_otherwise_now(lead: Lead, before: Lead) -> set[str]:
    """Returns the facts on which somebody who may not replace them says what nobody had said before."""
    if lead.said == before.said:
        return set()
    had = [*differing_words(before)]
    new = [each for each in differing_words(lead) if each not in had]
    return {
        each.fact
        for each in new
        if not any(
            each.fact == other.fact and says_the_same(each.fact, each.word.value, other.word.value, lead)
            for other in had
        )
    }


def _is_new(standing: Standing, since: int, *, told_by_staff: bool) -> bool:
    """Tells whether the lead did anything after a time in milliseconds since 1970, or a fact became known that matters.

    Whatever staff enters matters. What a tool tells matters if the agreement's `wakes` tests it, or points for it.
    """
    lead = standing.lead
    if standing.tally.acted_at > since or (told_by_staff and any(at > since for at, _ in lead.learned.values())):
        return True
    asked = fact_names_in(standing.card.wake_conditions[lead.status.value])
    if asked & {"fit", "fit_band", "score"} and standing.learned_points(since) > 0:
        return True
    about = asked | set(BANT) if "bant" in asked else asked
    return any(at > since and ("persona" in asked or fact in about) for fact, (at, _) in lead.learned.items())


def schedule_look(lead: Lead, standing: Standing, target: TargetAccount | None, now: datetime) -> list[Event]:
    """Schedules a look at the time when a condition begins to hold without any event, unless one is scheduled."""
    if lead.status not in WITH_MARKETING or current_hold(lead, now):
        return []
    coming = moments_to_come(lead, standing, target)
    at = next((each for each in coming[:MAX_MOMENTS] if holds_at(lead, standing.moved(each), target)), None)
    if at is None and len(coming) <= MAX_MOMENTS:
        return []
    at = at or coming[MAX_MOMENTS - 1]
    due_at = datetime.fromtimestamp(at / 1000, tz=UTC)
    waiting = lead.look_at is not None and lead.timer is not None and now < lead.look_at <= due_at
    return [] if waiting else [LookScheduled(due_at=due_at)]


def moments_to_come(
    lead: Lead, standing: Standing, target: TargetAccount | None, until: int | None = None
) -> list[int]:
    """Returns the moments at which a condition may begin to hold for the lead without any event, in order.

    All are in milliseconds since 1970, after the standing's own, and up to `until` if that is given.
    """
    forgiven, by_time = _forgiven(standing.tally), _turning_points(standing)
    moments = _ends_of_windows(standing) | by_time | _lots(lead, standing)
    if forgiven:
        last = max((each for each in by_time if each > standing.at), default=standing.at)
        fading = sorted(_fading(standing, until))
        until_last, after = [each for each in fading if each <= last], [each for each in fading if each > last]
        without = standing.moved(standing.at, forgiven)
        moments |= {*until_last, *_as_long_as(lambda at: holds_at(lead, without.moved(at), target), after)}
    return sorted(each for each in moments if each > standing.at and (until is None or each <= until))


def take_look(lead: Lead, now: datetime) -> list[Event]:
    """Returns the event that ends a scheduled look, if its time has come."""
    return [LookTaken()] if lead.look_at and lead.look_at <= now else []


def holds_at(lead: Lead, then: Standing, target: TargetAccount | None) -> bool:
    """Tells whether a trigger holds at the moment of this standing, or the lead is to be reviewed."""
    moment = datetime.fromtimestamp(then.at / 1000, tz=UTC)
    return due_handover(lead, then, target, moment) is not None or bool(review_requests(lead, then, lead))


def _ends_of_windows(standing: Standing) -> set[int]:
    """Returns the moments at which a signal leaves the last days of a condition that may hold without it."""
    card, tally = standing.card, standing.tally
    moments = {end + within for counter, within in card.windows for end in counter.last_times(tally)}
    if card.asks_funnel:
        moments |= {last + card.memory for last in tally.stages.values()}
    return moments | ({tally.shifted_at + within for within in card.shifts} if tally.shifted_at else set())


def _lots(lead: Lead, standing: Standing) -> set[int]:
    """Returns the moment at which a lead drawn by lot is next due for sales, if the agreement draws any."""
    if "audit" not in standing.card.rules:
        return set()
    from baton.domain.qualification.audit import next_audit_moment  # noqa: PLC0415

    return {moment} if (moment := next_audit_moment(lead, standing)) else set()


def _turning_points(standing: Standing) -> set[int]:
    """Returns the moments at which a test of the lead's age or silence begins or ceases to hold."""
    known_since = milliseconds(standing.lead.created_at)
    return {
        begin_of(name, known_since, standing.tally) + length
        for name, lengths in standing.card.turning_points.items()
        for length in lengths
    }


def _as_long_as(holds: Callable[[int], bool], moments: Iterable[int]) -> list[int]:
    """Returns the moments up to the last at which a condition holds that never holds again once it fails."""
    ordered = sorted(moments)
    return ordered[: bisect_left(ordered, True, key=lambda moment: not holds(moment))]


def _forgiven(tally: SignalCounts) -> SignalCounts | None:
    """Returns the signal counts without points below zero; None if there are no such points."""
    if not any(award[1] < 0 for awards in tally.awards.values() for award in awards):
        return None
    without = SignalCounts.from_data(tally.as_data())
    without.awards = {rule: [each for each in awards if each[1] >= 0] for rule, awards in tally.awards.items()}
    return without


def _fading(standing: Standing, until: int | None) -> Iterator[int]:
    """Yields the moments at which negative points fade; points above zero only ever lower the score by fading."""
    for rule, awards in standing.tally.awards.items():
        terms = standing.card.engagement[rule]
        for award in awards:
            if award[1] < 0 and terms.step:
                steps = steps_to_come(award[0], standing.at, terms.step)
                yield from steps if until is None else takewhile(until.__ge__, steps)
            if award[1] < 0 and terms.expires_after:
                yield award[0] + terms.expires_after
