"""Each alarm watches a metric that exists: its dimensions are the names of what it watches."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from baton.aws.failures.watched_metrics import WatchedMetrics
from tests.template.parsed_template import ALARMS, FUNCTIONS, GLOBALS, MACHINES, QUEUES, RESOURCES, ROOT, TOPICS

SETTINGS = GLOBALS["Environment"]["Variables"]
API = RESOURCES["Api"]["Properties"]
SERVICE = SETTINGS["POWERTOOLS_SERVICE_NAME"]
NO_DIMENSIONS = {"name", "unit", "value", "times", "in_all"}


def watched(alarm: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The metrics that an alarm watches, itself or in its sums."""
    if "MetricName" in alarm:
        yield alarm
    for part in alarm.get("Metrics", []):
        if "MetricStat" in part:
            yield part["MetricStat"]["Metric"]


METRICS = [(id_, metric) for id_, alarm in ALARMS.items() for metric in watched(alarm)]


def owner(value: Any, attribute: str, kinds: Mapping[str, Any]) -> bool:
    """Whether a value is what CloudFormation makes of `!GetAtt X.attribute`, or of `!Ref X`, of one of these."""
    said = value.get("GetAtt", "") if attribute else value.get("Ref", "")
    return said in ({f"{id_}.{attribute}" for id_ in kinds} if attribute else kinds)


@cache
def emitted() -> dict[str, set[frozenset[str]]]:
    """The names of the dimensions with which the code writes each metric of its own."""
    found = defaultdict(set)
    for folder in ("functions", "layers/common/python/baton"):
        for file in (ROOT / folder).rglob("*.py"):
            for call in ast.walk(ast.parse(file.read_text())):
                if isinstance(call, ast.Call) and (name := metric_of(call)):
                    said = {each.arg: each.value for each in call.keywords if each.arg}
                    found[name].add(frozenset(said.keys() - NO_DIMENSIONS | {"service"}))
                    if isinstance(in_all := said.get("in_all"), ast.Constant):
                        found[str(in_all.value)].add(frozenset({"service"}))
    return found


def metric_of(call: ast.Call) -> str | None:
    """The metric that a call of `count` or `add_metric` writes."""
    named = {each.arg: each.value for each in call.keywords}
    match call.func:
        case ast.Name(id="count") if call.args:
            said: ast.expr | None = call.args[0]
        case ast.Attribute(attr="add_metric"):
            said = named.get("name")
        case _:
            return None
    return said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else None


def is_right(metric: Mapping[str, Any]) -> bool:
    """Whether something of the stack has these dimensions."""
    dimensions = {each["Name"]: each["Value"] for each in metric.get("Dimensions", [])}
    match metric["Namespace"], dimensions:
        case "AWS/SQS", {"QueueName": name, **rest}:
            return not rest and owner(name, "QueueName", QUEUES)
        case "AWS/States", {"StateMachineArn": arn, **rest}:
            return not rest and owner(arn, "", MACHINES)
        case "AWS/Lambda", {"FunctionName": name, **rest}:
            return not rest and owner(name, "", FUNCTIONS)
        case "AWS/SNS", {"TopicName": name, **rest}:
            return not rest and owner(name, "TopicName", TOPICS)
        case "AWS/ApiGateway", {"ApiName": name, "Stage": stage, **rest}:
            titles = (API.get("Name"), API["DefinitionBody"]["info"]["title"])
            return not rest and titles == (name, name) and stage == API["StageName"]
        case own, _:
            names = emitted().get(metric["MetricName"], set())
            return (
                own == SETTINGS["POWERTOOLS_METRICS_NAMESPACE"]
                and frozenset(dimensions) in names
                and dimensions["service"] == SERVICE
            )


@pytest.mark.parametrize(("alarm", "metric"), METRICS, ids=[f"{id_}-{one['MetricName']}" for id_, one in METRICS])
def test_an_alarms_dimensions_are_the_names_of_what_it_watches(alarm: str, metric: Mapping[str, Any]) -> None:
    assert is_right(metric), f"{alarm} watches what nobody writes: {metric.get('Dimensions')}"


def test_every_alarm_watches_something() -> None:
    assert set(ALARMS) == {id_ for id_, _ in METRICS}


def test_a_metric_that_the_watch_for_failures_reads_has_the_dimensions_with_which_it_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = SETTINGS["POWERTOOLS_METRICS_NAMESPACE"]
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    for name, value in {**SETTINGS, "SALES_MAIL_TOPIC_ARN": "a:topic", "STREAM_READER": "reader"}.items():
        monkeypatch.setenv(name, str(value))
    watched = WatchedMetrics.from_environment()
    metrics = [*watched.each_look, *watched.each_hour, watched.of_refused_forms, *watched.by_reason]

    assert {each.metric for each in metrics if each.namespace == own} <= emitted().keys()
    for each in metrics:
        assert each.namespace != own or {name for name, _ in each.dimensions} in emitted()[each.metric]
    assert {(each.namespace, each.dimensions) for each in metrics if each.namespace != own} == {
        ("AWS/Lambda", (("FunctionName", "reader"),)),
        ("AWS/SNS", (("TopicName", "topic"),)),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {
            "Namespace": "AWS/SQS",
            "MetricName": "x",
            "Dimensions": [{"Name": "QueueName", "Value": {"Ref": "UnsentMailQueue"}}],
        },
        {
            "Namespace": "AWS/States",
            "MetricName": "x",
            "Dimensions": [{"Name": "StateMachineArn", "Value": {"Ref": "Gone"}}],
        },
        {"Namespace": "AWS/ApiGateway", "MetricName": "x", "Dimensions": [{"Name": "ApiName", "Value": "Baton"}]},
        {"Namespace": "Baton", "MetricName": "Unwritten", "Dimensions": [{"Name": "service", "Value": SERVICE}]},
        {"Namespace": "Baton", "MetricName": "RefusedForms", "Dimensions": [{"Name": "service", "Value": SERVICE}]},
    ],
    ids=lambda metric: f"{metric['Namespace']}-{metric['MetricName']}",
)
def test_a_metric_that_nobody_writes_is_found(wrong: Mapping[str, Any]) -> None:
    assert not is_right(wrong)
