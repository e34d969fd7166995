"""POST /links/{token}: the button on the page behind a link in a mail; clicked twice, it is done once."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.clock import utc_now
from baton.aws.desk import Desk
from baton.aws.http import page, public_api
from baton.aws.onward import onward
from baton.aws.outcomes import Contended, NotFound
from baton.aws.secrets import Secrets
from baton.domain.by_click import said_by_click
from baton.domain.events import Event
from baton.domain.lead import Lead
from baton.domain.model import Refused, Staff, WrongField
from baton.domain.roster import Roster
from baton.domain.sales import holder
from baton.intake.clicks import read_click
from baton.intake.faults import FormFaults
from baton.outreach import pages
from baton.outreach.links import LinkInvalid, LinkRefused, Links

app = public_api()
desk = Desk.from_environment()
secrets = Secrets.from_environment()


@app.post("/links/<token>")
def use(token: str) -> Response[str]:
    """Do what the link is for, on behalf of whoever it was sent to."""
    now = utc_now()
    link = secrets.with_link_keys(lambda keys: Links("", keys).read(token, now), LinkInvalid)
    said = read_click(link.action, app.content_type, app.raw_body)

    def recipient(lead: Lead) -> Staff:
        return holder(lead, link.handoff_id, link.assignment)

    def people(lead: Lead) -> Roster:
        return onward(desk, lead, now)

    def decide(lead: Lead) -> list[Event]:
        by = recipient(lead)
        return said_by_click(lead, link.handoff_id, said, by, desk.agreements.in_force, people, now)

    lead = desk.change(link.lead_id, decide, by=lambda lead: recipient(lead).email, now=now)
    return page(200, pages.answered(link, lead, Links("", secrets.link_keys()), now), pages.HEADERS)


@app.on(LinkRefused)
def refuse(fault: LinkRefused) -> Response[str]:
    """Say why the link does nothing."""
    return page(404 if isinstance(fault, LinkInvalid) else 410, pages.refused(fault), pages.HEADERS)


@app.on(WrongField)
def correct(fault: WrongField) -> Response[str]:
    """Say what would do."""
    return page(422, pages.correct(fault.field, str(fault)), pages.HEADERS)


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
    """Say what is missing, or that the answer did not come from the page."""
    return page(faults.status, pages.sorry("That did not work", f"Not done: {faults.detail}."), pages.HEADERS)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
