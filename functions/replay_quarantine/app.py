"""By hand: reads anew the webhooks that were not understood, after what the agreement says of them was mended."""

from typing import Any

from baton.aws.clock import utc_now
from baton.aws.desk import Desk
from baton.aws.known import KnownPeople
from baton.aws.quarantine import Kept, Quarantine
from baton.aws.receiving import Receiving, Result
from baton.aws.replaying import replay
from baton.aws.secrets import Secrets
from baton.intake.webhooks.delivery import Delivery
from baton.intake.webhooks.reading import SOURCES, agreed_names, read_delivery

desk, secrets, quarantine = Desk.from_environment(), Secrets.from_environment(), Quarantine.from_environment()
receiving = Receiving(desk)


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Go through what one `source` sent, or all of them; with `next` in the answer, invoke it again with that."""
    return replay(quarantine, SOURCES, event, understood).said()


def understood(kept: Kept) -> bool:
    """Whether all of it is saved now; what was saved before is saved no second time."""
    now = utc_now()
    delivery = Delivery(kept.method, kept.source, kept.headers, {}, kept.body, "", kept.arrived_at)
    known, names = KnownPeople(desk.store, kept.source), agreed_names(desk.agreement, kept.source)
    read = read_delivery(delivery, names, secrets.pepper(), now, known.address_of)
    became = receiving.receive(read.messages, now)
    if Result.FAILED not in became:
        known.remember(read.ids, now)
    return not read.why and Result.FAILED not in became
