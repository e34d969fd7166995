"""PUT /teams/{team}/reps/{email}: somebody joins a team, or what is agreed for them changes."""

from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Response

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.teams.roster_views import rep_view
from baton.aws.teams.rosters import Rosters, member_address, team_of
from baton.aws.web.http import Problem, answer, staff_api
from baton.domain.staff.permissions import may_appoint_managers, roster_editors
from baton.domain.teams.reps import Rep, Role
from baton.intake.teams.memberships import Membership, MembershipFaults, member

app = staff_api()
store = Store.from_environment()
agreements = Agreements.from_environment(store)
rosters = Rosters.from_environment(store)


@app.put("/teams/<team>/reps/<email>")
def put_rep(team: str, email: str) -> Response[str]:
    """Subscribe the address to its own mail; it gets leads once it is confirmed."""
    agreement, now = agreements.in_force().agreement, utc_now()
    by = app.staff_in(roster_editors(team, agreement))
    team_of(agreement, team)
    wanted, address = app.sent(Membership), member_address(email)

    def agreed(before: Rep | None) -> Rep:
        rep = member(wanted, address, before, agreement, team, now)
        if rep.role is Role.MANAGER and not may_appoint_managers(by):
            raise Problem(403, "only an administrator says who is told of what was missed")
        return rep

    agreed(store.rep(team, address))  # nobody is subscribed whom the roster would refuse
    return answer(rep_view(rosters.put(team, address, agreed, by=by.email, now=now), team, agreement, now))


@app.on(MembershipFaults)
def refuse(faults: MembershipFaults) -> Response[str]:
    """Answers 422 with the faults of the fields; nothing was changed."""
    return Problem(422, "some fields are wrong; nothing was changed", faults.errors).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
