"""Marketing reviews a lead: what follows from its verdict."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from baton.domain import events as e
from baton.domain import sales
from baton.domain.checklist import Checked, checked
from baton.domain.duties import parked_until
from baton.domain.lead import Lead, Stage, Status
from baton.domain.model import Fact, Instant, Refused, Staff
from baton.domain.routing import Roster
from baton.domain.standing import Standing
from baton.domain.triggers import Handover, evidence, terms_of

SAME_WISH = timedelta(minutes=10)
_NOT_FOR_MARKETING = frozenset({Status.WITH_SALES, Status.WON, Status.LOST, Status.SPAM})

Verdict = Literal["good_fit", "bad_timing", "bad_fit", "not_ready"]
Rosters = Callable[[str], Roster]


class ReviewRefused(Refused):
    """Nobody is to review the lead now, or somebody just did, or the checklist does not allow the verdict."""


class Reviewed(Fact):
    """What a reviewer says: the verdict, answers to the checklist, and when to review it again or why not to."""

    verdict: Verdict
    answers: dict[str, bool] = Field(default_factory=dict)
    review_on: Instant | None = None
    reason: str | None = None


def review(lead: Lead, said: Reviewed, by: Staff, standing: Standing, rosters: Rosters, now: datetime) -> list[e.Event]:
    """What follows from a verdict.

    A good fit, with a yes to all that is needed, goes to sales; bad timing is parked until the date given, or as long
    as agreed; a bad fit goes on the list of those; who is not ready is nurtured. The same verdict of the same person,
    told twice within ten minutes, is one.

    Raises:
        ReviewRefused: it is not marketing's to review now, or a needed answer is not a yes.
        WrongDate: the date is past, or too far away.
    """
    if _told_before(lead, said, by, now):
        return []
    _must_be_marketings(lead, by, now)
    asked = checked(standing, said.answers)
    reviewed = e.LeadReviewed(
        verdict=said.verdict,
        duty_id=lead.duty.duty_id if lead.duty and lead.duty.is_open else None,
        answers={each.id: each.answer for each in asked if each.answer is not None},
        reason=said.reason,
        agreement_version=standing.card.version,
    )
    return [reviewed, *_following(lead, said, asked, by, standing, rosters, now)]


def _following(
    lead: Lead,
    said: Reviewed,
    asked: tuple[Checked, ...],
    by: Staff,
    standing: Standing,
    rosters: Rosters,
    now: datetime,
) -> list[e.Event]:
    match said.verdict:
        case "good_fit":
            return _to_sales(lead, asked, by, standing, rosters, now)
        case "bad_timing":
            return [
                e.LeadParked(due_at=parked_until(said.review_on, standing.card.agreement.marketing.bad_timing, now))
            ]
        case "bad_fit":
            return [e.LeadDisqualified(reason=said.reason or "bad_fit")]
        case "not_ready":
            return []


def _to_sales(
    lead: Lead, asked: tuple[Checked, ...], by: Staff, standing: Standing, rosters: Rosters, now: datetime
) -> list[e.Event]:
    lacking = [each.id for each in asked if each.needed and each.answer is not True]
    if lacking:
        raise ReviewRefused(f"a good fit needs a yes to: {', '.join(lacking)}; answer them, or give another verdict")
    card = standing.card
    yes = tuple(f"{each.question} Yes{f' ({each.because})' if each.because else ''}" for each in asked if each.answer)
    handover = Handover(
        trigger="sql",
        reasons=(f"reviewed by {by.email} as a good fit under version {card.version} of the agreement", *yes),
        terms=terms_of("sql", standing),
        evidence=evidence(standing),
        score=standing.total / 100,
        persona=standing.counted_persona,
    )
    rises = lead.stage in (Stage.LEAD, Stage.MQL)
    why = (f"reviewed by {by.email} as a good fit",)
    qualified = [e.LeadQualified(stage=Stage.SQL, agreement_version=card.version, reasons=why)] if rises else []
    return [*qualified, *sales.offer(lead, handover, card.version, rosters(handover.terms.team), now)]


def _told_before(lead: Lead, said: Reviewed, by: Staff, now: datetime) -> bool:
    duty = lead.duty
    if duty is None or duty.closed_at is None or now - duty.closed_at >= SAME_WISH:
        return False
    return (duty.verdict, duty.by) == (said.verdict, by.email)


def _must_be_marketings(lead: Lead, by: Staff, now: datetime) -> None:
    if lead.status in _NOT_FOR_MARKETING:
        raise ReviewRefused(f"it is {lead.status.value.replace('_', ' ')}: there is nothing for marketing to review")
    duty = lead.duty
    just_now = duty and duty.closed_at and now - duty.closed_at < SAME_WISH and lead.decided_at == duty.closed_at
    if duty and just_now and duty.by != by.email:
        raise ReviewRefused(f"{duty.by} has just reviewed it ({duty.verdict}); look at the lead again")
