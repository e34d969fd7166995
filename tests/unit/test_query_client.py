"""The client of SNS: its calls are the forms that botocore would send, and answers read as botocore reads them."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from botocore.parsers import create_parser
from botocore.serialize import create_serializer

from baton.aws.sdk.faults import AwsRefused
from baton.aws.sdk.http_messages import Answer
from baton.aws.sdk.query_client import QueryClient
from baton.aws.sdk.services import SERVICES
from tests.unit.test_aws_sdk import model

SNS = SERVICES["sns"]
TEXT = "Zoë & Co <a@b.example>\n+49 %2F 100 % \u2028 = ?"
CALLS: list[tuple[str, dict[str, Any]]] = [
    (
        "Publish",
        {
            "TopicArn": "arn:aws:sns:eu-central-1:1:sales",
            "Subject": "A new lead",
            "Message": TEXT,
            "MessageAttributes": {
                "to": {"DataType": "String.Array", "StringValue": '["a+b@c.example"]'},
                "of": {"DataType": "String", "StringValue": TEXT},
            },
        },
    ),
    ("Publish", {"TopicArn": "arn", "Message": TEXT}),
    (
        "Subscribe",
        {
            "TopicArn": "arn",
            "Protocol": "email",
            "Endpoint": "a@b.example",
            "Attributes": {"FilterPolicy": '{"to": ["a@b.example"]}', "RawMessageDelivery": "false"},
            "ReturnSubscriptionArn": True,
        },
    ),
    ("Subscribe", {"TopicArn": "arn", "Protocol": "email", "ReturnSubscriptionArn": False}),
    ("ConfirmSubscription", {"TopicArn": "arn", "Token": "t", "AuthenticateOnUnsubscribe": "true"}),
    ("ListSubscriptionsByTopic", {"TopicArn": "arn", "NextToken": "n=="}),
]


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> QueryClient:
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    return QueryClient(SNS)


@pytest.mark.parametrize(("operation", "parameters"), CALLS)
def test_a_form_says_what_botocores_says(client: QueryClient, operation: str, parameters: dict[str, Any]) -> None:
    theirs = create_serializer("query").serialize_to_request(parameters, model(SNS, operation))
    ours = client.written(operation, parameters).decode()
    assert sorted(parse_qsl(ours, strict_parsing=True)) == sorted(parse_qsl(urlencode(theirs["body"])))
    assert client.form_of(operation) == dict(theirs["headers"])


def answered(operation: str, result: str) -> bytes:
    return (
        f'<?xml version="1.0"?>\n<{operation}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">\n{result}\n'
        f"  <ResponseMetadata><RequestId>7a</RequestId></ResponseMetadata>\n</{operation}Response>\n"
    ).encode()


SUBSCRIPTION = (
    "<member><SubscriptionArn>PendingConfirmation</SubscriptionArn><Owner>1</Owner><Protocol>email</Protocol>"
    "<Endpoint>zoë&amp;co@b.example</Endpoint><TopicArn>arn</TopicArn></member>"
)
ATTRIBUTES = "<entry><key>PendingConfirmation</key><value>true</value></entry>\n"
POLICY = "<entry><key>FilterPolicy</key><value>{&quot;to&quot;:\n[&quot;a&quot;]}</value></entry>\n"
RESULTS = [
    ("Publish", "<PublishResult><MessageId>m</MessageId></PublishResult>"),
    ("Subscribe", "<SubscribeResult>\n <SubscriptionArn>arn</SubscriptionArn>\n</SubscribeResult>"),
    ("Unsubscribe", ""),
    (
        "GetTopicAttributes",
        f"<GetTopicAttributesResult><Attributes>{ATTRIBUTES}</Attributes></GetTopicAttributesResult>",
    ),
    ("GetTopicAttributes", "<GetTopicAttributesResult><Attributes/></GetTopicAttributesResult>"),
    (
        "GetSubscriptionAttributes",
        "<GetSubscriptionAttributesResult><Attributes>\n"
        f"{ATTRIBUTES}{POLICY}</Attributes></GetSubscriptionAttributesResult>",
    ),
    *(
        (
            "ListSubscriptionsByTopic",
            f"<ListSubscriptionsByTopicResult><Subscriptions>{SUBSCRIPTION * times}</Subscriptions>{more}"
            "</ListSubscriptionsByTopicResult>",
        )
        for times, more in ((0, ""), (1, ""), (3, "<NextToken>n==</NextToken>"))
    ),
]


@pytest.mark.parametrize(("operation", "result"), RESULTS)
def test_an_answer_reads_as_botocore_reads_it(client: QueryClient, operation: str, result: str) -> None:
    content = answered(operation, result)
    told = {"body": content, "headers": {}, "status_code": 200}
    theirs = create_parser("query").parse(told, model(SNS, operation).output_shape)
    theirs.pop("ResponseMetadata")
    assert client.read(content) == theirs


@pytest.mark.parametrize("name", ["NotFound", "FilterPolicyLimitExceeded", "SubscriptionLimitExceeded"])
def test_a_refusal_has_the_code_and_the_kind_that_botocore_finds(client: QueryClient, name: str) -> None:
    content = (
        f"<ErrorResponse><Error><Type>Sender</Type><Code>{name}</Code><Message>no</Message></Error></ErrorResponse>"
    )
    errors = {each.name: each.error_code for each in model(SNS, "Subscribe").error_shapes}
    assert errors[f"{name}Exception"] == name
    refused = client.refusal_in("Subscribe", Answer(404, {}, content.encode()))
    assert refused.response["Error"] == {"Type": "Sender", "Code": name, "Message": "no"}
    for kind in (f"{name}Exception", "ClientError"):
        assert isinstance(refused, getattr(client.exceptions, kind))
    assert not isinstance(refused, client.exceptions.InvalidParameterException)
    assert type(refused) is client.exceptions.from_code(name)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>Bad gateway",
        b"<ErrorResponse>",
        b"just text",
        b'<!DOCTYPE a [<!ENTITY b "c">]><ErrorResponse><Error><Code>&b;</Code></Error></ErrorResponse>',
        b"<ErrorResponse><Error><entry>1</entry></Error></ErrorResponse>",
    ],
)
def test_what_no_service_wrote_is_refused_with_the_status(client: QueryClient, content: bytes) -> None:
    refused = client.refusal_in("Publish", Answer(503, {}, content))
    assert isinstance(refused, AwsRefused)
    assert refused.response["Error"] == {"Code": "503", "Message": ""}
    assert client.read(content) == {}
