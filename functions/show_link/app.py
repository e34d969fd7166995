"""GET /links/{token}: the page behind a link in a mail. It shows; only its button, a POST, does anything."""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.web.http import as_page, page, public_api
from baton.aws.web.router import Response
from baton.outreach.links.handoff_links import LinkInvalid, LinkRefused, Links
from baton.outreach.pages import link_pages
from baton.outreach.pages.link_questions import question_page
from baton.outreach.pages.link_refusals import unusable_link

app = public_api()
app.on(LinkRefused)(as_page(unusable_link, link_pages.HEADERS))
store = Store.from_environment()
agreements = Agreements.from_environment(store)
secrets = Secrets.from_environment()


@app.route("/links/<token>", method=["GET", "HEAD"])
def show(token: str) -> Response:
    """Ask whether this is really meant, or say that there is nothing left to do."""
    now = utc_now()
    links, link = secrets.with_link_keys(lambda keys: (Links("", keys), Links("", keys).read(token, now)), LinkInvalid)
    lead = store.lead(link.lead_id)
    if lead is None:
        return page(404, link_pages.gone_page(), link_pages.HEADERS)
    shown = link_pages.finished_page(link, lead, links, now) or question_page(
        link, lead, agreements.in_force().agreement, now
    )
    return page(200, shown, link_pages.HEADERS)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
