"""Baton's own AWS client: what it sends is what botocore would send, and what comes back reads as botocore reads it."""

import json
import random
from datetime import UTC, datetime
from functools import cache
from typing import Any

import botocore.session
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as TheirCredentials
from botocore.model import OperationModel
from botocore.parsers import create_parser
from botocore.retries.standard import ThrottledRetryableChecker, TransientRetryableChecker
from botocore.serialize import create_serializer

from baton.aws.sdk import retried, role_credentials
from baton.aws.sdk.connections import Connections
from baton.aws.sdk.faults import AwsSilent
from baton.aws.sdk.json_client import JsonClient, _read, _snake_case, _spelled
from baton.aws.sdk.services import SERVICES, Service, address
from baton.aws.sdk.signature import Credentials, authorization

OPERATIONS = [(service, operation) for service in SERVICES.values() for operation in sorted(service.operations)]
OF_DYNAMODB = SERVICES["dynamodb"]
ITEM = {
    "pk": {"S": 'LEAD#ä "quoted" \u2028 \x00'},
    "n": {"N": "-1.5"},
    "b": {"B": b"\x00\xff zlib"},
    "B": {"M": {"B": {"S": "a text"}, "BS": {"BS": [b"a", b""]}, "L": {"L": [{"NULL": True}, {"BOOL": False}]}}},
}


@cache
def session() -> botocore.session.Session:
    return botocore.session.Session()


def model(service: Service, operation: str) -> OperationModel:
    return session().get_service_model(service.name).operation_model(operation)


@pytest.mark.parametrize(("service", "operation"), OPERATIONS, ids=lambda each: getattr(each, "name", each))
def test_an_operation_is_called_as_botocores_model_of_the_service_says(service: Service, operation: str) -> None:
    found = model(service, operation)
    told = found.service_model.metadata
    assert ("json" if service.target else "query") in told.get("protocols", [told["protocol"]])
    version = told["jsonVersion" if service.target else "apiVersion"]
    assert (told.get("targetPrefix", ""), version) == (service.target, service.version)
    assert told.get("signingName", told["endpointPrefix"]) == service.prefix
    assert told["serviceId"].upper().replace(" ", "_") == service.in_environment
    assert found.http == {"method": "POST", "requestUri": "/"}
    assert (operation in service.unsigned) == (found.auth_type == "none")
    assert [each for each in [service.tokens.get(operation)] if each] == found.idempotent_members
    assert _snake_case(operation) == botocore.xform_name(operation)


@pytest.mark.parametrize(("service", "operation"), OPERATIONS, ids=lambda each: getattr(each, "name", each))
def test_an_operation_has_no_error_that_botocore_alone_would_send_again(service: Service, operation: str) -> None:
    for error in model(service, operation).error_shapes:
        if error.metadata.get("retryable"):
            assert retried.helps(error.metadata.get("error", {}).get("httpStatusCode", 400), error.name)


def test_calls_are_sent_again_for_the_reasons_that_botocore_has() -> None:
    assert set(ThrottledRetryableChecker._THROTTLED_ERROR_CODES) == retried.THROTTLING_CODES
    assert set(TransientRetryableChecker._TRANSIENT_ERROR_CODES) == retried.TRANSIENT_CODES
    assert set(TransientRetryableChecker._TRANSIENT_STATUS_CODES) == retried.TRANSIENT_STATUSES


def regions() -> list[str]:
    partitions = session().get_data("partitions")["partitions"]
    return [region for each in partitions for region in each["regions"] if not region.endswith("-global")]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_the_address_that_botocore_finds(service: str) -> None:
    session_ = session()
    special = ["cn-north-1", "us-gov-west-1", "us-iso-east-1", "eusc-de-east-1"]
    for region in [*random.Random(7).sample(regions(), 5), *special]:
        theirs = session_.create_client(
            service, region_name=region, aws_access_key_id="key", aws_secret_access_key="secret"
        )
        assert theirs.meta.endpoint_url == address(SERVICES[service].prefix, region)


