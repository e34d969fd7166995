"""The verdict on a duty of marketing, as a reviewer gives it from the mail about it, or on many leads at once."""

from datetime import datetime

from baton.domain.basics.facts import Staff
from baton.domain.events.recorded import Event
from baton.domain.leads.duty import Duty
from baton.domain.leads.lead import Lead
from baton.domain.review.review_claims import ClaimRequest, claim_review
from baton.domain.review.verdict import ReviewRefused, ReviewSubmission, is_same_verdict, review
from baton.domain.scoring.standing import Standing
from baton.domain.teams.roster import ReadRoster


def review_duty(
    lead: Lead,
    duty_id: str,
    submission: ReviewSubmission | ClaimRequest,
    by: Staff,
    standing: Standing,
    rosters: ReadRoster,
    now: datetime,
) -> list[Event]:
    """Returns the events that follow from a verdict on this duty, as `verdict.review` does, or from its claim.

    The verdict by which the person ended the duty changes nothing when it comes again, however late.

    Raises:
        ReviewRefused: the duty is over, or marketing owes the lead something newer by now.
        WrongField: as `verdict.review`.
    """
    duty = lead.duty
    if duty is None or duty.duty_id != duty_id:
        raise ReviewRefused("there is a newer review of this lead; use the newest mail about it")
    if isinstance(submission, ClaimRequest):
        return claim_review(lead, submission, by, now)
    if duty.is_open:
        return review(lead, submission, by, standing, rosters, now)
    if (duty.by, duty.verdict) == (by.email, submission.verdict):
        return []
    raise ReviewRefused(f"it is done: {how_it_ended(duty)}")


def review_owed(
    lead: Lead, submission: ReviewSubmission, by: Staff, standing: Standing, rosters: ReadRoster, now: datetime
) -> list[Event]:
    """Returns the events that follow from a verdict on what marketing owes the lead, as `verdict.review` does.

    The same verdict of the same person changes nothing when it comes again, however late: a list that was read long ago
    overrules nobody.

    Raises:
        ReviewRefused: marketing owes the lead nothing now.
        WrongField: as `verdict.review`.
    """
    duty = lead.duty
    if duty and duty.is_open:
        return review(lead, submission, by, standing, rosters, now)
    if duty is None:
        raise ReviewRefused("marketing owes this lead no review now")
    ended_by_it = (duty.by, duty.verdict) == (by.email, submission.verdict)
    if ended_by_it and is_same_verdict(lead, submission, by, standing.card.agreement.time_zone):
        return []
    raise ReviewRefused(f"it is done: {how_it_ended(duty)}")


def how_it_ended(duty: Duty) -> str:
    """Returns how a duty ended, such as `bad timing, by maria@example.com`."""
    ended = (duty.verdict or "over").replace("_", " ")
    return f"{ended}, by {duty.by}" if duty.by and "@" in duty.by else ended
