"""The services that Baton's own client calls, and their operations; a test compares them with botocore's."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Service(NamedTuple):
    """A service: its name, the same in `AWS_ENDPOINT_URL_…`, and in the header of each call; with the API's version.

    A service without a target does not speak JSON, but AWS's older query protocol.
    """

    name: str
    in_environment: str
    target: str
    version: str
    operations: frozenset[str]
    tokens: Mapping[str, str] = MappingProxyType({})
    """The members that hold a new token for each call, by operation: AWS carries out a repeated call only once."""
    named_otherwise: str = ""
    """The name in addresses and signatures, if that is another one."""
    unsigned: frozenset[str] = frozenset()
    """The operations that anybody may call, and whose calls carry no signature."""

    @property
    def prefix(self) -> str:
        """The name in addresses and signatures."""
        return self.named_otherwise or self.name


SERVICES = {
    each.name: each
    for each in (
        Service(
            "dynamodb",
            "DYNAMODB",
            "DynamoDB_20120810",
            "1.0",
            frozenset(
                {
                    *("BatchGetItem", "BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan"),
                    *("TransactGetItems", "TransactWriteItems", "UpdateItem"),
                }
            ),
            {"TransactWriteItems": "ClientRequestToken"},
        ),
        Service(
            "cognito-idp",
            "COGNITO_IDENTITY_PROVIDER",
            "AWSCognitoIdentityProviderService",
            "1.1",
            frozenset({"AdminUserGlobalSignOut", "GetTokensFromRefreshToken", "ListUserPoolClients", "RevokeToken"}),
            unsigned=frozenset({"GetTokensFromRefreshToken", "RevokeToken"}),
        ),
        Service("events", "EVENTBRIDGE", "AWSEvents", "1.1", frozenset({"PutEvents"})),
        Service("secretsmanager", "SECRETS_MANAGER", "secretsmanager", "1.1", frozenset({"GetSecretValue"})),
        Service(
            "sns",
            "SNS",
            "",
            "2010-03-31",
            frozenset(
                {
                    *("ConfirmSubscription", "GetSubscriptionAttributes", "GetTopicAttributes"),
                    *("ListSubscriptionsByTopic", "Publish", "Subscribe", "Unsubscribe"),
                }
            ),
        ),
        Service(
            "sqs",
            "SQS",
            "AmazonSQS",
            "1.0",
            frozenset({"SendMessage", "SendMessageBatch", "DeleteMessage", "GetQueueAttributes", "ReceiveMessage"}),
        ),
        Service(
            "stepfunctions",
            "SFN",
            "AWSStepFunctions",
            "1.0",
            frozenset({"StartExecution", "StopExecution"}),
            named_otherwise="states",
        ),
    )
}

_SUFFIXES = {
    "cn-": "amazonaws.com.cn",
    "us-iso-": "c2s.ic.gov",
    "us-isob-": "sc2s.sgov.gov",
    "us-isof-": "csp.hci.ic.gov",
    "eu-isoe-": "cloud.adc-e.uk",
    "eusc-": "amazonaws.eu",
}


def address(service: str, region: str) -> str:
    """Returns the address of a service in a region."""
    suffix = next((each for begin, each in _SUFFIXES.items() if region.startswith(begin)), "amazonaws.com")
    return f"https://{service}.{region}.{suffix}"
