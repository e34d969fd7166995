"""Segment: one event, or a batch whose signature covers all of it."""

from collections.abc import Sequence

from baton.intake.webhooks.parsing.delivery import Delivery
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart
from baton.intake.webhooks.parsing.tool_names import ToolNames
from baton.intake.webhooks.parsing.webhook_signatures import mac, must_match
from baton.intake.webhooks.senders.segment_events import read_events


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Checks hex HMAC-SHA1 of the whole body; a batch with a signature of its first event alone is refused."""
    given = delivery.header("x-signature")
    must_match([given], secrets, lambda secret: mac(secret.encode(), delivery.body, "sha1").hex())


def read(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """Returns a signal for each event, whose id is the `messageId`."""
    return read_events(delivery, names)
