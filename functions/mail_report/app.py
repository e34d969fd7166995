"""Runs every week: mails both departments the report of the seven full days before, with a link to its page."""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.messages.mail_pace import MailPace
from baton.aws.messages.mail_topic import MailTopic
from baton.aws.reports.report_builder import ReportBuilder, agreed_in
from baton.aws.reports.report_mails import ReportMails, period_of
from baton.aws.reports.report_queries import ReportQueries
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.settings import setting
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.teams.topic_listeners import TopicListeners
from baton.domain.reports.report_registry import REPORTS
from baton.outreach.reports.report_links import ReportLinks
from baton.outreach.reports.weekly_mail import weekly_mail

store = Store.from_environment()
agreements, builder = Agreements.from_environment(store), ReportBuilder(ReportQueries(store))
post, secrets = MailTopic.from_environment(MailPace(store)), Secrets.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Mails each department that has not had the report; a department without a confirmed address gets none.

    However late the event comes, the mail is about the days before its own time.
    """
    now = utc_now()
    agreement = agreements.in_force().agreement
    span = period_of(event, now, agreement.time_zone)
    mails = ReportMails(store, span)
    departments = mails.unsent()
    if not departments:
        return
    url = ReportLinks(setting("PUBLIC_URL"), secrets.link_keys()).url(span, now)
    reports = builder.build(REPORTS, span, now, agreed_in(agreement))
    subject, text = weekly_mail(reports, url, TopicListeners.from_environment().warnings())
    for department in departments:
        if to := mails.recipients(department, agreement):
            post.send(to, subject, text)
        mails.mark_sent(department, now)
