"""Runs every day, or by hand: finds leads whose timer is lost and sets it anew, and tells operations of the others."""

from typing import Any

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.messages.bus import Bus
from baton.aws.messages.mail_pace import MailPace
from baton.aws.messages.mail_topic import MailTopic
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.sweeps.forgotten_leads import ForgottenLeadsSearch
from baton.aws.table.store import Store
from baton.aws.teams.topic_listeners import TopicListeners
from baton.outreach.mails.forgotten_leads_mail import forgotten_leads

store, metrics = Store.from_environment(), Metrics()
search = ForgottenLeadsSearch(store, Agreements.from_environment(store))
listeners = TopicListeners.from_environment()
bus, post = Bus.from_environment(), MailTopic.from_environment(MailPace(store))


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Checks as many leads as time allows, and publishes how far it came; that event starts it again for the rest."""
    found = search.go_on(event.get("detail") or {}, utc_now())
    done = found.event
    if done.next is None:
        if content := forgotten_leads(done):
            post.send_to_operations(*content)
        metrics.add_metric(name="ForgottenLeads", unit=MetricUnit.Count, value=done.forgotten_in_all)
        metrics.flush_metrics()
    bus.publish_progress(done.type, found.for_the_bus())
    shown = done.model_dump(mode="json", exclude={"type", "search"}, exclude_none=True)
    warnings = listeners.warnings() if done.next is None else []
    return {**shown, "warnings": warnings} if warnings else shown
