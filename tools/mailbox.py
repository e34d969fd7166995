"""Makes the mails that Baton sends readable on this machine.

MiniStack only logs what SNS would send by e-mail. So each topic that carries mail gets one more subscriber, a queue;
the template knows nothing of it.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.http_retries import HANGS_AFTER_SECONDS

if TYPE_CHECKING:
    import boto3
    from types_boto3_sqs import SQSClient


@dataclass(frozen=True)
class Mail:
    """One mail as a subscriber of the topic gets it."""

    topic: str
    subject: str
    text: str
    to: tuple[str, ...]
    sent_at: str


class Mailbox:
    """A queue of the mails sent since it was made; reading a mail removes it from the queue."""

    def __init__(self, sqs: "SQSClient", queue_url: str) -> None:
        self.queue_url = queue_url
        self._sqs = sqs
        self.mails: list[Mail] = []

    def read(self, wait_seconds: int = 0) -> list[Mail]:
        """Returns the mails that came since the last call; all mails so far stay in `mails`."""
        new: list[Mail] = []
        while True:
            messages = self._sqs.receive_message(
                QueueUrl=self.queue_url,
                MaxNumberOfMessages=10,
                WaitTimeSeconds=0 if new else wait_seconds,
            ).get("Messages", [])
            if not messages:
                break
            for message in messages:
                new.append(_mail(message["Body"]))
                self._sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
        new.sort(key=lambda mail: mail.sent_at)
        self.mails += new
        return new

    def wait_for(
        self, *words: str, to: str | None = None, since: str = "", seconds: float = HANGS_AFTER_SECONDS
    ) -> Mail:
        """Returns the last mail to this person with all these words, read before or within some seconds.

        It was sent in the second of the moment `since` (as `2026-11-24T09:30:00.250Z`) or later: the local AWS knows
        no more of when a mail was sent.

        Raises:
            TimeoutError: none came; the message lists the subjects that did.
        """
        deadline, second = time.monotonic() + seconds, since.partition(".")[0].removesuffix("Z")
        while True:
            for mail in (each for each in reversed(self.mails) if each.sent_at >= second):
                if (to is None or to in mail.to) and all(word in f"{mail.subject}\n{mail.text}" for word in words):
                    return mail
            if time.monotonic() > deadline:
                came = ", ".join(repr(mail.subject) for mail in self.mails) or "none"
                raise TimeoutError(f"no mail with {words} within {seconds:.0f} s; came: {came}")
            self.read(wait_seconds=1)


def open_mailbox(session: "boto3.Session", name: str, topics: Sequence[str]) -> Mailbox:
    """Returns a queue of this name, subscribed to the topics (ARNs); an existing one is used as it is."""
    sqs, sns = session.client("sqs"), session.client("sns")
    queue_url = sqs.create_queue(QueueName=name)["QueueUrl"]
    queue_arn = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sqs.set_queue_attributes(QueueUrl=queue_url, Attributes={"Policy": _topics_may_send(queue_arn, topics)})
    for arn in topics:
        sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue_arn)
    return Mailbox(sqs, queue_url)


def _topics_may_send(queue_arn: str, topics: Sequence[str]) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue_arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": list(topics)}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _mail(body: str) -> Mail:
    message = json.loads(body)
    to = message.get("MessageAttributes", {}).get("to", {}).get("Value", "[]")
    return Mail(
        topic=message["TopicArn"].rsplit(":", 1)[-1],
        subject=message.get("Subject") or "",
        text=message["Message"],
        to=tuple(json.loads(to)),
        sent_at=message["Timestamp"],
    )
