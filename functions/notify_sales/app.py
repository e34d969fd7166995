"""The bus: whatever a person in sales has to know becomes a mail to that person."""

from typing import Any

from baton.aws.clock import utc_now
from baton.aws.notices import Notices
from baton.aws.post import PostOffice
from baton.aws.secrets import Secrets
from baton.aws.settings import setting
from baton.aws.store import Store
from baton.domain.routing import managers
from baton.outreach.links import Links
from baton.outreach.mails import compose, unheard

store = Store.from_environment()
notices, post, secrets = Notices(store), PostOffice.from_environment(), Secrets.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Send the mails that one event causes, unless they were sent before."""
    event_id, now = event["detail"]["event_id"], utc_now()
    notice = notices.unsent(event_id)
    if notice is None:
        return
    team = notice.lead.handoff.team if notice.lead.handoff else ""
    to_tell = managers(store.roster(team)) if event["detail-type"] == "HandoffEscalated" else []
    links = Links(setting("PUBLIC_URL"), secrets.link_keys())
    for mail in compose(notice.recorded, notice.lead, to_tell, links, now):
        post.send(mail.to, mail.subject, mail.text)
    if letter := unheard(notice.recorded, notice.lead, to_tell):
        post.tell_operations(*letter)
    notices.mark_sent(event_id, now)
