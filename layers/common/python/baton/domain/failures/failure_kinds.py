"""The kinds of failures: what each means, whether it may wait until morning, and the one command that helps."""

from typing import NamedTuple

from baton.domain.basics.refusals import Refused


class FailureKind(NamedTuple):
    """One kind: its name, what it means in words, whether it can wait until morning, and one command.

    It is named after the queue or the state machine, or in words for what a metric shows. `<Name>` in a command is an
    output of the stack.
    """

    name: str
    what: str
    can_wait: bool
    command: str


def _queue(name: str, what: str, *, can_wait: bool = False, command: str = "") -> FailureKind:
    return FailureKind(name, what, can_wait, command or f"POST /queues/{name}/redrive")


NIGHTLY_SEARCH = "aws lambda invoke --function-name <FindForgottenFunctionArn> found.json"
LOG_OF_FORMS = "aws logs filter-log-events --log-group-name <FunctionLogsName> --filter-pattern RefusedForms"

QUEUES = (
    _queue(
        "UnpublishedQueue",
        "events that never reached the bus: no mail, no timer",
        command="aws sqs receive-message --queue-url <UnpublishedQueueUrl>",
    ),
    _queue("UnsentMailQueue", "events whose mail or alert failed"),
    _queue("UnstartedTimersQueue", "deadlines whose timer did not start"),
    _queue("LostTimersQueue", "deadlines that passed without any action"),
    _queue("UnservedLinesQueue", "leads that wait were not given to a free rep"),
    _queue("UnstartedAdoptionsQueue", "agreements whose adoption did not start", can_wait=True),
    _queue("LostAdoptionsQueue", "agreements not put into force, or leads not scored under one", can_wait=True),
    _queue("LostTrialsQueue", "trials of drafts that stopped before their end", can_wait=True),
    _queue("UncheckedRostersQueue", "failed checks of whose mail arrives; the next is soon", can_wait=True),
    _queue("UnclosedBooksQueue", "nights without a daily balance; the next night stores it", can_wait=True),
    _queue("UnsentReportsQueue", "weekly mails that did not go out to everybody", can_wait=True),
    _queue("UnsearchedLeadsQueue", "searches for forgotten leads that failed", can_wait=True),
    _queue("UnretiredLeadsQueue", "weeks in which retention did not go through all leads", can_wait=True),
    _queue("UnfinishedErasuresQueue", "erasures that did not delete everything", can_wait=True),
    _queue("UnfinishedImportsQueue", "lists that were not imported to their end", can_wait=True),
    _queue("UnlookedAccountsQueue", "new target accounts whose leads were not looked at", can_wait=True),
    _queue("UnlearnedPointsQueue", "proposals of points that were not learned to their end", can_wait=True),
    _queue("UntoldFailuresQueue", "failures of which operations could not be told"),
)
MACHINES = (
    FailureKind("FollowUpTimer", "timers that failed, or waited for a year; deadlines pass", False, NIGHTLY_SEARCH),
    FailureKind("WaitingTimer", "timers of waiting leads that failed or were stopped", False, NIGHTLY_SEARCH),
    FailureKind(
        "AdoptAgreement",
        "adoptions of an agreement that failed or were stopped",
        True,
        "POST /queues/LostAdoptionsQueue/redrive",
    ),
    FailureKind(
        "DraftTrial",
        "trials of drafts that failed or were stopped",
        True,
        "POST /queues/LostTrialsQueue/redrive",
    ),
)
STREAM_BEHIND = FailureKind(
    "StreamBehind",
    "the stream is more than a minute behind: alerts and timers are late",
    False,
    "aws logs filter-log-events --log-group-name <FunctionLogsName> --filter-pattern publish_events",
)
MAIL_UNDELIVERED = FailureKind(
    "MailUndelivered", "mails that SNS gave up after hours", False, "GET /teams/sales/reps shows whom mail reaches"
)
QUARANTINED_WEBHOOKS = FailureKind(
    "QuarantinedWebhooks",
    "a tool sent what Baton does not understand; it is kept for 90 days",
    True,
    "aws lambda invoke --function-name <ReplayQuarantineFunctionArn> replayed.json",
)
FORMS = {
    "no_address": FailureKind(
        "FormsWithoutAddress", "forms without an address that can be read, in an hour", False, LOG_OF_FORMS
    ),
    "needed_field": FailureKind("IncompleteForms", "forms without a needed answer, in an hour", True, LOG_OF_FORMS),
    "unreadable": FailureKind("UnreadableForms", "forms that could not be read, in an hour", False, LOG_OF_FORMS),
    "unknown_form": FailureKind("UnknownForms", "forms by a name that is not agreed, in an hour", False, LOG_OF_FORMS),
    "too_many": FailureKind("TooManyForms", "forms refused because too many came", False, LOG_OF_FORMS),
    "not_saved": FailureKind("UnsavedForms", "forms that could not be saved", False, LOG_OF_FORMS),
}
"""The kinds of refused forms, by the reason that the metric `RefusedForms` names."""
BY_METRICS = (STREAM_BEHIND, MAIL_UNDELIVERED, QUARANTINED_WEBHOOKS, *FORMS.values())
SENT_ON = frozenset({"UnstartedTimersQueue"})
"""The queues whose messages each look sends on by itself: nobody else waits for these deadlines, and an event that
comes again starts no second timer."""
REDRIVEN = frozenset(kind.name for kind in QUEUES if kind.command.endswith("/redrive"))
"""The queues whose messages can go on their way again; the others hold what only a person can judge."""
KINDS = (*QUEUES, *MACHINES, *BY_METRICS)


def check_is_redriven(queue: str) -> None:
    """Checks that the messages of a queue can be sent on.

    Raises:
        Refused: they can only be looked at.
    """
    if queue not in REDRIVEN:
        raise Refused(f"what lies in {queue} can only be looked at; docs/operations.md says how")
