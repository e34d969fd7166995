"""Mail through SNS: each message lists its recipients, and each address is subscribed to its own messages only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from baton.aws.messages.mail_pace import MailPace
from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient
OPERATIONS = "operations"
"""Stands for operations where addresses stand; whoever subscribed to their topic gets the mail."""


@dataclass(frozen=True, slots=True)
class MailTopic:
    """Publishes mails to the topic of sales and marketing, and to the topic of operations.

    With a pace each mail waits until its addresses may get one.
    """

    sns: "SNSClient"
    sales_topic: str
    operations_topic: str
    pace: MailPace | None = None

    @classmethod
    def from_environment(cls, pace: MailPace | None = None) -> Self:
        """Publishes to the topics of the deployed stack."""
        return cls(client("sns"), setting("SALES_MAIL_TOPIC_ARN"), setting("OPERATIONS_TOPIC_ARN"), pace)

    def send(self, to: Sequence[str], subject: str, text: str) -> None:
        """Sends a mail to these addresses; the SNS filter of each subscription lets only its own through."""
        if self.pace:
            self.pace.wait_for(to)
        self.sns.publish(
            TopicArn=self.sales_topic,
            Subject=subject,
            Message=text,
            MessageAttributes={"to": {"DataType": "String.Array", "StringValue": json.dumps(list(to))}},
        )

    def send_to_operations(self, subject: str, text: str) -> None:
        """Sends a mail to the operations topic; its text must have no personal data."""
        if self.pace:
            self.pace.wait_for([OPERATIONS])
        self.sns.publish(TopicArn=self.operations_topic, Subject=subject, Message=text)
