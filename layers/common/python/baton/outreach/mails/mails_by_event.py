"""Writes the mails that an event causes. `domain/notifications` decides who gets which of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from baton.agreement.terms.agreement import ReadAgreement
from baton.domain.events.recorded import Recorded
from baton.domain.leads.duty import Duty
from baton.domain.leads.lead import Lead
from baton.domain.notifications.notification_kinds import (
    AccountEngaged,
    Alert,
    DutyBegun,
    DutyEscalation,
    DutyReminder,
    Escalation,
    LeadsLeft,
    MoreRequests,
    News,
    NoLongerYours,
    Notification,
    Reminder,
)
from baton.domain.notifications.recipients import notifications, unreached
from baton.domain.notifications.urgency import act_by
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.terms.agreed_labels import team_label
from baton.outreach.links.handoff_links import Links
from baton.outreach.mails import account_mails, duty_mails, escalation_mails, handoff_mails
from baton.outreach.mails.handoff_mails import MailContent

if TYPE_CHECKING:
    from baton.outreach.links.team_links import TeamLinks

ScorecardLookup = Callable[[], Scorecard | None]
"""The agreed rules, for the mails that need them."""


def _no_scorecard() -> Scorecard | None:
    return None


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: its recipients, a subject that SNS accepts, plain text, and by when its reader has to act."""

    to: tuple[str, ...]
    subject: str
    text: str
    act_by: datetime | None = None


def compose(
    recorded: Recorded,
    lead: Lead,
    listening: Sequence[str],
    links: Links,
    now: datetime,
    agreed: ScorecardLookup = _no_scorecard,
) -> list[Mail]:
    """Writes the mails that an event causes, for the lead as it is now; most events cause none.

    `listening` are the event's `listeners`, such as the managers for an escalation. Each reader gets a mail of their
    own, with links that are theirs.
    """
    heard = notifications(recorded, lead, listening)
    return [
        Mail((reader,), *_content(each, reader, recorded.at, lead, links, now, agreed), act_by(each))
        for each in heard
        for reader in each.to
    ]


def mail_to_operations(
    recorded: Recorded, lead: Lead, listening: Sequence[str], agreed: ReadAgreement
) -> MailContent | None:
    """Writes the mail to operations if mail reaches none of an event's recipients; None if it reaches one."""
    match unreached(recorded, lead, listening):
        case Escalation() as escalation:
            return escalation_mails.managers_unreached(
                escalation.handoff, team_label(escalation.handoff.team, agreed().agreement)
            )
        case AccountEngaged() as visit:
            return account_mails.owner_unreached(lead, visit.engaged)
        case LeadsLeft() as left:
            return account_mails.owner_of_left_leads_unreached(left.told)
        case DutyReminder(duty=duty):
            return duty_mails.team_unreached(lead, duty, late=False)
        case DutyEscalation(duty=duty):
            return duty_mails.team_unreached(lead, duty, late=True)
        case None:
            return None
        case other:
            assert_never(other)


def _content(
    about: Notification, reader: str, at: datetime, lead: Lead, links: Links, now: datetime, agreed: ScorecardLookup
) -> MailContent:
    """Returns subject and text of a notification to a reader about an event at the moment `at`."""

    def to_review(duty: Duty) -> str:
        return _team_links(links).to_review(duty, reader, now)

    match about:
        case Alert():
            content = handoff_mails.alert(lead, about.handoff, about.passed_on, links, now, agreed())
        case NoLongerYours():
            content = handoff_mails.no_longer_yours(lead, about.passed_on)
        case Reminder():
            content = handoff_mails.reminder(lead, about.handoff, about.clock, links, now)
        case Escalation():
            link = _team_links(links).to_reassign(about.handoff, reader, now)
            content = escalation_mails.escalation(lead, about.handoff, about.escalated, about.clock, link, now)
        case News():
            content = handoff_mails.news(lead, about.handoff, about.signal, at, links, now)
        case MoreRequests():
            content = handoff_mails.requests_told(lead, about.handoff, about.told, links, now)
        case AccountEngaged():
            content = account_mails.account_engaged(lead, about.engaged, at, _agreed_zone(agreed()))
        case LeadsLeft():
            content = account_mails.leads_left(about.told, at, _agreed_zone(agreed()))
        case DutyBegun():
            content = duty_mails.begun(lead, about.duty, to_review(about.duty), now, agreed())
        case DutyReminder():
            content = duty_mails.reminder(lead, about.duty, to_review(about.duty), now, agreed())
        case DutyEscalation():
            content = duty_mails.escalation(lead, about.duty, to_review(about.duty), now, agreed())
        case other:
            assert_never(other)
    return content


def _agreed_zone(card: Scorecard | None) -> str | None:
    """Returns the time zone of the agreement, for who reads as one of many; None if it is UTC."""
    return None if card is None or card.agreement.time_zone == "UTC" else card.agreement.time_zone


def _team_links(links: Links) -> "TeamLinks":
    from baton.outreach.links.team_links import TeamLinks  # few mails go to a team  # noqa: PLC0415

    return TeamLinks.beside(links)
