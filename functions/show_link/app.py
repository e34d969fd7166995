"""GET /links/{token}: the page behind a link in a mail. It shows; only its button, a POST, does anything."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.clock import utc_now
from baton.aws.desk import Desk
from baton.aws.http import public_api
from baton.aws.links import asked, page, refused_page, signed_links
from baton.aws.secrets import Secrets

app = public_api()
desk = Desk.from_environment()
secrets = Secrets.from_environment()
refused_page(app)


@app.route("/links/<token>", method=["GET", "HEAD"])
def show(token: str) -> Response[str]:
    """Ask whether this is really meant."""
    now = utc_now()
    link = signed_links(secrets).read(token, now)
    return page(asked(link, desk.store.lead(link.lead_id), desk.agreement, now))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
