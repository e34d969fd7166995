"""POST /reviews/{token}: the button on the page of a review from a mail; pressed twice, the verdict is given once."""

from collections.abc import Callable
from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.write_outcomes import Contended, NotFound
from baton.aws.team_links.linked_reviews import LinkedReview, linked_review, save_review
from baton.aws.web.http import as_page, page, public_api
from baton.aws.web.router import Response
from baton.domain.basics.refusals import NotAllowed, Refused, WrongField
from baton.intake.fields.field_faults import FormFaults
from baton.intake.forms.answer_reader import typed_answer
from baton.intake.team_links.team_answers import read_review
from baton.outreach.links.team_links import LinkInvalid, LinkRefused, Task, TeamLink, TeamLinks
from baton.outreach.pages import link_refusals
from baton.outreach.pages.review_pages import refused_review_page, review_page
from baton.outreach.pages.team_link_pages import HEADERS, unusable

app = public_api()
commands, secrets = Commands.from_environment(), Secrets.from_environment()


@app.post("/reviews/<token>")
def use(token: str) -> Response:
    """Give the verdict, or say that one is on it, on behalf of the person to whom the link was mailed."""
    link, found = read(token)
    lead = save_review(commands, link, read_review(app.content_type, app.raw_body), utc_now())
    return page(200, review_page(lead, link.about, found.standing, utc_now()), HEADERS)


def refused(refusal: Callable[[Any], link_refusals.Refusal]) -> Callable[[Any], Response]:
    """Answer with the form as it was filled in and what is wrong beside its field, or with how the review has ended."""

    def answer(fault: Exception) -> Response:
        link, found = read(app.request.path_parameters["token"])
        typed, told = typed_answer(app.content_type, app.raw_body), (found.lead, link.about, found.standing)
        return page(*refused_review_page(refusal(fault), typed, *told, utc_now()), HEADERS)

    return answer


def read(token: str) -> tuple[TeamLink, LinkedReview]:
    """Read the link and its lead, for the person to whom it was mailed."""
    now = utc_now()
    link = secrets.with_link_keys(lambda keys: TeamLinks("", keys).read(token, Task.REVIEW, now), LinkInvalid)
    return link, linked_review(commands, link, now)


app.on(LinkRefused, NotAllowed, NotFound)(as_page(unusable, HEADERS))
app.on(FormFaults)(refused(link_refusals.unreadable_answer))
app.on(Refused, WrongField)(refused(link_refusals.refused_answer))
app.on(Contended)(refused(link_refusals.busy_lead))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
