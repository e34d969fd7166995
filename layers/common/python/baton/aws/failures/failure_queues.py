"""Counts what lies in the queues of what failed for good."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.domain.failures.failure_kinds import QUEUES

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient
    from types_boto3_sqs.literals import QueueAttributeNameType

_COUNTED: tuple["QueueAttributeNameType", ...] = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


@dataclass(frozen=True, slots=True)
class FailureQueues:
    """The queues by their names in the template, with their addresses."""

    sqs: "SQSClient"
    an_url: str
    names: str

    @classmethod
    def from_environment(cls) -> Self:
        """Opens the queues of the deployed stack."""
        return cls(client("sqs"), setting("A_FAILURE_QUEUE_URL"), setting("FAILURE_QUEUES"))

    @property
    def urls(self) -> dict[str, str]:
        """Returns the address of each queue: it differs from that of another one in the name only."""
        beside = self.an_url.rpartition("/")[0]
        return {kind.name: f"{beside}/{name}" for kind, name in zip(QUEUES, self.names.split(","), strict=True)}

    def depth(self, name: str) -> int:
        """Returns how many messages lie in a queue, those that somebody reads just now among them."""
        told = self.sqs.get_queue_attributes(QueueUrl=self.urls[name], AttributeNames=list(_COUNTED))["Attributes"]
        return sum(int(told.get(each, "0")) for each in _COUNTED)

    def depths(self) -> dict[str, int]:
        """Returns how many messages lie in each queue."""
        return {name: self.depth(name) for name in self.urls}
