"""POST /tools/{source}/replay?after=: reads again what a tool sent that was not understood.

POST /tools/{source}/quarantine/{delivery_id}/replay does so for one delivery. Runs by hand, too, for one source or all.
"""

from typing import Any

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.signals.quarantine import Quarantine, QuarantinedDelivery
from baton.aws.signals.quarantine_replay import replay, replay_one
from baton.aws.signals.webhook_deliveries import WebhookDeliveries
from baton.aws.web.http import answer, staff_api
from baton.aws.web.router import Response
from baton.aws.web.webhook_answers import known_source
from baton.domain.staff.permissions import ADMIN
from baton.intake.webhooks.delivery_reader import agreed_names, read_delivery
from baton.intake.webhooks.parsing.delivery import Delivery

app = staff_api(ADMIN, query={"/tools/{source}/replay": ("after",)})
secrets = Secrets.from_environment()
deliveries = WebhookDeliveries.from_environment(secrets)
quarantine = Quarantine.from_environment()


@app.post("/tools/<source>/replay")
def replay_tool(source: str) -> Response:
    """As many as a quarter of a minute allows; with a `next`, ask again with it as `after`. Nothing is saved twice."""
    done = replay(quarantine, SOURCES, {"source": known_source(source), "after": app.query("after")}, understood)
    counted = {"replayed": done.replayed, "still_quarantined": done.still_quarantined}
    return answer({**counted, "next": done.next["after"] if done.next else None})


@app.post("/tools/<source>/quarantine/<delivery_id>/replay")
def replay_delivery(source: str, delivery_id: str) -> Response:
    """One delivery; it leaves the quarantine if all of it is understood now."""
    return answer({"understood": replay_one(quarantine, known_source(source), delivery_id, understood)})


def understood(kept: QuarantinedDelivery) -> bool:
    """Returns whether the whole delivery is saved now; a message that was saved before is not saved again."""
    now = utc_now()
    delivery = Delivery(kept.method, kept.source, kept.headers, {}, kept.body, "", kept.arrived_at)
    people, names = deliveries.people(kept.source), agreed_names(deliveries.commands.agreement, kept.source)
    read = read_delivery(delivery, names, secrets.pepper(), now, people.address_of, people.lead_id_of)
    became = deliveries.keep(read, people, now)
    return not became.why and not became.has_failed


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway; or reads what one `source` sent, or all: with a `next`, invoke it again."""
    if "httpMethod" in event:
        return app.resolve(event, context)
    return replay(quarantine, SOURCES, event, understood).answer()
