"""POST /operations/confirmation: operations' address is confirmed, with the token from Amazon's mail; GET shows it.

GET /set-up tells which first steps of a new stack are done.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from baton.aws.runtime.utc_clock import utc_now
from baton.aws.teams.mail_subscriptions import TokenInvalid, token_in
from baton.aws.teams.topic_listeners import TopicListeners
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.router import Response
from baton.domain.staff.permissions import ADMIN

app = staff_api(ADMIN)
listeners = TopicListeners.from_environment()


class Confirmation(BaseModel):
    """The link that Amazon's mail asks to open, or the token in it. Do not open it: paste it here."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    link: Annotated[str, Field(min_length=1, max_length=2000)]


@app.post("/operations/confirmation")
def confirm() -> Response:
    """Confirm, so that from now on nobody ends Baton's alarms without signing in to AWS."""
    listeners.confirm_operations(token_in(app.sent(Confirmation).link))
    return show()


@app.get("/operations/confirmation")
def show() -> Response:
    """Show who gets Baton's alarms, and what is wrong with it."""
    return answer(listeners.view())


@app.get("/set-up")
def set_up() -> Response:
    """Show which first steps are done, and who gets Baton's alarms."""
    from baton.aws.lists.first_steps import first_steps  # nothing else reads the table  # noqa: PLC0415

    return answer(first_steps(listeners.view(), utc_now()))


@app.on(TokenInvalid)
def refuse(fault: TokenInvalid) -> Response:
    """Answers 422 for a link without a usable token."""
    detail = "subscribe the address to the topic of operations once more, and Amazon sends a new mail"
    return Problem(422, detail, [("link", str(fault))]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
