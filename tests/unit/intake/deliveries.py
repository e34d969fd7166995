"""Builds webhook deliveries with a valid signature, and reads their signals."""

from datetime import UTC, datetime
from typing import Any

from baton.domain.signals.signal_recording import Signal
from baton.intake.webhooks.delivery_reader import FindAddress, ReadDelivery, find_nobody, read_delivery
from baton.intake.webhooks.parsing.delivery import Delivery
from baton.intake.webhooks.parsing.tool_names import ToolNames
from tests.senders import recorded, secret_of, sent
from tests.unit.intake.sent_forms import PEPPER

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
ADDRESS = "https://baton.example.com/webhooks"


def delivery(source: str, body: bytes, *, now: datetime = NOW, secret: str | None = None, **more: Any) -> Delivery:
    """A delivery that is what it should be."""
    url = f"{ADDRESS}/{source}"
    one = sent(source, body, now, secret=secret, url=url)
    given = {"headers": one.headers, "query": one.query, "arrived_at": now, "public_url": url, **more}
    return Delivery("POST", source, body=body, **given)


def secrets_of(source: str) -> list[str]:
    return [secret_of(source)]


def read(source: str, body: bytes | str, find: FindAddress = find_nobody, **agreed: dict[str, str]) -> ReadDelivery:
    """What a delivery tells: of bytes, or of a recorded payload of this name."""
    body = recorded(body) if isinstance(body, str) else body
    return read_delivery(delivery(source, body), ToolNames.agreed(agreed), PEPPER, NOW, find)


def signals_of(source: str, body: bytes | str, **agreed: dict[str, str]) -> list[Signal]:
    """The signals in a delivery that was understood as a whole."""
    was = read(source, body, **agreed)
    assert was.why == ()
    return [message.signal for message in was.messages]
