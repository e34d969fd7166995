"""Runs on each event of a lead: sends the mails that it causes, to the recipients that `domain/notifications` names."""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.messages.mail_topic import MailTopic
from baton.aws.messages.notices import Notices
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.settings import setting
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.domain.notifications.recipients import alerted, listeners
from baton.domain.scoring.scorecard import Scorecard
from baton.outreach.links.handoff_links import Links
from baton.outreach.mails.mails_by_event import compose, mail_to_operations

store = Store.from_environment()
agreements = Agreements.from_environment(store)
notices, post, secrets = Notices(store), MailTopic.from_environment(), Secrets.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Sends the mails that one event causes, unless they were sent before."""
    event_id, now = event["detail"]["event_id"], utc_now()
    notice = notices.unsent(event_id)
    if notice is None:
        return
    listening = listeners(notice.recorded.event, notice.lead, store.roster, agreements.in_force)
    links = Links(setting("PUBLIC_URL"), secrets.link_keys())
    for mail in compose(notice.recorded, notice.lead, listening, links, now, agreed):
        post.send(mail.to, mail.subject, mail.text)
    if content := mail_to_operations(notice.recorded, notice.lead, listening):
        post.send_to_operations(*content)
    if handoff := alerted(notice.recorded, notice.lead):
        notices.record_alert(event_id, handoff, utc_now())
    else:
        notices.mark_sent(event_id, now)


def agreed() -> Scorecard:
    """Returns the scoring rules of the agreement in force."""
    return Scorecard(agreements.in_force())
