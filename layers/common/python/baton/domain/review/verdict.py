"""Marketing's verdict on a lead in review, and the events that follow from it."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from baton.domain.basics.days import DayOrMoment, begin_of
from baton.domain.basics.facts import Fact, Staff
from baton.domain.basics.moments import local_date_text, moment_text
from baton.domain.basics.refusals import Refused, WrongField
from baton.domain.events.lead_events import LeadQualified
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import LeadDisqualified, LeadParked, LeadReviewed
from baton.domain.handoffs import offering
from baton.domain.handoffs.handoff_owner import REPEAT_WINDOW
from baton.domain.leads.duty import Review, Verdict
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import NOT_FOR_REVIEW, STAGE_RANK, Stage, Status
from baton.domain.qualification.duty_opening import parked_until
from baton.domain.qualification.handover_terms import handover
from baton.domain.qualification.triggers import current_hold
from baton.domain.review.checklist import AnsweredQuestion, answered_checklist
from baton.domain.scoring.standing import Standing
from baton.domain.teams.roster import ReadRoster

AnsweredChecklist = Sequence[AnsweredQuestion]


class ReviewRefused(Refused):
    """The lead is not up for review, was reviewed just now, or the checklist does not allow the verdict."""


class ReviewSubmission(Fact):
    """A reviewer's verdict, with answers to the checklist, a date to review it again, or a reason."""

    verdict: Verdict
    answers: dict[str, bool] = Field(default_factory=dict)
    review_on: DayOrMoment | None = None
    reason: str | None = None


def review(
    lead: Lead, submission: ReviewSubmission, by: Staff, standing: Standing, rosters: ReadRoster, now: datetime
) -> list[Event]:
    """Returns the events that follow from a verdict, whether the lead was up for review or not.

    A good fit, with a yes to every needed question, goes to sales. Bad timing parks it: until the date given, or the
    one it has, or as long as agreed. A bad fit is disqualified. A lead that is not ready is nurtured. Each ends
    marketing's open duty. The same verdict of the same person within ten minutes is ignored, unless a review was
    requested since.

    Raises:
        ReviewRefused: it is not marketing's to review now, or a needed answer is not a yes.
        WrongField: a reason is missing, or a date or an answer is not for this verdict.
        WrongDate: the date is past, or too far away.
    """
    _must_be_complete(submission)
    zone = standing.card.agreement.time_zone
    if _is_repeat(lead, submission, by, zone, now):
        return []
    review_on = _moment_to_review(submission, zone)
    _must_be_marketings(lead, by, now)
    asked = answered_checklist(standing, submission.answers)
    reviewed = LeadReviewed(
        verdict=submission.verdict,
        duty_id=lead.duty.duty_id if lead.duty and lead.duty.is_open else None,
        answers={each.id: each.answer for each in asked if each.answer is not None},
        reason=submission.reason,
        review_on=review_on,
        agreement_version=standing.card.version,
    )
    match submission.verdict:
        case "good_fit":
            _may_go_to_sales(lead, asked, by, zone, now)
            return [reviewed, *_to_sales(lead, asked, by, standing, rosters, now)]
        case "bad_timing":
            return [reviewed, LeadParked(due_at=_parked_until(lead, review_on, standing, now))]
        case "bad_fit":
            return [reviewed, LeadDisqualified(reason="bad_fit")]
        case "not_ready":
            return [reviewed]


def _must_be_complete(submission: ReviewSubmission) -> None:
    if submission.verdict == "bad_fit" and not submission.reason:
        raise WrongField("reason", "is missing; say why we cannot help this lead")
    if submission.review_on and submission.verdict != "bad_timing":
        raise WrongField("review_on", "is for a lead whose timing is bad; leave it out")


def is_same_verdict(lead: Lead, submission: ReviewSubmission, by: Staff, zone: str) -> bool:
    """Tells whether the lead's last verdict is this person's, with the same reason, date and answers."""
    last = lead.reviewed
    if last is None:
        return False
    before = (last.verdict, last.by, last.reason, last.review_on)
    same = before == (submission.verdict, by.email, submission.reason, _moment_to_review(submission, zone))
    return same and submission.answers.items() <= last.answers.items()


