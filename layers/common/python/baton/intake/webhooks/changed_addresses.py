"""Finds in a delivery who is known to its sender by the same id as before, and has another address."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from baton.domain.identity.lead_ids import lead_id_of
from baton.domain.signals.message_batches import Message
from baton.domain.signals.read_deliveries import ChangedAddress
from baton.intake.fields.email_addresses import check_email
from baton.intake.webhooks.parsing.parsed_signal import ParsedSignal

OF_A_PERSON = ("contact:", "user:")
"""The beginnings of ids that name one person; a browser's id may be that of several."""
CLAIMED = "user:"
"""The beginning of ids that anybody can claim by a website's script, so that they merge no leads."""

REMEMBERED = 5
"""The most addresses of one person that are remembered within a delivery."""

Known = Callable[[str], str | None]
"""Returns the lead id that follows from the address of a person, by the sender's id of them."""


def changed_addresses(
    told: Sequence[tuple[ParsedSignal, Message]], known: Known, pepper: bytes, now: datetime
) -> Iterator[ChangedAddress]:
    """Yields the changes of addresses in the order of their time; `known` tells of ids before the delivery.

    What anybody could have sent names no address as the current one.
    """
    told_so_far = defaultdict[str, deque[str]](lambda: deque(maxlen=REMEMBERED))
    for part, message in sorted(told, key=lambda each: each[1].signal.occurred_at or now):
        ids = [id_ for id_ in part.ids if id_.startswith(OF_A_PERSON)]
        earlier = [each for id_ in ids for each in told_so_far[id_]]
        for each in dict.fromkeys([*map(known, ids), *earlier, _lead(part.former_email, pepper)]):
            if each and each != message.lead_id:
                signal, is_current = message.signal, part.is_address_current and not part.anybody
                anybody = part.anybody or any(id_.startswith(CLAIMED) for id_ in ids)
                yield ChangedAddress(
                    each, message.lead_id, signal.email, signal.occurred_at, is_current, anybody=anybody
                )
        for id_ in ids:
            if message.lead_id not in told_so_far[id_]:
                told_so_far[id_].append(message.lead_id)


def _lead(former: object, pepper: bytes) -> str | None:
    """Returns the lead id that follows from the address of before; None if there is none that mail could reach."""
    if not isinstance(former, str) or not former:
        return None
    try:
        return lead_id_of(check_email(former), pepper)
    except ValueError:
        return None
