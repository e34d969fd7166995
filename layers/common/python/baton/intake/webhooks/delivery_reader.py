"""A delivery → checked messages. Only the module of the sender that is asked for is imported."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from baton.agreement.terms.agreement import Agreement
from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.domain.signals.message_batches import Message
from baton.intake.signals.signal_reader import read_signal
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood, Untrusted
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, ParsedSignal, UnclearPart
from baton.intake.webhooks.parsing.tool_names import ToolNames

WAY = "webhooks"
MAX_REASONS = 5


class Sender(Protocol):
    """The module of a sender."""

    def verify(self, delivery: Delivery, secrets: Sequence[str]) -> None:
        """See that it is from whom it says, and fresh.

        Raises:
            Untrusted: it is not.
        """

    def read(self, delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
        """What it tells, part by part; nothing of parts that say nothing of a lead.

        Raises:
            NotUnderstood: nothing can be made of it as a whole.
        """


FindAddress = Callable[[str], str | None]
"""Gives the address of whoever is known by an id of the sender's."""


@dataclass(frozen=True, slots=True)
class ReadDelivery:
    """The messages in a delivery, why some of it was not understood, and which leads have which ids of the sender's."""

    messages: list[Message]
    why: tuple[str, ...] = ()
    ids: frozenset[tuple[str, str]] = frozenset()


def find_nobody(_id: str) -> None:
    """Knows nobody by any id."""


def agreed_names(agreement: Agreement, source: str) -> ToolNames:
    """What the agreement says of a source's names; one from before there were webhooks says nothing."""
    return ToolNames.agreed(agreement.rules.get("webhooks", {}).get(source, {}))


def sender(source: str) -> Sender:
    """The sender of this name, which is one of SOURCES."""
    return cast(Sender, import_module(f"baton.intake.webhooks.senders.{SOURCES[SOURCES.index(source)]}"))


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """See that a delivery is from its sender, with any of the secrets, and fresh.

    Raises:
        Untrusted: it is not.
    """
    if not secrets:
        raise Untrusted("there is no secret for this source")
    sender(delivery.source).verify(delivery, secrets)


def read_delivery(
    delivery: Delivery, names: ToolNames, pepper: bytes, now: datetime, find: FindAddress = find_nobody
) -> ReadDelivery:
    """What a trusted delivery tells, under what is agreed of its source's names.

    One that is read later than it arrived (`now`) happened when it arrived, unless it says otherwise. Whatever goes
    wrong in reading it is our not understanding: sent again it would go wrong again, so it is kept.
    """
    try:
        parts = sender(delivery.source).read(delivery, names)
    except NotUnderstood as fault:
        return ReadDelivery([], (str(fault),))
    except Exception as fault:  # a fault of ours, about which its sender can do nothing
        return ReadDelivery([], (_failed(fault),))
    known = cache(find)
    found = [_with_address(part, known) if isinstance(part, ParsedSignal) else part for part in parts]
    read = [(part, _checked(part, delivery, pepper, now)) for part in found if part is not None]
    messages = [(part, one) for part, one in read if isinstance(one, Message)]
    why = dict.fromkeys(one for _, one in read if isinstance(one, str))
    ids = {(one.lead_id, id_) for part, one in messages if isinstance(part, ParsedSignal) for id_ in part.ids}
    return ReadDelivery([one for _, one in messages], tuple(why)[:MAX_REASONS], frozenset(ids))


def _with_address(told: ParsedSignal, find: FindAddress) -> DeliveryPart | None:
    """What is told, with the address of whoever it is about; None if that is nobody."""
    if told.email or not told.ids:
        return told
    if email := find(told.ids[0]):
        return replace(told, email=email)
    if told.mentioned_email:
        return replace(told, email=told.mentioned_email, ids=())
    return None if told.skip_unknown else UnclearPart("it names somebody by an id for which no address is known yet")


def _checked(part: DeliveryPart, delivery: Delivery, pepper: bytes, now: datetime) -> Message | str:
    """The part as a message, or why it is none."""
    if not isinstance(part, ParsedSignal):
        return part.why
    otherwise = delivery.arrived_at if delivery.arrived_at < now else None
    try:
        read = read_signal(part.sent(delivery.source), pepper, now, otherwise)
    except Exception as fault:  # as above
        return _failed(fault)
    if read.message is None:
        return "; ".join(f"{fault.field} {fault.detail}" for fault in read.errors)
    said = read.message.signal.model_copy(update={"message": part.message})
    return replace(read.message, signal=said, way=_way(part, delivery.source))


def _way(told: ParsedSignal, source: str) -> str:
    """Whose webhook it came by, also if it names another source: senders' ids of messages are their own."""
    return WAY if told.source in (None, source) else f"{WAY}:{source}"


def _failed(fault: Exception) -> str:
    return f"reading it failed with {type(fault).__name__}"