def _moment_to_review(submission: ReviewSubmission, zone: str) -> datetime | None:
    return begin_of(submission.review_on, zone) if submission.review_on else None


def _is_repeat(lead: Lead, submission: ReviewSubmission, by: Staff, zone: str, now: datetime) -> bool:
    last = lead.reviewed
    asked_anew = lead.duty is not None and lead.duty.is_open
    if last is None or asked_anew or now - last.at >= REPEAT_WINDOW:
        return False
    return is_same_verdict(lead, submission, by, zone)


def _must_be_marketings(lead: Lead, by: Staff, now: datetime) -> None:
    last = _last_word(lead, by, now)
    if lead.status in NOT_FOR_REVIEW:
        raise ReviewRefused(_why_not_marketings(lead, last))
    if last:
        until = moment_text(last.at + REPEAT_WINDOW)
        raise ReviewRefused(f"{_just_reviewed(last)}; look at the lead again, another verdict counts from {until} on")


def _last_word(lead: Lead, by: Staff, now: datetime) -> Review | None:
    """Returns a colleague's verdict of the last ten minutes, if nothing was decided or requested since."""
    last = lead.reviewed
    if last is None or last.by == by.email or now - last.at >= REPEAT_WINDOW or lead.decided_at != last.at:
        return None
    return None if lead.duty and lead.duty.is_open else last


def _just_reviewed(last: Review) -> str:
    return f"{last.by} has just reviewed it ({last.verdict.replace('_', ' ')})"


def _why_not_marketings(lead: Lead, last: Review | None) -> str:
    match lead.status:
        case Status.WITH_SALES:
            owner = lead.handoff.owner if lead.handoff and lead.handoff.owner else "nobody yet"
            just_now = f"{_just_reviewed(last)}, and " if last else ""
            return f"{just_now}sales has it (owner: {owner}); what is wrong with it, sales says by returning it"
        case Status.SPAM:
            return "it was taken for a robot's; if it is a person, release it from spam"
        case _:
            return f"it is {lead.status.value}; it comes back if it asks for a person, or is handed over by hand"


def _may_go_to_sales(lead: Lead, asked: AnsweredChecklist, by: Staff, zone: str, now: datetime) -> None:
    held = current_hold(lead, now)
    if held and held.by != by.email:
        why = f"{held.by} holds it back from sales until {local_date_text(held.until, zone)} ({held.reason})"
        raise ReviewRefused(f"{why}; let it go first, or give another verdict")
    lacking = [f"{each.id} ({_answered(each)})" for each in asked if each.needed and each.answer is not True]
    if lacking:
        raise ReviewRefused(f"a good fit needs a yes to: {', '.join(lacking)}; answer them, or give another verdict")


def _answered(each: AnsweredQuestion) -> str:
    return "no answer yet" if each.answer is None else "no"


def _to_sales(
    lead: Lead, asked: AnsweredChecklist, by: Staff, standing: Standing, rosters: ReadRoster, now: datetime
) -> list[Event]:
    card = standing.card
    yes = tuple(f"{each.question} Yes{f' ({each.because})' if each.because else ''}" for each in asked if each.answer)
    reviewed = f"reviewed by {by.email} as a good fit under version {card.version} of the agreement"
    rule = standing.kept_by if standing.is_kept else None
    although = (f"although the agreement keeps it from sales: {rule['label']}",) if rule else ()
    handed = handover("sql", (reviewed, *although, *yes), standing)
    rises = STAGE_RANK[lead.stage] < STAGE_RANK[Stage.SQL]
    why = (f"reviewed by {by.email} as a good fit",)
    qualified = [LeadQualified(stage=Stage.SQL, agreement_version=card.version, reasons=why)] if rises else []
    return [*qualified, *offering.offer(lead, handed, card.version, rosters(handed.terms.team), now)]


def _parked_until(lead: Lead, review_on: datetime | None, standing: Standing, now: datetime) -> datetime:
    """Returns the reviewer's date, or the one that sales gave with the return, or else the agreed time from now."""
    stands = lead.review_on if lead.review_on and lead.review_on > now else None
    return parked_until(review_on or stands, standing.card.agreement.marketing.bad_timing, now)
