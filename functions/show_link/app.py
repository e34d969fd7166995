"""GET /links/{token}: the page behind a link in a mail. It shows; only its button, a POST, does anything."""

from datetime import datetime
from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.handoffs.former_handoffs import former_handoff
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.web.http import as_page, page, public_api
from baton.aws.web.router import Response
from baton.domain.leads.lead import Lead
from baton.outreach.links.handoff_links import Action, Link, LinkInvalid, LinkRefused, Links
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
    former = former_handoff(store, link.handoff_id, lead)
    shown = link_pages.finished_page(link, lead, links, now, former) or page_of(link, lead, links, now)
    return page(200, shown, link_pages.HEADERS)


def page_of(link: Link, lead: Lead, links: Links, now: datetime) -> str:
    """Write the link's question, or the list of what the lead's owner holds, what is due first."""
    agreement = agreements.in_force().agreement
    if link.action is not Action.OPEN_LEADS:
        return question_page(link, lead, agreement, now, roster=lambda team: store.roster(team).under(agreement, team))
    from baton.aws.lists.asked_list import AskedList  # few links ask for a list  # noqa: PLC0415
    from baton.aws.lists.lead_counts import LeadCounts  # as above  # noqa: PLC0415
    from baton.aws.lists.lead_lists import LeadLists  # as above  # noqa: PLC0415
    from baton.outreach.pages.open_leads_page import open_leads_page  # as above  # noqa: PLC0415

    owner = lead.handoff.owner if lead.handoff else None
    found = LeadLists(store, agreement).page(AskedList(owner=owner), now)
    more = LeadCounts(store).beyond(owner, len(found.leads)) if owner and found.cursor else None
    return open_leads_page(link, found.leads, owner, links, now, more and more.words)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
