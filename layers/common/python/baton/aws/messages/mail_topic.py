"""Mail through SNS: each message names its recipients, and each address is subscribed to its own mail only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


@dataclass(frozen=True, slots=True)
class PostOffice:
    """The topic that sales and its managers get mail from, and the one that operations reads."""

    sns: "SNSClient"
    sales_topic: str
    operations_topic: str

    @classmethod
    def from_environment(cls) -> Self:
        """The topics of the deployed stack."""
        return cls(client("sns"), setting("SALES_MAIL_TOPIC_ARN"), setting("OPERATIONS_TOPIC_ARN"))

    def send(self, to: Sequence[str], subject: str, text: str) -> None:
        """Send a mail to these recipients, and to nobody else."""
        self.sns.publish(
            TopicArn=self.sales_topic,
            Subject=subject,
            Message=text,
            MessageAttributes={"to": {"DataType": "String.Array", "StringValue": json.dumps(list(to))}},
        )

    def tell_operations(self, subject: str, text: str) -> None:
        """Tell whoever runs Baton; without anybody's personal data."""
        self.sns.publish(TopicArn=self.operations_topic, Subject=subject, Message=text)
