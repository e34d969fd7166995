"""Whatever happens asynchronously ends: in success, or after finite retries in a queue that raises an alarm."""

import pytest

from tests.template.reading import (
    ALARMS,
    FUNCTIONS,
    GLOBALS,
    MACHINES,
    QUEUES,
    RESOURCES,
    TOPICS,
    Source,
    of_type,
    queue_of,
    sources,
    states,
)

RULES = sources("EventBridgeRule", "Schedule", "ScheduleV2")
STREAMS = sources("DynamoDB", "Kinesis", "SQS")
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


def test_there_is_no_kind_of_source_that_these_tests_do_not_know() -> None:
    everything = sources(*{event["Type"] for f in [*FUNCTIONS.values(), *MACHINES.values()] for event in f_events(f)})

    assert {source.type for source in everything} <= {OVER_HTTP, *(s.type for s in [*RULES, *STREAMS])}


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
def test_the_bus_may_put_what_it_cannot_deliver_into_that_queue(rule: Source) -> None:
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


@pytest.mark.parametrize("function", sorted({rule.starts for rule in RULES} & FUNCTIONS.keys()))
def test_a_function_that_a_rule_invokes_retries_finitely_and_then_keeps_the_event_in_a_queue(function: str) -> None:
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
        assert all(0 < retry["MaxAttempts"] <= 30 for retry in task["Retry"]), name
        assert any(retry["ErrorEquals"] == ["States.ALL"] for retry in task["Retry"]), name
    for name in tasks.keys() - keeping:
        [catch] = tasks[name]["Catch"]
        assert (catch["ErrorEquals"], catch["Next"] in keeping) == (["States.ALL"], True), name
        assert tasks[name]["TimeoutSeconds"] <= 60, name
    assert keeping, "there is a state that puts a lost timer into a queue"
    for name in keeping:
        url = tasks[name]["Arguments"]["QueueUrl"].strip("${}")
        assert MACHINES[machine]["DefinitionSubstitutions"][url]["Ref"] in QUEUES
        kept = tasks[name]["Arguments"]["MessageBody"]
        assert kept == WHAT_THE_BUS_SAID or kept.keys() == ONLY_IDS
        assert all_states[tasks[name]["Next"]]["Type"] == "Fail", "and its end is an alarm of its own"
    assert metrics("ExecutionsFailed").keys() >= {machine}


@pytest.mark.parametrize("queue", QUEUES)
def test_whatever_lies_in_a_queue_raises_an_alarm_at_once(queue: str) -> None:
    alarm = ALARMS[metrics("ApproximateNumberOfMessagesVisible")[queue]]

    assert alarm["Namespace"] == "AWS/SQS"
    assert (alarm["ComparisonOperator"], alarm["Threshold"], alarm["EvaluationPeriods"]) == (
        "GreaterThanThreshold",
        0,
        1,
    )
    assert alarm["Statistic"] == "Maximum"


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_keeps_what_failed_as_long_as_it_can_and_encrypted(queue: str) -> None:
    assert QUEUES[queue] == {"MessageRetentionPeriod": 1_209_600, "SqsManagedSseEnabled": True}


@pytest.mark.parametrize("alarm", ALARMS)
def test_an_alarm_tells_operations_when_it_begins_and_when_it_ends(alarm: str) -> None:
    assert ALARMS[alarm]["AlarmActions"] == ALARMS[alarm]["OKActions"] == [{"Ref": "OperationsTopic"}]
    assert ALARMS[alarm]["TreatMissingData"] == "notBreaching"
    assert ALARMS[alarm]["AlarmDescription"]


def test_mail_by_sns_has_an_alarm_instead_of_a_dead_letter_queue_which_would_hold_personal_data() -> None:
    """SNS itself retries e-mail, about 50 times in 6 hours, and no more. A subscription's dead-letter queue would get
    the mail's text, with the lead's name and address, and personal data lies in the lead's partition only. What was
    not delivered is in the table, and the alarm says that somebody has to look."""
    assert "SalesMailTopic" in metrics("NumberOfNotificationsFailed")
    assert "RedrivePolicy" not in str(RESOURCES)
    for id_, subscription in of_type("AWS::SNS::Subscription").items():
        assert subscription["Protocol"] == "email", id_


def test_leads_that_were_forgotten_raise_an_alarm_by_the_metric_that_the_search_writes() -> None:
    alarm, settings = ALARMS["ForgottenLeadsAlarm"], GLOBALS["Environment"]["Variables"]

    assert (alarm["Namespace"], alarm["MetricName"]) == (settings["POWERTOOLS_METRICS_NAMESPACE"], "ForgottenLeads")
    assert alarm["Dimensions"] == [{"Name": "service", "Value": settings["POWERTOOLS_SERVICE_NAME"]}]
    assert (alarm["Statistic"], alarm["Threshold"], alarm["ComparisonOperator"]) == (
        "Maximum",
        0,
        "GreaterThanThreshold",
    )


def test_webhooks_that_are_not_understood_raise_an_alarm_by_the_metric_that_their_quarantine_writes() -> None:
    alarm, settings = ALARMS["QuarantinedWebhooksAlarm"], GLOBALS["Environment"]["Variables"]

    assert (alarm["Namespace"], alarm["MetricName"]) == (
        settings["POWERTOOLS_METRICS_NAMESPACE"],
        "QuarantinedWebhooks",
    )
    assert alarm["Dimensions"] == [{"Name": "service", "Value": settings["POWERTOOLS_SERVICE_NAME"]}]
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Sum", 0)


def test_every_topic_is_one_of_the_two_that_are_known_to_be_mail() -> None:
    assert TOPICS.keys() == {"SalesMailTopic", "OperationsTopic"}


def test_the_step_of_the_deployment_that_cloudformation_waits_for_ends_in_a_minute() -> None:
    """CloudFormation invokes the function behind a custom resource asynchronously; what fails there fails the
    deployment, which whoever deploys sees: no queue is needed."""
    [seeded] = of_type("AWS::CloudFormation::CustomResource").values()

    assert seeded["ServiceTimeout"] <= 60
