"""Asks for the redrive of a queue through the bus: the API cannot name the functions that mail the API's address."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting

if TYPE_CHECKING:
    from types_boto3_events import EventBridgeClient

SOURCE, ASKED = "baton.operations", "RedriveAsked"
"""No event of a lead: your own rules for `baton` do not see it."""


class NotAsked(RuntimeError):
    """The bus did not take the request; it may be sent again."""


@dataclass(frozen=True, slots=True)
class RedriveRequests:
    """Baton's own bus, on which redrive_failures listens."""

    events: "EventBridgeClient"
    bus: str

    @classmethod
    def from_environment(cls) -> Self:
        """Asks on the bus of the deployed stack."""
        return cls(client("events"), setting("BUS_NAME"))

    def ask(self, queue: str) -> None:
        """Asks for the redrive of a queue.

        Raises:
            NotAsked: the bus refused it.
        """
        entry = {
            "EventBusName": self.bus,
            "Source": SOURCE,
            "DetailType": ASKED,
            "Detail": json.dumps({"queue": queue}),
        }
        if self.events.put_events(Entries=[entry])["FailedEntryCount"]:  # type: ignore[list-item]
            raise NotAsked(f"the bus did not take the redrive of {queue}")
