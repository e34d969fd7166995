"""The event bus: what left the table's stream is published, with ids and facts only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from baton.aws.clients import client
from baton.aws.settings import setting
from baton.aws.stream import StreamRecord

if TYPE_CHECKING:
    from types_boto3_events import EventBridgeClient

SOURCE = "baton"
MOST_ENTRIES = 10


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
        for start in range(0, len(happened), MOST_ENTRIES):
            chunk = happened[start : start + MOST_ENTRIES]
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