def test_a_call_is_signed_as_botocore_signs_it() -> None:
    chance = random.Random(5)
    for number in range(60):
        body = chance.randbytes(chance.randint(0, 300))
        token = "a/token+==" if number % 2 else None
        host = chance.choice(["dynamodb.eu-central-1.amazonaws.com", "127.0.0.1:4566"])
        sent = {
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": "DynamoDB_20120810.GetItem",
            **({"X-Amz-Security-Token": token} if token else {}),
        }
        request = AWSRequest("POST", f"http://{host}/", dict(sent), body)
        SigV4Auth(TheirCredentials("AKIDEXAMPLE", "se/cret", token), "dynamodb", "eu-central-1").add_auth(request)
        sent["X-Amz-Date"] = request.context["timestamp"]
        ours = authorization(host, sent, body, Credentials("AKIDEXAMPLE", "se/cret", token), "eu-central-1", "dynamodb")
        assert ours == request.headers["Authorization"]


CALLS = [
    ("dynamodb", "PutItem", {"TableName": "t", "Item": ITEM, "ConditionExpression": "attribute_not_exists(pk)"}),
    (
        "dynamodb",
        "TransactWriteItems",
        {"ClientRequestToken": "x", "TransactItems": [{"Put": {"TableName": "t", "Item": ITEM}}]},
    ),
    ("dynamodb", "Query", {"TableName": "t", "Limit": 3, "ScanIndexForward": False, "ExclusiveStartKey": ITEM}),
    ("cognito-idp", "GetTokensFromRefreshToken", {"RefreshToken": "a.b-c", "ClientId": "client"}),
    ("events", "PutEvents", {"Entries": [{"Detail": "{}", "Time": datetime(2026, 11, 24, 9, 30, 0, 7, UTC)}]}),
    ("secretsmanager", "GetSecretValue", {"SecretId": "arn", "VersionStage": "AWSCURRENT"}),
    ("sqs", "SendMessage", {"QueueUrl": "https://queue", "MessageBody": "ä"}),
    ("stepfunctions", "StartExecution", {"stateMachineArn": "arn", "name": "n", "input": "{}"}),
]


@pytest.mark.parametrize(
    ("service", "operation", "parameters"), CALLS, ids=lambda each: each if isinstance(each, str) else ""
)
def test_a_body_says_what_botocores_says(service: str, operation: str, parameters: dict[str, Any]) -> None:
    theirs = create_serializer("json").serialize_to_request(parameters, model(SERVICES[service], operation))
    assert json.loads(json.dumps(parameters, default=_spelled)) == json.loads(theirs["body"])


def test_an_answer_reads_as_botocore_reads_it() -> None:
    content = json.dumps({"Item": ITEM, "ConsumedCapacity": {"TableName": "t", "CapacityUnits": 1.5}}, default=_spelled)
    output = model(OF_DYNAMODB, "GetItem").output_shape
    theirs = create_parser("json").parse({"body": content.encode(), "headers": {}, "status_code": 200}, output)
    theirs.pop("ResponseMetadata")
    assert _read(content.encode()) == theirs
    assert theirs["Item"] == ITEM


def test_an_operation_that_nobody_listed_is_no_method() -> None:
    with pytest.raises(AttributeError, match="drop_table"):
        _ = _client().drop_table


def _client() -> JsonClient:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_REGION", "eu-central-1")
        return JsonClient(OF_DYNAMODB)


def test_no_credentials_are_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_CONTAINER_CREDENTIALS_FULL_URI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(role_credentials, "_of_container", None)
    with pytest.raises(AwsSilent, match="AWS_ACCESS_KEY_ID"):
        role_credentials.credentials()


def test_an_address_may_be_named_for_one_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "https://dynamodb-fips.us-east-1.amazonaws.com")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    assert JsonClient(OF_DYNAMODB).address == "https://dynamodb-fips.us-east-1.amazonaws.com"
    assert JsonClient(SERVICES["sqs"]).address == "https://sqs.us-east-1.amazonaws.com"
    assert isinstance(JsonClient(OF_DYNAMODB)._connections, Connections)
