"""Publishes events of the table's stream on the event bus, with ids and facts only."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from baton.aws.messages.stream import StreamRecord
from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting

if TYPE_CHECKING:
    from types_boto3_events import EventBridgeClient

SOURCE = "baton"
MAX_ENTRIES = 10


class NotPublished(RuntimeError):
    """The bus refused an event."""


@dataclass(frozen=True, slots=True)
class Bus:
    """Publishes on Baton's own bus."""

    events: "EventBridgeClient"
    name: str

    @classmethod
    def from_environment(cls) -> Self:
        """Publishes on the bus of the deployed stack."""
        return cls(client("events"), setting("BUS_NAME"))

    def publish(self, records: Sequence[StreamRecord]) -> list[int]:
        """Publishes events in order, and returns the positions of those that the bus refused."""
        refused = []
        for start in range(0, len(records), MAX_ENTRIES):
            chunk = records[start : start + MAX_ENTRIES]
            answer = self.events.put_events(
                Entries=[
                    {
                        "EventBusName": self.name,
                        "Source": SOURCE,
                        "DetailType": recorded.kind,
                        "Detail": recorded.facts,
                        "Time": datetime.fromisoformat(recorded.at),
                    }
                    for recorded in chunk
                ]
            )
            refused += [start + place for place, entry in enumerate(answer["Entries"]) if "ErrorCode" in entry]
        return refused

    def publish_progress(self, kind: str, detail: Mapping[str, Any]) -> None:
        """Publishes an event that the table does not have: the progress of a task.

        Raises:
            NotPublished: the bus refused it.
        """
        record = StreamRecord("", kind, detail["at"], json.dumps(detail, separators=(",", ":")))
        if self.publish([record]):
            raise NotPublished(f"the bus did not take {kind}")
