"""The event bus: what left the table's stream is published, with ids and facts only."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from baton.aws.messages.stream import StreamRecord
from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting

if TYPE_CHECKING:
    from types_boto3_events import EventBridgeClient

SOURCE = "baton"
MAX_ENTRIES = 10


class Untold(RuntimeError):
    """The bus did not take an event."""


@dataclass(frozen=True, slots=True)
class Bus:
    """Baton's own bus."""

    events: "EventBridgeClient"
    name: str

    @classmethod
    def from_environment(cls) -> Self:
        """The bus of the deployed stack."""
        return cls(client("events"), setting("BUS_NAME"))

    def publish(self, happened: Sequence[StreamRecord]) -> list[int]:
        """Publish events in their order, and give the positions of those that the bus did not take."""
        refused = []
        for start in range(0, len(happened), MAX_ENTRIES):
            chunk = happened[start : start + MAX_ENTRIES]
            answer = self.events.put_events(
                Entries=[
                    {
                        "EventBusName": self.name,
                        "Source": SOURCE,
                        "DetailType": recorded.kind,
                        "Detail": recorded.facts,
                        "Time": recorded.at,
                    }
                    for recorded in chunk
                ]
            )
            refused += [start + place for place, entry in enumerate(answer["Entries"]) if "ErrorCode" in entry]
        return refused

    def tell(self, kind: str, detail: Mapping[str, Any]) -> None:
        """Publish something that is kept nowhere else: how far a task has come.

        Raises:
            Untold: the bus did not take it.
        """
        record = StreamRecord("", kind, detail["at"], json.dumps(detail, separators=(",", ":")))
        if self.publish([record]):
            raise Untold(f"the bus did not take {kind}")
