"""Runs every 15 minutes, and when a state machine failed: tells operations what failed, how bad, and what to do."""

from typing import Any

from baton.aws.failures.failure_log import FailureLog
from baton.aws.failures.failure_queues import FailureQueues
from baton.aws.failures.redrive_requests import RedriveRequests
from baton.aws.failures.state_machines import failed_machine, state_machines
from baton.aws.failures.watched_metrics import WatchedMetrics
from baton.aws.messages.mail_topic import MailTopic
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.domain.failures.failure_kinds import SENT_ON
from baton.domain.failures.failure_news import Known, news
from baton.outreach.mails.failure_mails import failures

log, post = FailureLog(Store.from_environment()), MailTopic.from_environment()
queues, metrics = FailureQueues.from_environment(), WatchedMetrics.from_environment()
machines = state_machines()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Notes one failed execution, or looks at all queues and metrics; then mails what is news, once an hour a kind."""
    now, seen = utc_now(), dict[str, int]()
    if failed := failed_machine(event, machines):
        log.note_event(failed, event["id"])
    else:
        before = log.known()
        for name, depth in queues.depths().items():
            log.note_depth(name, depth, before.get(name, Known()), now)
            if depth and name in SENT_ON:
                RedriveRequests.from_environment().ask(name)
        read_until = {name: each.read_until for name, each in before.items()}
        for name, new, until in metrics.counted(read_until, now):
            log.note_counted(name, new, before.get(name, Known()), until)
        seen = metrics.seen(now)
    known = log.known()
    told = log.claim(news(known, seen, now), known, now)
    if told:
        try:
            post.send_to_operations(*failures(told))
        except Exception:
            log.let_go(told, known, now)
            raise
        log.settle(told, known)
    return {"told": [each.kind.name for each in told]}
