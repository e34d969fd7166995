"""Reads and reviews the lead of a link in a mail to marketing's team, for the person to whom it was mailed."""

from datetime import datetime
from typing import NamedTuple

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_context import standing_of
from baton.aws.table.write_outcomes import NotFound
from baton.aws.team_links.mailed_link import MailedLink
from baton.domain.basics.facts import Staff
from baton.domain.events.recorded import Event
from baton.domain.leads.lead import Lead
from baton.domain.notifications.link_readers import reviewer
from baton.domain.review.duty_review import review_duty
from baton.domain.review.review_claims import ClaimRequest
from baton.domain.review.verdict import ReviewSubmission
from baton.domain.scoring.standing import Standing

ERASED = "the lead was erased since this mail was sent"


class LinkedReview(NamedTuple):
    """A lead as its reviewer sees it, and who that is; `lead` is the one into which it was merged, if it was."""

    lead: Lead
    standing: Standing
    by: Staff


def linked_review(commands: Commands, link: MailedLink, now: datetime) -> LinkedReview:
    """Reads a lead for the person on marketing's roster to whom the link was mailed.

    Raises:
        NotFound: the lead was erased.
        NotAllowed: the person is on the roster no more.
    """
    lead = commands.store.lead(link.lead_id)
    if lead is None:
        raise NotFound(ERASED)
    by = _reviewer(commands, lead, link)
    return LinkedReview(lead, standing_of(commands, lead, now), by)


def save_review(
    commands: Commands, link: MailedLink, submission: ReviewSubmission | ClaimRequest, now: datetime
) -> Lead:
    """Saves a verdict on the link's duty, or a claim of it, and returns the lead after it.

    The roster is asked again at every attempt.

    Raises:
        NotFound: the lead was erased.
        NotAllowed: the person is on the roster no more.
        Refused: the duty is over, somebody else is on it, or the verdict is not possible.
        Contended: the lead changed at every attempt.
    """

    def decide(lead: Lead) -> list[Event]:
        by, standing = _reviewer(commands, lead, link), standing_of(commands, lead, now)
        return review_duty(lead, link.about, submission, by, standing, commands.roster, now)

    return commands.change(link.lead_id, decide, by=lambda lead: _reviewer(commands, lead, link).email, now=now)


def _reviewer(commands: Commands, lead: Lead, link: MailedLink) -> Staff:
    team = lead.duty.team if lead.duty else commands.agreement.marketing.team
    return reviewer(team, commands.store.roster(team), link.is_for)
