"""The bus: whatever a person in sales or marketing has to know becomes a mail to that person."""

from collections.abc import Sequence
from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.messages.mail_topic import PostOffice
from baton.aws.messages.notices import Notices
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.settings import setting
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.domain.leads.lead import Lead
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.teams.roster import manager_addresses
from baton.outreach.links.handoff_links import Links
from baton.outreach.mails.mails_by_event import alerted, compose, unheard, whom_mail_reaches

store = Store.from_environment()
agreements = Agreements.from_environment(store)
notices, post, secrets = Notices(store), PostOffice.from_environment(), Secrets.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Send the mails that one event causes, unless they were sent before."""
    event_id, now = event["detail"]["event_id"], utc_now()
    notice = notices.unsent(event_id)
    if notice is None:
        return
    to_tell = listening(event["detail-type"], notice.lead)
    links = Links(setting("PUBLIC_URL"), secrets.link_keys())
    for mail in compose(notice.recorded, notice.lead, to_tell, links, now, agreed):
        post.send(mail.to, mail.subject, mail.text)
    if letter := unheard(notice.recorded, notice.lead, to_tell):
        post.tell_operations(*letter)
    if handoff := alerted(notice.recorded, notice.lead):
        notices.record_alert(event_id, handoff, utc_now())
    else:
        notices.mark_sent(event_id, now)


def listening(happened: str, lead: Lead) -> Sequence[str]:
    """Whom mail reaches, as far as that matters: a team's managers, or anybody on any team."""
    match happened:
        case "HandoffEscalated" if lead.handoff:
            return answerable(lead.handoff.team)
        case "DutyEscalated" if lead.duty:
            return manager_addresses(store.roster(lead.duty.team))
        case "DutyReminded" if lead.duty:
            return whom_mail_reaches(store.roster(lead.duty.team))
        case "TargetAccountEngaged":
            teams = agreements.in_force().agreement.teams
            return [email for team in teams for email in whom_mail_reaches(store.roster(team))]
    return []


def answerable(team: str) -> Sequence[str]:
    """A team's managers; of a team that is not agreed any more and has none left, those of the teams that are."""
    own, agreement = manager_addresses(store.roster(team)), agreements.in_force().agreement
    if own or team in agreement.rosters:
        return own
    return sorted({email for other in agreement.teams for email in manager_addresses(store.roster(other))})


def agreed() -> Scorecard:
    """The rules of the agreement in force."""
    return Scorecard(agreements.in_force())
