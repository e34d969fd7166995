"""Every asynchronous event ends in success, or after finite retries in a queue that raises an alarm."""

import json
from collections.abc import Mapping

import pytest

from baton.aws.messages.mail_pauses import LONGEST_WORK
from baton.domain.failures import failure_kinds
from tests.template.parsed_template import (
    ALARMS,
    FUNCTIONS,
    MACHINES,
    QUEUES,
    TOPICS,
    Source,
    of_type,
    queue_of,
    rules_to_queues,
    sources,
    states,
)

TO_QUEUES = rules_to_queues()
RULES = [*sources("EventBridgeRule", "Schedule", "ScheduleV2"), *TO_QUEUES]
STREAMS = sources("DynamoDB", "Kinesis")
READ_QUEUES = sources("SQS")
DEAD_LETTERS = [name for name, queue in QUEUES.items() if "RedrivePolicy" not in queue]
BAD_ENDS = ("FAILED", "TIMED_OUT", "ABORTED")
WATCH = FUNCTIONS["WatchFailuresFunction"]
OF_MACHINES = {
    *("UnstartedTimersQueue", "LostTimersQueue", "UnstartedAdoptionsQueue", "LostAdoptionsQueue", "LostTrialsQueue")
}
NO_QUEUE = {"DestinationConfig": {"OnFailure": {"Destination": {"GetAtt": "UnpublishedQueue.Arn"}}}}
OVER_HTTP = "Api"
ONLY_IDS = {"event_id", "agreement_version", "in_force_from"}
WHAT_THE_BUS_SAID = "{% $states.input %}"
"""What a timer that is kept for redrive holds: with it as input, it starts again."""


def metrics(metric: str) -> dict[str, str]:
    """Which resource's metric is watched by which alarm."""
    found = {}
    for id_, alarm in ALARMS.items():
        if alarm["MetricName"] == metric:
            [dimension] = alarm["Dimensions"]
            [named] = dimension["Value"].values()
            found[named.split(".")[0]] = id_
    return found


def test_every_kind_of_event_source_is_covered_by_these_tests() -> None:
    everything = sources(*{event["Type"] for f in [*FUNCTIONS.values(), *MACHINES.values()] for event in f_events(f)})

    assert {source.type for source in everything} <= {OVER_HTTP, *(s.type for s in [*RULES, *STREAMS, *READ_QUEUES])}


def f_events(one: object) -> list[dict[str, str]]:
    assert hasattr(one, "get")
    return list(one.get("Events", {}).values())


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_retries_finitely_and_then_keeps_the_event_in_a_queue(rule: Source) -> None:
    retries = rule.properties["RetryPolicy"]

    assert 0 < retries["MaximumRetryAttempts"] <= 185
    assert 60 <= retries["MaximumEventAgeInSeconds"] <= 86_400
    assert queue_of(rule.properties["DeadLetterConfig"]["Arn"]) in QUEUES


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_bus_may_send_undelivered_events_to_the_rules_queue(rule: Source) -> None:
    queue = queue_of(rule.properties["DeadLetterConfig"]["Arn"])
    allowing = [
        statement
        for policy in of_type("AWS::SQS::QueuePolicy").values()
        if {"Ref": queue} in policy["Queues"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]

    assert any(
        statement["Principal"] == {"Service": "events.amazonaws.com"}
        and statement["Action"] == "sqs:SendMessage"
        and {"GetAtt": f"{queue}.Arn"} in as_list(statement["Resource"])
        and "aws:SourceArn" in str(statement["Condition"])
        for statement in allowing
    )


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("stream", STREAMS, ids=str)
def test_a_stream_retries_finitely_and_then_keeps_the_record_in_a_queue(stream: Source) -> None:
    # -1 would be "until it expires", and hold up everybody behind it.
    assert 0 < stream.properties["MaximumRetryAttempts"] <= 10_000
    assert 60 <= stream.properties["MaximumRecordAgeInSeconds"] < 86_400
    assert stream.properties["DestinationConfig"]["OnFailure"]["Type"] == "SQS"
    assert queue_of(stream.properties["DestinationConfig"]["OnFailure"]["Destination"]) in QUEUES
    assert stream.properties["BisectBatchOnFunctionError"]
    assert stream.properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_what_was_saved_is_searched_after_one_delivery_of_the_stream_that_waits_for_no_batch() -> None:
    [stream] = STREAMS
    assert stream.starts == "PublishEventsFunction", "who hears of a saved lead first writes its words"
    assert stream.properties["Stream"] == {"GetAtt": "Table.StreamArn"}
    assert "MaximumBatchingWindowInSeconds" not in stream.properties
    patterns = [json.loads(each["Pattern"]) for each in stream.properties["FilterCriteria"]["Filters"]]
    assert any("words" in each["dynamodb"].get("NewImage", {}) for each in patterns)
    writers = {name for name, each in FUNCTIONS.items() if '"WriteWords"' in json.dumps(each, default=str)}
    assert writers == {stream.starts}


@pytest.mark.parametrize("read", READ_QUEUES, ids=str)
def test_a_queue_is_read_finitely_often_and_then_keeps_the_message_in_another_queue(read: Source) -> None:
    """Lambda wants a queue to wait six times as long as its reader may take."""
    queue = QUEUES[queue_of(read.properties["Queue"])]
    function = FUNCTIONS[read.starts]

    assert 2 <= queue["RedrivePolicy"]["maxReceiveCount"] <= 10
    assert queue_of(queue["RedrivePolicy"]["deadLetterTargetArn"]) in DEAD_LETTERS
    assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]
    assert queue["SqsManagedSseEnabled"]
    assert 2 <= read.properties["ScalingConfig"]["MaximumConcurrency"] <= 10
    assert "MaximumBatchingWindowInSeconds" not in read.properties, "nobody's mail waits for a batch"


