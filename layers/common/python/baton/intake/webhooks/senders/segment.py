"""Segment: an event, or several if the signature covers all of them."""

from collections.abc import Sequence

from baton.intake.webhooks.parsing.delivery import Delivery
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart
from baton.intake.webhooks.parsing.tool_names import ToolNames
from baton.intake.webhooks.parsing.webhook_signatures import mac, must_match
from baton.intake.webhooks.senders.segment_events import read_events


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Hex HMAC-SHA1 of the body, all of it: of a batch Segment itself signs the first event only, which is refused."""
    given = delivery.header("x-signature")
    must_match([given], secrets, lambda secret: mac(secret.encode(), delivery.body, "sha1").hex())


def read(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """A signal for each event, known by its `messageId`."""
    return read_events(delivery, names)
