"""GET /links/{token}: the page behind a link in a mail. It shows; only its button, a POST, does anything."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.clock import utc_now
from baton.aws.desk import Desk
from baton.aws.http import page, public_api
from baton.aws.secrets import Secrets
from baton.outreach import pages
from baton.outreach.links import LinkInvalid, LinkRefused, Links

app = public_api()
desk = Desk.from_environment()
secrets = Secrets.from_environment()


@app.route("/links/<token>", method=["GET", "HEAD"])
def show(token: str) -> Response[str]:
    """Ask whether this is really meant, or say that there is nothing left to do."""
    now = utc_now()
    links, link = secrets.with_link_keys(lambda keys: (Links("", keys), Links("", keys).read(token, now)), LinkInvalid)
    lead = desk.store.lead(link.lead_id)
    if lead is None:
        return page(404, pages.sorry("This lead is gone", "It was erased since this mail was sent."), pages.HEADERS)
    settled = pages.settled(link, lead, links, now)
    return page(200, settled or pages.ask(link, lead, desk.agreement, now), pages.HEADERS)


@app.on(LinkRefused)
def refuse(fault: LinkRefused) -> Response[str]:
    """Say why the link does nothing."""
    return page(404 if isinstance(fault, LinkInvalid) else 410, pages.refused(fault), pages.HEADERS)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
