"""An example of every page behind a link to marketing's team or to a manager."""

from datetime import timedelta

from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import NotAllowed, WrongField
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import LeadDisqualified, LeadParked, LeadReviewed
from baton.domain.handoffs.next_owners import next_owners
from baton.domain.leads.lead import Lead
from baton.domain.scoring.standing import Standing, standing_of
from baton.domain.teams.roster import Roster
from baton.outreach.links.signed_tokens import LinkExpired, LinkInvalid
from baton.outreach.pages.link_refusals import refused_answer
from baton.outreach.pages.reassign_pages import Reassignable, new_owner_page, reassign_page, refused_reassign_page
from baton.outreach.pages.review_pages import refused_review_page, review_page
from baton.outreach.pages.team_link_pages import unusable
from tests.unit.given import HANDOFF_ID, KIM, LEE, NOW, SAM, rep, team
from tests.unit.outreach.given import TO_SAM, after, offered_to
from tests.unit.outreach.test_duty_mails import in_review, returned
from tests.unit.standing import PACKAGED

LEAD = in_review()
MARIA, MO = "maria@example.com", "mo@example.com"
LATE = NOW + timedelta(minutes=40)
OFFERED = offered_to(*TO_SAM, message="secret words")
TRIO = team(rep(SAM), rep(KIM, open_handoffs=25), rep(LEE, subscription="pending"), rep("ann@example.com"))


def standing(lead: Lead) -> Standing:
    return standing_of(lead, PACKAGED, NOW)


def review(lead: Lead = LEAD) -> str:
    assert lead.duty
    return review_page(lead, lead.duty.duty_id, standing(lead), NOW)


def reviewed(verdict: str, *then: Event) -> str:
    said = LeadReviewed.model_validate({"verdict": verdict, "agreement_version": 1, "duty_id": f"{LEAD.lead_id}-D001"})
    return review(after(LEAD, [said, *then], by=MARIA))


def refused_review(typed: dict[str, str], fault: Exception) -> str:
    assert LEAD.duty
    return refused_review_page(refused_answer(fault), typed, LEAD, LEAD.duty.duty_id, standing(LEAD), NOW)[1]


def reassignable(lead: Lead = OFFERED, roster: Roster = TRIO, why_not_by: str | None = None) -> Reassignable:
    assert lead.handoff
    owners = next_owners(lead.handoff, roster, LATE)
    return Reassignable(lead, lead.handoff, Staff(email=MO), owners, why_not_by, (HANDOFF_ID, 1))


EVERY_TEAM_PAGE = {
    "ask for a review": review(),
    "ask for an answer to sales": review(returned()),
    "ask for a review again": refused_review(
        {"verdict": "good_fit", "reason": "wants <it>"}, WrongField("reason", "is wrong")
    ),
    "ask for a date again": refused_review(
        {"verdict": "bad_timing", "review_on": "soon"}, WrongField("review_on", "is past")
    ),
    "parked": reviewed("bad_timing", LeadParked(due_at=NOW + timedelta(days=90))),
    "disqualified": reviewed("bad_fit", LeadDisqualified(reason="bad_fit")),
    "nurturing": reviewed("not_ready"),
    "newer review": review_page(LEAD, f"{LEAD.lead_id}-D009", standing(LEAD), NOW),
    "ask for a new owner": reassign_page(reassignable(), LATE),
    "ask for a new owner again": refused_reassign_page(
        refused_answer(WrongField("owner", "is away")), {"owner": KIM, "reason": "a <b> & c"}, reassignable(), LATE
    )[1],
    "nobody can take it": reassign_page(reassignable(roster=team(), why_not_by="is not on the roster"), LATE),
    "new owner": new_owner_page(OFFERED),
    "expired": unusable(LinkExpired())[1],
    "invalid": unusable(LinkInvalid())[1],
    "not yours": unusable(NotAllowed("this link is for somebody else"))[1],
}
