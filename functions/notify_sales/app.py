"""Runs on each event of a lead: sends the mails that it causes, to the recipients that `domain/notifications` names."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.leads.lead_standings import LeadStandings
from baton.aws.messages.mail_delivery import MailDelivery
from baton.aws.messages.mail_pauses import MailPauses
from baton.aws.messages.mail_queue import MailQueue, events_in
from baton.aws.messages.mail_topic import OPERATIONS, MailTopic
from baton.aws.messages.notices import Notice, NoticeOfAgreement, Notices
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.settings import setting
from baton.aws.table.store import Store
from baton.domain.notifications.recipients import listeners
from baton.outreach.links.handoff_links import Links
from baton.outreach.mails.digest_mails import digest
from baton.outreach.mails.mails_by_event import Mail, compose, mail_to_operations

store = Store.from_environment()
agreements, secrets = Agreements.from_environment(store), Secrets.from_environment()
standings = LeadStandings(store, agreements)


def lambda_handler(invocation: dict[str, Any], _context: Any) -> None:
    """Sends the mails that each event in the invocation causes, unless they were sent before."""
    for event_id in events_in(invocation):
        delivery.deliver(event_id)


def write(notice: Notice | NoticeOfAgreement, now: datetime) -> Sequence[Mail]:
    """Returns an event's mails for the lead or draft as it is now; operations get what reaches nobody else."""
    if isinstance(notice, NoticeOfAgreement):
        from baton.aws.signing.signing_news_reader import read_news  # few mails are about it  # noqa: PLC0415
        from baton.outreach.signing import signing_mails  # as above  # noqa: PLC0415

        news = read_news(store, agreements.in_force().agreement, notice.recorded)
        console = f"{setting('PUBLIC_URL')}/console" if setting("CONSOLE") == "yes" else None
        mails, content = signing_mails.written(news, console) if news else ([], None)
    else:
        listening = listeners(notice.recorded.event, notice.lead, store.roster, agreements.in_force)
        links = Links(setting("PUBLIC_URL"), secrets.link_keys())
        mails = compose(notice.recorded, notice.lead, listening, links, now, lambda: standings.card)
        content = mail_to_operations(notice.recorded, notice.lead, listening, agreements.in_force)
    return [*mails, Mail((OPERATIONS,), *content)] if content else mails


delivery = MailDelivery(
    Notices(store),
    MailPauses.from_environment(store),
    MailQueue.from_environment(),
    MailTopic.from_environment(),
    write,
    digest,
)
