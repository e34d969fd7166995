"""PUT /teams/{team}/reps/{email}: somebody joins a team, or what is agreed for them changes."""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.teams.roster_views import changed_rep_view
from baton.aws.teams.rosters import Rosters, member_address, team_of
from baton.aws.web.entity_tags import only_if_new
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.router import Response
from baton.domain.staff.permissions import roster_editors
from baton.domain.teams.reps import Rep
from baton.intake.teams.memberships import Membership, MembershipFaults, check_is_new, member

app = staff_api()
store = Store.from_environment()
agreements = Agreements.from_environment(store)
rosters = Rosters.from_environment(store)


@app.put("/teams/<team>/reps/<email>")
def put_rep(team: str, email: str) -> Response:
    """Subscribe the address to its own mail; it gets leads once it is confirmed. `If-None-Match: *` replaces nobody."""
    agreement, now = agreements.in_force().agreement, utc_now()
    by = app.staff_in(roster_editors(team, agreement))
    team_of(agreement, team)
    wanted, address, must_be_new = app.sent(Membership), member_address(email), only_if_new(app)

    def agreed(before: Rep | None) -> Rep:
        after = member(wanted, address, before, agreement, team, now)
        if must_be_new:
            check_is_new(before, after)
        return after

    roster = rosters.put(team, address, agreed, by=by, now=now)
    return answer(changed_rep_view(address, roster, team, agreement, now))


@app.on(MembershipFaults)
def refuse(faults: MembershipFaults) -> Response:
    """Answers 422 with the faults of the fields; nothing was changed."""
    return Problem(422, "some fields are wrong; nothing was changed", faults.errors).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
