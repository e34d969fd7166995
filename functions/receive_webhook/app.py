"""POST /webhooks/{source}: a marketing tool tells what leads did, and shows by its signature that it is itself."""

from functools import partial
from typing import Any

from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.signals.quarantine import Quarantine, QuarantinedDelivery, TooLong
from baton.aws.signals.webhook_deliveries import WebhookDeliveries
from baton.aws.tools.heard_tools import HeardTools
from baton.aws.web.http import Problem, answer, public_api, refused_fields
from baton.aws.web.router import Response
from baton.aws.web.webhook_answers import known_source, refuse_delivery, refuse_length
from baton.intake.fields.json_documents import DocumentFaults, limit_size
from baton.intake.webhooks.delivery_reader import agreed_names, read_delivery, verify
from baton.intake.webhooks.parsing.delivery import MAX_BYTES, Delivery, Untrusted

app = public_api()
app.on(Untrusted)(refuse_delivery)
app.on(TooLong)(refuse_length)
app.on(DocumentFaults)(refused_fields)
secrets = Secrets.from_environment()
deliveries = WebhookDeliveries.from_environment(secrets)
quarantine = Quarantine.from_environment()
heard = HeardTools(deliveries.commands.store)


@app.post("/webhooks/<source>")
def take(source: str) -> Response:
    """Take all that is understood; keep the rest as it came. 503 if anything could not be saved: it may come again."""
    delivery = delivered(known_source(source))
    now = delivery.arrived_at
    secrets.with_webhook_secrets(source, partial(verify, delivery), Untrusted)
    people, names = deliveries.people(source), agreed_names(deliveries.commands.agreement, source)
    read = read_delivery(delivery, names, secrets.pepper(), now, people.address_of, people.lead_id_of)
    kept = deliveries.keep(read, people, now)
    if kept.has_failed:
        raise Problem(503, "not all of it could be saved just now; send the same request again in a moment")
    if kept.why:
        quarantine.keep(QuarantinedDelivery(source, delivery.method, delivery.headers, delivery.body, now), kept.why)
    heard.note(source, now)
    return answer(kept.counted(), 202)


@app.route("/webhooks/<source>", method=["GET", "HEAD"])
def probe(source: str) -> Response:
    """Say that there is such a webhook, as some tools ask before they send anything."""
    return answer({"source": known_source(source)})


def delivered(source: str) -> Delivery:
    """Returns the delivery in the request; answers 413 for one that is too long to be kept."""
    body, address = limit_size(app.raw_body, MAX_BYTES), app.public_url(f"/webhooks/{source}")
    return Delivery(app.request.http_method, source, app.headers, app.queries, body, address, utc_now())


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
