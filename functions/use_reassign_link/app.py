"""POST /reassignments/{token}: the button on a manager's page from a mail; pressed twice, it is done once."""

from collections.abc import Callable
from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.write_outcomes import Contended, NotFound
from baton.aws.team_links.linked_reassignments import linked_reassignment, reassign_linked
from baton.aws.web.http import as_page, page, public_api
from baton.aws.web.router import Response
from baton.domain.basics.refusals import NotAllowed, Refused, WrongField
from baton.intake.fields.field_faults import FormFaults
from baton.intake.forms.answer_reader import typed_answer
from baton.intake.team_links.team_answers import read_reassignment
from baton.outreach.links.team_links import LinkInvalid, LinkRefused, Task, TeamLink, TeamLinks
from baton.outreach.pages import link_refusals
from baton.outreach.pages.reassign_pages import Reassignable, new_owner_page, refused_reassign_page
from baton.outreach.pages.team_link_pages import HEADERS, unusable

app = public_api()
commands, secrets = Commands.from_environment(), Secrets.from_environment()


@app.post("/reassignments/<token>")
def use(token: str) -> Response:
    """Reassign the lead on behalf of the manager to whom the link was mailed."""
    link, _ = read(token)
    lead = reassign_linked(commands, link, read_reassignment(app.content_type, app.raw_body), utc_now())
    return page(200, new_owner_page(lead), HEADERS)


def refused(refusal: Callable[[Any], link_refusals.Refusal]) -> Callable[[Any], Response]:
    """Answer with the form as it was filled in and what is wrong beside its field, or with who has the lead by now."""

    def answer(fault: Exception) -> Response:
        _, told = read(app.request.path_parameters["token"])
        typed = typed_answer(app.content_type, app.raw_body)
        return page(*refused_reassign_page(refusal(fault), typed, told, utc_now()), HEADERS)

    return answer


def read(token: str) -> tuple[TeamLink, Reassignable]:
    """Read the link and its lead, for the manager to whom it was mailed."""
    now = utc_now()
    link = secrets.with_link_keys(lambda keys: TeamLinks("", keys).read(token, Task.REASSIGN, now), LinkInvalid)
    return link, Reassignable(*linked_reassignment(commands, link, now), (link.about, link.assignment))


app.on(LinkRefused, NotAllowed, NotFound)(as_page(unusable, HEADERS))
app.on(FormFaults)(refused(link_refusals.unreadable_answer))
app.on(Refused, WrongField)(refused(link_refusals.refused_answer))
app.on(Contended)(refused(link_refusals.busy_lead))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