@pytest.mark.parametrize("rule", TO_QUEUES, ids=str)
def test_the_bus_may_send_events_to_the_queue_of_a_rule_and_a_function_reads_it(rule: Source) -> None:
    test_the_bus_may_send_undelivered_events_to_the_rules_queue(
        Source(rule.starts, rule.name, rule.type, {"DeadLetterConfig": {"Arn": rule.properties["Arn"]}})
    )
    assert queue_of(rule.properties["Arn"]) in [queue_of(read.properties["Queue"]) for read in READ_QUEUES]


def test_a_digest_is_written_in_less_time_than_it_has_for_itself() -> None:
    assert FUNCTIONS["NotifySalesFunction"]["Timeout"] < LONGEST_WORK.total_seconds()


REDRIVEN = json.loads(FUNCTIONS["RedriveFailuresFunction"]["Environment"]["Variables"]["REDRIVEN_FUNCTIONS"]["Sub"])
"""The function that gets what lies in a queue once more, by the queue; Lambda takes it, and may fail at it again."""
AGAIN = {name.strip("${}") for name in REDRIVEN.values()}


@pytest.mark.parametrize("function", sorted({rule.starts for rule in RULES} & FUNCTIONS.keys() | AGAIN))
def test_a_function_that_a_rule_or_a_redrive_invokes_retries_finitely_and_then_keeps_the_event(function: str) -> None:
    config = FUNCTIONS[function]["EventInvokeConfig"]

    assert 0 < config["MaximumRetryAttempts"] <= 2
    assert 60 <= config["MaximumEventAgeInSeconds"] <= 21_600
    assert config["DestinationConfig"]["OnFailure"]["Type"] == "SQS"
    assert queue_of(config["DestinationConfig"]["OnFailure"]["Destination"]) in QUEUES


@pytest.mark.parametrize("machine", MACHINES)
def test_each_task_of_a_timer_retries_finitely_and_then_keeps_its_ids_in_a_queue(machine: str) -> None:
    all_states = states(machine)
    tasks = {name: state for name, state in all_states.items() if state["Type"] == "Task"}
    keeping = {name for name, state in tasks.items() if state["Resource"] == "arn:aws:states:::sqs:sendMessage"}

    for name, task in tasks.items():
        assert all(0 < retry["MaxAttempts"] <= 30 for retry in task["Retry"] if not _is_over(retry)), name
        assert any(retry["ErrorEquals"] == ["States.ALL"] for retry in task["Retry"]), name
    for name in tasks.keys() - keeping:
        *over, catch = tasks[name]["Catch"]
        assert all(_is_over(each) and "$states.errorOutput.Cause" in each["Output"] for each in over), name
        assert (catch["ErrorEquals"], catch["Next"] in keeping) == (["States.ALL"], True), name
        assert tasks[name]["TimeoutSeconds"] <= 60, name
    assert keeping, "there is a state that puts a lost timer into a queue"
    for name in keeping:
        url = tasks[name]["Arguments"]["QueueUrl"].strip("${}")
        assert MACHINES[machine]["DefinitionSubstitutions"][url]["Ref"] in QUEUES
        kept = tasks[name]["Arguments"]["MessageBody"]
        assert kept == WHAT_THE_BUS_SAID or kept.keys() == ONLY_IDS
        assert all_states[tasks[name]["Next"]]["Type"] == "Fail", "and its end is an alarm of its own"
    assert machine in json.loads(WATCH["Environment"]["Variables"]["STATE_MACHINES"]["Sub"]).values()


def _is_over(handled: Mapping[str, object]) -> bool:
    """Whether a retry or a catch is of an output that fails; a timer that is over ends so, and says it in the cause."""
    return handled["ErrorEquals"] == ["States.QueryEvaluationError"]


def test_a_message_in_a_dead_letter_queue_is_told_by_the_watch_for_failures() -> None:
    [between, watched] = WATCH["Environment"]["Variables"]["FAILURE_QUEUES"]["Join"]

    assert (between, watched) == (",", [{"GetAtt": f"{kind.name}.QueueName"} for kind in failure_kinds.QUEUES])
    assert {kind.name for kind in failure_kinds.QUEUES} == {*DEAD_LETTERS}


