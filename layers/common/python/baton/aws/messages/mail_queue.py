"""The queue before notify_sales: it brings the bus's events, and those again whose mail has to wait."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from baton.aws.runtime.settings import setting

LONGEST_DELAY = 900
"""SQS keeps a message back for so many seconds at most."""


def events_in(invocation: Mapping[str, Any]) -> list[str]:
    """Returns the ids of the events in the queue's messages, or of the one that an operator sends by hand."""
    records = invocation.get("Records")
    events = [invocation] if records is None else [json.loads(record["body"]) for record in records]
    return [event["detail"]["event_id"] for event in events]


@dataclass(frozen=True, slots=True)
class MailQueue:
    """Sends an event to the queue again; nothing but its id is in the message."""

    url: str

    @classmethod
    def from_environment(cls) -> Self:
        """Opens the queue of the deployed stack."""
        return cls(setting("MAIL_QUEUE_URL"))

    def send_later(self, event_id: str, until: datetime, now: datetime) -> None:
        """Has an event come again at a moment, or a little later."""
        from baton.aws.runtime.clients import client  # most mails leave at once  # noqa: PLC0415

        delay = min(max(math.ceil((until - now).total_seconds()), 1), LONGEST_DELAY)
        body = json.dumps({"detail": {"event_id": event_id}}, separators=(",", ":"))
        client("sqs").send_message(QueueUrl=self.url, MessageBody=body, DelaySeconds=delay)
