"""PUT /teams/{team}/reps/{email}: somebody joins a team, or what is agreed for them changes."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response
from pydantic import BaseModel, ConfigDict, Field

from baton.aws.agreements import Agreements
from baton.aws.http import SALES, Problem, answer, staff_api
from baton.aws.rosters import Rosters, member_address, team_of
from baton.aws.store import Store
from baton.aws.views import rep_view
from baton.domain.routing import Role

app = staff_api(SALES)
store = Store.from_environment()
agreements = Agreements.from_environment(store)
rosters = Rosters.from_environment(store)


class Membership(BaseModel):
    """What is agreed for this person; what is left out is as the agreement has it for everybody, the role as it was."""

    model_config = ConfigDict(extra="forbid")

    role: Role | None = None
    weight: int | None = Field(default=None, ge=1, le=100)
    capacity: int | None = Field(default=None, ge=1, le=1000)


@app.put("/teams/<team>/reps/<email>")
def put_rep(team: str, email: str) -> Response[str]:
    """Subscribe the address to its own mail; it gets leads once it is confirmed."""
    wanted, address = app.sent(Membership), member_address(email)
    usual = team_of(agreements.in_force().agreement, team).reps
    before = store.rep(team, address)
    role = wanted.role or (before.role if before else Role.REP)
    if role is Role.MANAGER and not app.staff.may_act_for_others:
        raise Problem(403, "only an administrator says who is told of what was missed")
    weight, capacity = wanted.weight or usual.weight, wanted.capacity or usual.capacity
    return answer(rep_view(rosters.put(team, address, role, weight, capacity)))


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