@pytest.mark.parametrize("queue", sorted(failure_kinds.REDRIVEN - OF_MACHINES))
def test_a_queue_is_redriven_to_the_function_whose_events_it_holds(queue: str) -> None:
    redriven = REDRIVEN[queue].strip("${}")
    holding = {
        function
        for function, one in FUNCTIONS.items()
        if queue_of(one.get("EventInvokeConfig", NO_QUEUE)["DestinationConfig"]["OnFailure"]["Destination"]) == queue
    }

    assert redriven in holding, "what fails again comes back into the queue"
    holding |= {
        read.starts
        for read in READ_QUEUES
        if queue_of(QUEUES[queue_of(read.properties["Queue"])]["RedrivePolicy"]["deadLetterTargetArn"]) == queue
    }

    assert len(holding) == 1 or queue == "UntoldFailuresQueue", "a redrive that failed is asked for again"


def test_a_queue_of_state_machines_is_redriven_to_those_that_fill_it() -> None:
    filled = {
        queue_of(rule.properties["DeadLetterConfig"]["Arn"]): rule.starts for rule in RULES if rule.starts in MACHINES
    }
    for machine, one in MACHINES.items():
        for said in one["DefinitionSubstitutions"].values():
            if isinstance(said, dict) and said.get("Ref") in QUEUES:
                filled[said["Ref"]] = machine

    assert set(filled) == OF_MACHINES


def test_whatever_end_of_a_state_machine_is_no_success_is_told_by_the_watch_for_failures() -> None:
    rules = [each for each in RULES if each.starts == "WatchFailuresFunction" and each.type == "EventBridgeRule"]
    told = [each.properties["Pattern"]["detail"] for each in rules]
    ends = {(arn["Ref"], status) for each in told for arn in each["stateMachineArn"] for status in each["status"]}

    assert not any("EventBusName" in each.properties for each in rules), "Step Functions tells the account's own bus"
    stopped_by_baton = {("FollowUpTimer", "ABORTED")}
    assert ends == {(machine, end) for machine in MACHINES for end in BAD_ENDS} - stopped_by_baton
    assert set(MACHINES) == {kind.name for kind in failure_kinds.MACHINES}


def test_the_watch_for_failures_is_watched_by_an_alarm_that_also_sees_that_it_does_not_run() -> None:
    alarm = ALARMS[metrics("Errors")["WatchFailuresFunction"]]

    assert (alarm["Namespace"], alarm["Statistic"], alarm["Threshold"]) == ("AWS/Lambda", "Sum", 0)
    assert (alarm["TreatMissingData"], alarm["Period"]) == ("breaching", 1800)


@pytest.mark.parametrize("queue", DEAD_LETTERS)
def test_a_dead_letter_queue_keeps_its_messages_encrypted_for_fourteen_days(queue: str) -> None:
    assert QUEUES[queue] == {"MessageRetentionPeriod": 1_209_600, "SqsManagedSseEnabled": True}


@pytest.mark.parametrize("alarm", ALARMS)
def test_an_alarm_mails_operations_at_its_begin_and_at_its_end(alarm: str) -> None:
    assert ALARMS[alarm]["AlarmActions"] == ALARMS[alarm]["OKActions"] == [{"Ref": "OperationsTopic"}]
    assert ALARMS[alarm]["TreatMissingData"] == ("breaching" if alarm == "FailureWatchAlarm" else "notBreaching")
    assert ALARMS[alarm]["AlarmDescription"]


@pytest.mark.parametrize("machine", MACHINES)
def test_a_timer_waits_for_hours_for_a_function_that_the_account_has_no_room_for(machine: str) -> None:
    """A new account may run ten functions at once; `States.ALL` stands for Lambda's refusal of one more, too."""
    for name, task in states(machine).items():
        if task["Type"] == "Task" and "Catch" in task:
            [retry] = [each for each in task["Retry"] if each["ErrorEquals"] == ["States.ALL"]]
            pauses = [
                min(retry["IntervalSeconds"] * retry["BackoffRate"] ** n, retry["MaxDelaySeconds"])
                for n in range(retry["MaxAttempts"])
            ]
            assert sum(pauses) / 2 > 3600, f"{name}: full jitter draws half of each pause, on average"


def test_mail_by_sns_is_watched_and_has_no_dead_letter_queue_with_personal_data() -> None:
    """SNS itself retries e-mail, about 50 times in 6 hours, and no more. A subscription's dead-letter queue would get
    the mail's text, with the lead's name and address, and personal data lies in the lead's partition only. What was
    not delivered is in the table, and operations hear that somebody has to look."""
    assert failure_kinds.MAIL_UNDELIVERED in failure_kinds.KINDS
    for id_, subscription in of_type("AWS::SNS::Subscription").items():
        assert "RedrivePolicy" not in subscription
        assert subscription["Protocol"] == "email", id_


def test_the_only_topics_are_the_two_for_mail() -> None:
    assert TOPICS.keys() == {"SalesMailTopic", "OperationsTopic"}


def test_cloudformation_waits_at_most_a_minute_for_the_seeding_of_the_agreement() -> None:
    """CloudFormation invokes the function behind a custom resource asynchronously; what fails there fails the
    deployment, which whoever deploys sees: no queue is needed."""
    [seeded] = of_type("AWS::CloudFormation::CustomResource").values()

    assert seeded["ServiceTimeout"] <= 60
