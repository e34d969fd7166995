"""AWS clients, built on first use, with botocore alone: boto3 would only add start-up time."""

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, overload

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection
from botocore.loaders import Loader

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_events import EventBridgeClient
    from types_boto3_s3 import S3Client
    from types_boto3_secretsmanager import SecretsManagerClient
    from types_boto3_sns import SNSClient
    from types_boto3_sqs import SQSClient

_CONFIG = Config(  # three attempts end before the function's own timeout, so that the answer is ours
    connect_timeout=1,
    read_timeout=3,
    retries={"mode": "standard", "total_max_attempts": 3},
    tcp_keepalive=True,
    s3={"us_east_1_regional_endpoint": "regional"},  # the other one is in what is not read, see below
)
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
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)


def is_busy(fault: Exception) -> bool:
    """Tells whether a request failed because AWS was throttling or did not answer; it may succeed in a moment.

    The SDK retries such a request before it raises the exception.
    """
    if isinstance(fault, ClientError):
        return fault.response.get("Error", {}).get("Code") in _BUSY
    return isinstance(fault, HTTPClientError | NoConnection)


class _Loader(Loader):
    """Loads botocore's data faster: it names the six services that are used, and skips `endpoints.json`.

    botocore would list the folders of all 400 services twice, and read a megabyte about regions that the endpoint rules
    of each service have replaced. What it still needs of that file is in `partitions.json`, which is read anyway.
    """

    def list_available_services(self, _type_name: str) -> list[str]:
        return ["dynamodb", "events", "s3", "secretsmanager", "sns", "sqs"]

    def load_data_with_path(self, name: str) -> tuple[Any, str]:
        if name != "endpoints":
            data: tuple[Any, str] = super().load_data_with_path(name)
            return data
        return {
            "version": 3,
            "partitions": [_partition(each) for each in self.load_data("partitions")["partitions"]],
        }, ""


def _partition(partition: dict[str, Any]) -> dict[str, Any]:
    """Returns a partition in the format of `endpoints.json`."""
    defaults = {"hostname": "{service}.{region}.{dnsSuffix}", "protocols": ["https"], "signatureVersions": ["v4"]}
    return {
        "partition": partition["id"],
        "dnsSuffix": partition["outputs"]["dnsSuffix"],
        "regionRegex": partition["regionRegex"],
        "defaults": defaults,
        "regions": {},
        "services": {},
    }


@cache
def _session() -> botocore.session.Session:
    session = botocore.session.Session()
    session.register_component("data_loader", _Loader())
    return session


@overload
def client(service: Literal["dynamodb"]) -> "DynamoDBClient": ...
@overload
def client(service: Literal["events"]) -> "EventBridgeClient": ...
@overload
def client(service: Literal["s3"]) -> "S3Client": ...
@overload
def client(service: Literal["secretsmanager"]) -> "SecretsManagerClient": ...
@overload
def client(service: Literal["sns"]) -> "SNSClient": ...
@overload
def client(service: Literal["sqs"]) -> "SQSClient": ...
@cache
def client(service: str) -> Any:
    """Returns the client of an AWS service, with short timeouts and three attempts; it is built once."""
    return _session().create_client(service, config=_CONFIG)
