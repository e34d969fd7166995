"""GET /reviews/{token}, /reassignments/{token}: what marketing and managers open from mails. Only its button acts."""

from datetime import datetime
from typing import Any

from baton.aws.leads.commands import Commands
from baton.aws.runtime.secrets import Secrets
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.write_outcomes import NotFound
from baton.aws.team_links.linked_reassignments import linked_reassignment
from baton.aws.team_links.linked_reviews import linked_review
from baton.aws.web.http import as_page, page, public_api
from baton.aws.web.router import Response
from baton.domain.basics.refusals import NotAllowed
from baton.outreach.links.team_links import LinkInvalid, LinkRefused, Task, TeamLink, TeamLinks
from baton.outreach.pages.reassign_pages import Reassignable, reassign_page
from baton.outreach.pages.review_pages import review_page
from baton.outreach.pages.team_link_pages import HEADERS, unusable

app = public_api()
app.on(LinkRefused, NotAllowed, NotFound)(as_page(unusable, HEADERS))
commands, secrets = Commands.from_environment(), Secrets.from_environment()


@app.route("/reviews/<token>", method=["GET", "HEAD"])
def show_review(token: str) -> Response:
    """Show the lead, its checklist and the verdicts, or how the review has ended."""
    now = utc_now()
    link = read(token, Task.REVIEW, now)
    found = linked_review(commands, link, now)
    return page(200, review_page(found.lead, link.about, found.standing, now), HEADERS)


@app.route("/reassignments/<token>", method=["GET", "HEAD"])
def show_reassignment(token: str) -> Response:
    """Show the lead, and who may get it, or who has it by now."""
    now = utc_now()
    link = read(token, Task.REASSIGN, now)
    found = linked_reassignment(commands, link, now)
    return page(200, reassign_page(Reassignable(*found, (link.about, link.assignment)), now), HEADERS)


def read(token: str, task: Task, now: datetime) -> TeamLink:
    """Read a link; the keys are read anew if it cannot be read with those at hand."""
    return secrets.with_link_keys(lambda keys: TeamLinks("", keys).read(token, task, now), LinkInvalid)


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
