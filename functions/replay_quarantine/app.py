"""Runs by hand after the agreement's names were mended: reads again the webhooks that were not understood."""

from typing import Any

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.signals.quarantine import Quarantine, QuarantinedDelivery
from baton.aws.signals.quarantine_replay import replay
from baton.aws.signals.webhook_deliveries import WebhookDeliveries
from baton.intake.webhooks.delivery_reader import agreed_names, read_delivery
from baton.intake.webhooks.parsing.delivery import Delivery

secrets = Secrets.from_environment()
deliveries = WebhookDeliveries.from_environment(secrets)
quarantine = Quarantine.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Reads again what one `source` sent, or all sources; if the answer has a `next`, invoke it again with that."""
    return replay(quarantine, SOURCES, event, understood).answer()


def understood(kept: QuarantinedDelivery) -> bool:
    """Returns whether the whole delivery is saved now; a message that was saved before is not saved again."""
    now = utc_now()
    delivery = Delivery(kept.method, kept.source, kept.headers, {}, kept.body, "", kept.arrived_at)
    people, names = deliveries.people(kept.source), agreed_names(deliveries.commands.agreement, kept.source)
    read = read_delivery(delivery, names, secrets.pepper(), now, people.address_of, people.lead_id_of)
    became = deliveries.keep(read, people, now)
    return not became.why and not became.has_failed
