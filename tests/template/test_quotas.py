"""The template stays within AWS's quotas that can be counted, and the operations page names each with its value."""

import json
import re
from collections import Counter

import pytest

from baton.aws.messages import mail_delivery
from baton.aws.signals import quarantine
from baton.domain.teams import mail_reach
from tests.template.expanded_template import expanded, of_type, resolved, size
from tests.template.parsed_template import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text()
TABLE = PAGE.split("## Quotas\n", 1)[1].split("\n## ", 1)[0] if "## Quotas\n" in PAGE else ""
RESOURCES, PARAMETERS, OUTPUTS, TEMPLATE_BYTES = 500, 200, 200, 1_048_576
INLINE_POLICY, ENVIRONMENT, RESOURCE_POLICY = 10_240, 4_096, 20_480
TARGETS_OF_A_RULE, RULES_OF_A_BUS, PATHS_OF_AN_API, LAYERS = 5, 300, 300, 5
GATEWAY_SECONDS, LAMBDA_SECONDS, LAMBDA_MEGABYTES = 29, 900, 10_240
ITEM, MESSAGE, FILTER_POLICIES = 400 * 1024, 256 * 1024, 200
DEFINITION_BYTES, RETENTION_SECONDS, INDEXES, POLICY_OF_A_QUEUE = 1_048_576, 1_209_600, 20, 10_240


def test_the_stack_has_fewer_resources_than_cloudformation_takes() -> None:
    assert len(expanded()["Resources"]) <= RESOURCES * 0.85, "room for a sixth more; else split the stack"


def test_the_template_is_smaller_than_cloudformation_takes() -> None:
    body = json.dumps(expanded(), separators=(",", ":"))

    assert len(body.encode()) <= TEMPLATE_BYTES
    assert (ROOT / "template.yaml").stat().st_size <= TEMPLATE_BYTES
    assert len(expanded()["Outputs"]) <= OUTPUTS
    assert len(expanded()["Parameters"]) <= PARAMETERS


@pytest.mark.parametrize("role", of_type("AWS::IAM::Role"))
def test_a_roles_inline_policies_are_shorter_than_iam_takes(role: str) -> None:
    policies = of_type("AWS::IAM::Role")[role].get("Policies", [])

    assert sum(size(policy["PolicyDocument"]) for policy in policies) <= INLINE_POLICY


@pytest.mark.parametrize("function", of_type("AWS::Lambda::Function"))
def test_a_functions_environment_timeout_and_memory_are_what_lambda_takes(function: str) -> None:
    properties = of_type("AWS::Lambda::Function")[function]
    variables = resolved(properties["Environment"]["Variables"])

    assert sum(len(name) + len(str(value).encode()) for name, value in variables.items()) <= ENVIRONMENT
    assert properties["Timeout"] <= LAMBDA_SECONDS
    assert properties["MemorySize"] <= LAMBDA_MEGABYTES
    assert len(properties["Layers"]) <= LAYERS


def test_a_function_of_the_api_ends_before_the_gateway_gives_up() -> None:
    called = {
        resolved_name(permission["FunctionName"])
        for permission in of_type("AWS::Lambda::Permission").values()
        if permission["Principal"] == "apigateway.amazonaws.com"
    }

    assert called
    for name in called:
        assert of_type("AWS::Lambda::Function")[name]["Timeout"] < GATEWAY_SECONDS, name


def resolved_name(value: object) -> str:
    """The logical id that a reference to a function names, or to its alias if it starts from a snapshot."""
    if isinstance(value, dict) and "Fn::If" in value:
        return resolved_name(value["Fn::If"][-1])
    [inner] = value.values() if isinstance(value, dict) else [value]
    return str(inner[0] if isinstance(inner, list | tuple) else inner)


def test_the_policy_of_each_function_that_lets_others_call_it_is_shorter_than_lambda_takes() -> None:
    sizes: Counter[str] = Counter()
    for permission in of_type("AWS::Lambda::Permission").values():
        sizes[resolved_name(permission["FunctionName"])] += size(permission) + 200  # what Lambda writes around it

    assert max(sizes.values()) <= RESOURCE_POLICY


def test_a_rule_has_as_many_targets_and_a_bus_as_many_rules_as_eventbridge_takes() -> None:
    rules = of_type("AWS::Events::Rule")
    buses = Counter(json.dumps(rule.get("EventBusName")) for rule in rules.values())

    assert max(len(rule["Targets"]) for rule in rules.values()) <= TARGETS_OF_A_RULE
    assert max(buses.values()) <= RULES_OF_A_BUS


def test_the_api_has_as_many_paths_as_the_gateway_takes() -> None:
    [api] = of_type("AWS::ApiGateway::RestApi").values()
    paths = {"/".join(path.split("/")[:depth]) for path in api["Body"]["paths"] for depth in range(2, 9)}

    assert len(paths) <= PATHS_OF_AN_API


def test_the_definitions_of_state_machines_are_shorter_than_step_functions_takes() -> None:
    for file in (ROOT / "functions").glob("*/*.asl.json"):
        assert file.stat().st_size <= DEFINITION_BYTES


def test_queues_and_tables_ask_for_no_more_than_sqs_and_dynamodb_give() -> None:
    assert all(queue["MessageRetentionPeriod"] <= RETENTION_SECONDS for queue in of_type("AWS::SQS::Queue").values())
    tables = of_type("AWS::DynamoDB::Table").values()
    assert all(len(table.get("GlobalSecondaryIndexes", [])) <= INDEXES for table in tables)
    assert all(
        size(policy["PolicyDocument"]) <= POLICY_OF_A_QUEUE for policy in of_type("AWS::SQS::QueuePolicy").values()
    )


def test_a_delivery_in_the_quarantine_fits_an_item() -> None:
    whole = 4 * quarantine.LONG_BYTES / 3  # in base64
    beside = 20_000  # its keys, its headers, and why it is there

    assert max(whole, quarantine.MAX_STORED_BYTES) + beside <= ITEM


def test_a_mail_of_several_events_is_shorter_than_sns_takes() -> None:
    assert mail_delivery.MOST_BYTES <= MESSAGE * 0.8


def test_a_roster_counts_as_many_people_as_sns_takes_filter_policies() -> None:
    assert mail_reach.MAX_ADDRESSES == FILTER_POLICIES
    assert f"{FILTER_POLICIES} filter policies" in TABLE


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (r"this stack has about (\d+)\)", len(expanded()["Resources"])),
        (r"this stack makes about (\d+)\)", len(of_type("AWS::IAM::Role"))),
    ],
)
def test_the_operations_page_tells_how_much_of_a_quota_the_stack_uses(words: str, number: int) -> None:
    [told] = re.findall(words, TABLE)

    assert abs(int(told) - number) <= number * 0.05


@pytest.mark.parametrize(
    "value",
    [
        *("500 resources", "1 MB", "200 outputs", "10,240 characters", "4 KB", "20 KB", "29 seconds", "300 rules"),
        *(
            "5 targets",
            "200 filter policies",
            "10 mails a second",
            "1,000 at once",
            "400 KB",
            "100 items",
            "25,000 events",
        ),
        *("1,000 write units", "3,000 read units", "a year", "1,000,000 open", "10,000 requests a second", "10 MB"),
        *("256 KB a message", "1 MB an asynchronous event", "6 MB an answer", "4 MB a transaction", "256 KB of input"),
        *("1 MB an event", "1 MB a message", "500 tables changed at once", "20 indexes", "14 days"),
    ],
)
def test_the_operations_page_names_a_quota_with_its_value(value: str) -> None:
    assert value in TABLE
