"""POST /links/{token}: the button on the page behind a link in a mail; clicked twice, it is done once."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.clock import utc_now
from baton.aws.desk import Contended, Desk
from baton.aws.http import page, public_api
from baton.aws.secrets import Secrets
from baton.aws.store import NotFound
from baton.domain import sales
from baton.domain.events import Event
from baton.domain.lead import Lead
from baton.domain.model import Refused, Staff
from baton.intake.answers import read_note
from baton.intake.bodies import read_body
from baton.intake.faults import FormFaults
from baton.outreach import pages
from baton.outreach.links import Action, LinkInvalid, LinkRefused, Links

app = public_api()
desk = Desk.from_environment()
secrets = Secrets.from_environment()


@app.post("/links/<token>")
def use(token: str) -> Response[str]:
    """Accept or return the lead, for whoever the link was sent to."""
    now = utc_now()
    link = secrets.with_link_keys(lambda keys: Links("", keys).read(token, now), LinkInvalid)
    sent = read_body(app.content_type, app.raw_body) if link.action is Action.RETURN else {}
    back = sales.GivenBack(reason=sent.get("reason", ""), note=read_note(sent.get("note", ""), pages.NOTE_LIMIT))

    def recipient(lead: Lead) -> Staff:
        return sales.holder(lead, link.handoff_id, link.assignment)

    def decide(lead: Lead) -> list[Event]:
        by = recipient(lead)
        if link.action is Action.ACCEPT:
            return sales.accept(lead, link.handoff_id, by, now)
        roster = desk.roster(lead.handoff.team if lead.handoff else None)
        return sales.give_back(lead, link.handoff_id, back, by, desk.agreement, roster, now)

    lead = desk.change(link.lead_id, decide, by=lambda lead: recipient(lead).email, now=now)
    return page(200, pages.answered(link, lead, now), pages.HEADERS)


@app.on(LinkRefused)
def refuse(fault: LinkRefused) -> Response[str]:
    """Say why the link does nothing."""
    return page(404 if isinstance(fault, LinkInvalid) else 410, pages.refused(fault), pages.HEADERS)


@app.on(Refused, NotFound)
def too_late(fault: Exception) -> Response[str]:
    """Say what has happened to the lead since."""
    return page(409, pages.sorry("That is no longer possible", f"Not done: {fault}."), pages.HEADERS)


@app.on(Contended)
def busy(_fault: Exception) -> Response[str]:
    """Say that nothing was saved, and that trying again helps."""
    return page(503, pages.sorry("Please try again", "Too many are at work on this lead just now."), pages.HEADERS)


@app.on(FormFaults)
def unreadable(faults: FormFaults) -> Response[str]:
    """Say that the answer did not come from the page."""
    return page(faults.status, pages.sorry("That did not work", f"Not done: {faults.detail}."), pages.HEADERS)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
