"""Turns a webhook's delivery into checked messages; it imports only the module of its sender."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from baton.agreement.terms.agreement import Agreement
from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.domain.signals.message_batches import Message
from baton.domain.signals.read_deliveries import ReadDelivery
from baton.intake.signals.signal_reader import read_signal
from baton.intake.webhooks.changed_addresses import Known, changed_addresses
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood, Untrusted
from baton.intake.webhooks.parsing.parsed_signal import (
    DeletedPerson,
    DeliveryPart,
    LetGo,
    LetGoReason,
    ParsedSignal,
    SamePerson,
    UnclearPart,
)
from baton.intake.webhooks.parsing.tool_names import ToolNames

WAY = "webhooks"
MAX_REASONS = 5


class Sender(Protocol):
    """The functions of each module in `senders`: `verify` and `read`."""

    def verify(self, delivery: Delivery, secrets: Sequence[str]) -> None:
        """Checks that a delivery is from its sender, and fresh.

        Raises:
            Untrusted: it is not.
        """

    def read(self, delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
        """Returns the parts of a delivery: signals, what is unclear, and what is let go, at least one for each event.

        Raises:
            NotUnderstood: the delivery cannot be read as a whole.
        """


FindAddress = Callable[[str], str | None]
"""Returns the e-mail address of a person by the sender's id of them."""


def find_nobody(_id: str) -> None:
    """Returns None for every id."""


def agreed_names(agreement: Agreement, source: str) -> ToolNames:
    """Returns the names that the agreement maps for a source; none if it is older than webhooks."""
    return ToolNames.agreed(agreement.rules.get("webhooks", {}).get(source, {}))


def sender(source: str) -> Sender:
    """Returns the sender's module; `source` is one of SOURCES."""
    return cast(Sender, import_module(f"baton.intake.webhooks.senders.{SOURCES[SOURCES.index(source)]}"))


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Checks that a delivery is signed with one of the secrets, and fresh.

    Raises:
        Untrusted: it is not.
    """
    if not secrets:
        raise Untrusted("there is no secret for this source")
    sender(delivery.source).verify(delivery, secrets)


def read_delivery(
    delivery: Delivery,
    names: ToolNames,
    pepper: bytes,
    now: datetime,
    find: FindAddress = find_nobody,
    known: Known = find_nobody,
) -> ReadDelivery:
    """Returns the messages of a trusted delivery, with the source's names as the agreement maps them.

    A delivery that is read later (`now`) happened when it arrived, unless it has a time. Any exception while it is
    read counts as not understood: it is kept for a replay, because sending it again would not help.
    """
    try:
        parts = sender(delivery.source).read(delivery, names) or [LetGo(LetGoReason.EMPTY)]
    except NotUnderstood as fault:
        return ReadDelivery([], (str(fault),))
    except Exception as fault:  # a fault of ours, about which its sender can do nothing
        return ReadDelivery([], (_failed(fault),))
    cached_find = cache(find)
    found = [_with_address(part, cached_find) if isinstance(part, ParsedSignal) else part for part in parts]
    told = [part for part in found if isinstance(part, ParsedSignal | UnclearPart)]
    read = [(part, _checked(part, delivery, pepper, now)) for part in told]
    taken = [(part, one) for part, one in read if isinstance(one, Message) and isinstance(part, ParsedSignal)]
    why = dict.fromkeys(one for _, one in read if isinstance(one, str))
    return ReadDelivery(
        [one for part, one in taken if not part.waits_as],
        tuple(why)[:MAX_REASONS],
        tuple(part.reason for part in found if isinstance(part, LetGo)),
        frozenset((one.lead_id, id_) for part, one in taken if not part.waits_as for id_ in part.ids),
        tuple((part.waits_as, one) for part, one in taken if part.waits_as),
        tuple(part.ids for part in found if isinstance(part, SamePerson)),
        tuple(part.id for part in found if isinstance(part, DeletedPerson)),
        tuple(changed_addresses([each for each in taken if not each[0].waits_as], known, pepper, now)),
    )


def _with_address(parsed: ParsedSignal, find: FindAddress) -> ParsedSignal:
    """Returns the signal with the address of its person; without one it waits."""
    if parsed.email or not parsed.ids:
        return parsed
    if email := find(parsed.ids[0]):
        return replace(parsed, email=email)
    if parsed.mentioned_email:
        return replace(parsed, email=parsed.mentioned_email, ids=())
    return replace(parsed, waits_as=parsed.ids[0])


def _checked(part: ParsedSignal | UnclearPart, delivery: Delivery, pepper: bytes, now: datetime) -> Message | str:
    """Returns a part as a message, or the reason why it is not one."""
    if not isinstance(part, ParsedSignal):
        return part.why
    otherwise = delivery.arrived_at if delivery.arrived_at < now else None
    try:
        read = read_signal(part.sent(delivery.source), pepper, now, otherwise)
    except Exception as fault:  # as above
        return _failed(fault)
    if read.message is None:
        return "; ".join(f"{fault.field} {fault.detail}" for fault in read.errors)
    said = "\n".join(filter(None, (part.message, read.message.signal.message))) or None
    names = ("from_person", "mail_choice", "anybody", "meeting", "cleared", "speaker")
    marks = {name: getattr(part, name) for name in names}
    signal = read.message.signal.model_copy(update={"message": said, **marks})
    return replace(read.message, signal=signal, way=_way(part, delivery.source))


def _way(parsed: ParsedSignal, source: str) -> str:
    """Returns the way of a message, with the webhook's source if the signal names another: ids are a sender's own."""
    return WAY if parsed.source in (None, source) else f"{WAY}:{source}"


def _failed(fault: Exception) -> str:
    return f"reading it failed with {type(fault).__name__}"
