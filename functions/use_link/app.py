"""POST /links/{token}: the button on the page behind a link in a mail; clicked twice, it is done once."""

from collections.abc import Callable
from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.write_outcomes import Contended, NotFound
from baton.aws.teams.rep_answers import save_answer
from baton.aws.web.http import as_page, page, public_api
from baton.aws.web.router import Response
from baton.domain.basics.refusals import Refused, WrongField
from baton.intake.fields.field_faults import FormFaults
from baton.intake.forms.answer_reader import typed_answer
from baton.intake.forms.link_answers import read_click
from baton.outreach.links.handoff_links import LinkInvalid, LinkRefused, Links
from baton.outreach.pages import link_refusals
from baton.outreach.pages.link_pages import HEADERS, confirmation_page

app = public_api()
commands = Commands.from_environment()
secrets = Secrets.from_environment()


@app.post("/links/<token>")
def use(token: str) -> Response:
    """Do what the link is for, on behalf of whoever it was sent to."""
    now = utc_now()
    link = secrets.with_link_keys(lambda keys: Links("", keys).read(token, now), LinkInvalid)
    link_answer = read_click(link.action, app.content_type, app.raw_body)
    lead = save_answer(commands, link.lead_id, link.handoff_id, link.assignment, link_answer, now, link.word)
    return page(200, confirmation_page(link, lead, Links("", secrets.link_keys()), now, link_answer), HEADERS)


def refused(refusal: Callable[[Any], link_refusals.Refusal]) -> Callable[[Any], Response]:
    """Answer with the form as it was filled in and what is wrong beside its field, or why it is too late."""

    def answer(fault: Exception) -> Response:
        now, links = utc_now(), Links("", secrets.link_keys())
        link, typed = (
            links.read(app.request.path_parameters["token"], now),
            typed_answer(app.content_type, app.raw_body),
        )
        pressed = link_refusals.Pressed(link, commands.store.lead(link.lead_id), typed)
        told = refusal(fault), pressed, commands.agreement, links, now, commands.roster
        return page(*link_refusals.refusal_page(*told), HEADERS)

    return answer


app.on(LinkRefused)(as_page(link_refusals.unusable_link, HEADERS))
app.on(FormFaults)(refused(link_refusals.unreadable_answer))
app.on(Refused, WrongField, NotFound)(refused(link_refusals.refused_answer))
app.on(Contended)(refused(link_refusals.busy_lead))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
