"""POST /links/{token}: the button on the page behind a link in a mail; clicked twice, it is done once."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.leads.commands import Commands
from baton.aws.leads.reassignment_roster import roster_for
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.write_outcomes import Contended, NotFound
from baton.aws.web.http import page, public_api
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import Refused, WrongField
from baton.domain.events.recorded import Event
from baton.domain.handoffs.handoff_owner import link_recipient
from baton.domain.handoffs.link_actions import apply_link_answer
from baton.domain.leads.lead import Lead
from baton.domain.teams.roster import Roster
from baton.intake.fields.field_faults import FormFaults
from baton.intake.forms.link_answers import read_click
from baton.outreach.links.handoff_links import LinkInvalid, LinkRefused, Links
from baton.outreach.pages import link_pages

app = public_api()
commands = Commands.from_environment()
secrets = Secrets.from_environment()


@app.post("/links/<token>")
def use(token: str) -> Response[str]:
    """Do what the link is for, on behalf of whoever it was sent to."""
    now = utc_now()
    link = secrets.with_link_keys(lambda keys: Links("", keys).read(token, now), LinkInvalid)
    said = read_click(link.action, app.content_type, app.raw_body)

    def recipient(lead: Lead) -> Staff:
        return link_recipient(lead, link.handoff_id, link.assignment)

    def people(lead: Lead) -> Roster:
        return roster_for(commands, lead, now)

    def decide(lead: Lead) -> list[Event]:
        by = recipient(lead)
        return apply_link_answer(lead, link.handoff_id, said, by, commands.agreements.in_force, people, now)

    lead = commands.change(link.lead_id, decide, by=lambda lead: recipient(lead).email, now=now)
    return page(200, link_pages.answered(link, lead, Links("", secrets.link_keys()), now), link_pages.HEADERS)


@app.on(LinkRefused)
def refuse(fault: LinkRefused) -> Response[str]:
    """Shows the page that says why the link does nothing: 404 for a wrong link, 410 for an old one."""
    return page(404 if isinstance(fault, LinkInvalid) else 410, link_pages.refused(fault), link_pages.HEADERS)


@app.on(WrongField)
def correct(fault: WrongField) -> Response[str]:
    """Shows the page that says which values the field takes."""
    return page(422, link_pages.correct(fault.field, str(fault)), link_pages.HEADERS)


@app.on(Refused, NotFound)
def too_late(fault: Exception) -> Response[str]:
    """Shows the page that says what happened to the lead since the mail."""
    return page(409, link_pages.sorry("That is no longer possible", f"Not done: {fault}."), link_pages.HEADERS)


@app.on(Contended)
def busy(_fault: Exception) -> Response[str]:
    """Shows the page that says that nothing was saved and that another try helps."""
    return page(
        503, link_pages.sorry("Please try again", "Too many are at work on this lead just now."), link_pages.HEADERS
    )


@app.on(FormFaults)
def unreadable(faults: FormFaults) -> Response[str]:
    """Shows the page that says which field is missing, or that the answer did not come from the page."""
    return page(faults.status, link_pages.sorry("That did not work", f"Not done: {faults.detail}."), link_pages.HEADERS)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
