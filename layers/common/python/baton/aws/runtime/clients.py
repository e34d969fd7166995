"""AWS clients, built on first use: botocore alone, because boto3 adds start-up time and nothing that is used here."""

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
    """Whether AWS was too busy, or did not answer, and the same request may well succeed in a moment.

    The SDK has tried several times before it raises one of these.
    """
    if isinstance(fault, ClientError):
        return fault.response.get("Error", {}).get("Code") in _BUSY
    return isinstance(fault, HTTPClientError | NoConnection)


class _Loader(Loader):
    """Knows what is asked for: botocore lists the folders of all 400 services, twice, before it reads one model.

    And it reads a megabyte about the regions of all services, which the rules of each service's own endpoints have
    replaced; the partitions, which these rules read as well, say all that is still asked of it.
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
    """A partition as botocore's older way of finding endpoints wants it."""
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
    """The client for an AWS service, with short timeouts and the standard retries."""
    return _session().create_client(service, config=_CONFIG)
