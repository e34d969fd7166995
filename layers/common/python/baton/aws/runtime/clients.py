"""AWS clients, built on first use: of our own for the services that most functions call, botocore's for the others."""

import sys
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal, overload

from baton.aws.runtime.restores import after_restore, reseed
from baton.aws.sdk import role_credentials
from baton.aws.sdk.faults import AwsRefused, AwsSilent
from baton.aws.sdk.json_client import JsonClient
from baton.aws.sdk.services import SERVICES, Service

if TYPE_CHECKING:
    from types_boto3_cloudwatch import CloudWatchClient
    from types_boto3_cognito_idp import CognitoIdentityProviderClient
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_events import EventBridgeClient
    from types_boto3_lambda import LambdaClient
    from types_boto3_s3 import S3Client
    from types_boto3_secretsmanager import SecretsManagerClient
    from types_boto3_sns import SNSClient
    from types_boto3_sqs import SQSClient
    from types_boto3_stepfunctions import SFNClient

_BUSY = frozenset(
    {
        "InternalServerError",
        "InternalServiceError",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "Throttled",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)


after_restore(role_credentials.forget)
after_restore(reseed)


def is_busy(fault: Exception) -> bool:
    """Tells whether a request failed because AWS was throttling or did not answer; it may succeed in a moment.

    The client retries such a request before it raises the exception.
    """
    if isinstance(fault, AwsRefused):
        return fault.response["Error"]["Code"] in _BUSY
    if isinstance(fault, AwsSilent):
        return True
    if "botocore" not in sys.modules:
        return False
    from baton.aws.runtime.botocore_clients import code_of  # loaded already  # noqa: PLC0415

    return code_of(fault) in {"", *_BUSY}


class _Later:
    """A client of botocore that is built at its first use: it takes a third of a start, and few requests need it."""

    def __init__(self, service: str) -> None:
        self._service = service

    @cached_property
    def _built(self) -> Any:
        from baton.aws.runtime.botocore_clients import botocore_client  # see above  # noqa: PLC0415

        return botocore_client(self._service)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._built, name)


@overload
def client(service: Literal["cloudwatch"]) -> "CloudWatchClient": ...
@overload
def client(service: Literal["cognito-idp"]) -> "CognitoIdentityProviderClient": ...
@overload
def client(service: Literal["dynamodb"]) -> "DynamoDBClient": ...
@overload
def client(service: Literal["events"]) -> "EventBridgeClient": ...
@overload
def client(service: Literal["lambda"]) -> "LambdaClient": ...
@overload
def client(service: Literal["s3"]) -> "S3Client": ...
@overload
def client(service: Literal["secretsmanager"]) -> "SecretsManagerClient": ...
@overload
def client(service: Literal["sns"]) -> "SNSClient": ...
@overload
def client(service: Literal["sqs"]) -> "SQSClient": ...
@overload
def client(service: Literal["stepfunctions"]) -> "SFNClient": ...
@cache
def client(service: str) -> Any:
    """Returns the client of an AWS service, with short timeouts and three attempts; it is built once."""
    if service not in SERVICES:
        return _Later(service)
    built = _own_client(SERVICES[service])
    after_restore(built.close)
    return built


def _own_client(service: Service) -> JsonClient:
    if service.target:
        return JsonClient(service)
    from baton.aws.sdk.query_client import QueryClient  # few functions send mail  # noqa: PLC0415

    return QueryClient(service)
