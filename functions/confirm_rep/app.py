"""POST /teams/{team}/reps/{email}/confirmation: the address is confirmed, with the token from Amazon's mail."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.teams.mail_subscriptions import TokenInvalid, token_in
from baton.aws.teams.roster_views import changed_rep_view
from baton.aws.teams.rosters import Rosters, member_address
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.router import Response
from baton.domain.staff.permissions import roster_editors

app = staff_api()
store = Store.from_environment()
agreements, rosters = Agreements.from_environment(store), Rosters.from_environment(store)


class Confirmation(BaseModel):
    """The link that Amazon's mail asks to open, or the token in it. Do not open it: paste it here."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    link: Annotated[str, Field(min_length=1, max_length=2000)]


@app.post("/teams/<team>/reps/<email>/confirmation")
def confirm_rep(team: str, email: str) -> Response:
    """Confirm, so that from now on nobody unsubscribes the address without signing in to AWS."""
    by = app.staff_in(roster_editors(team, agreements.in_force().agreement))
    token = token_in(app.sent(Confirmation).link)
    address, now = member_address(email), utc_now()
    roster = rosters.confirm(team, address, token, by=by.email, now=now)
    return answer(changed_rep_view(address, roster, team, agreements.in_force().agreement, now))


@app.on(TokenInvalid)
def refuse(fault: TokenInvalid) -> Response:
    """Answers 422 for a link without a usable token."""
    detail = "put the person on the roster once more, and Amazon sends a new mail"
    return Problem(422, detail, [("link", str(fault))]).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
