"""PATCH /teams/{team}/reps/{email}: something else is agreed for somebody on a team; the rest stays."""

from typing import Any

from baton.aws.agreement.agreement_in_force import Agreements
from baton.aws.runtime.utc_clock import utc_now
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.teams.roster_changes import change_roster
from baton.aws.teams.roster_views import changed_rep_view
from baton.aws.teams.rosters import member_address, team_of
from baton.aws.web.http import Problem, answer, staff_api
from baton.aws.web.router import Response
from baton.domain.staff.permissions import roster_editors
from baton.domain.teams.managers import check_entry_change
from baton.domain.teams.reps import Rep, Subscription
from baton.intake.teams.membership_changes import MembershipChange, changed_member
from baton.intake.teams.memberships import MembershipFaults

app = staff_api()
store = Store.from_environment()
agreements = Agreements.from_environment(store)


@app.patch("/teams/<team>/reps/<email>")
def change_rep(team: str, email: str) -> Response:
    """Change what is named: an absence, the capacity; null is as the team has it."""
    agreement, now = agreements.in_force().agreement, utc_now()
    by = app.staff_in(roster_editors(team, agreement))
    team_of(agreement, team)
    wanted, address = app.sent(MembershipChange), member_address(email)

    def change(before: Rep | None) -> Rep:
        if before is None or before.subscription is Subscription.REMOVED:
            raise NotFound(f"{address} is not on the roster of {team}")
        after = changed_member(wanted, before, agreement, team, now)
        check_entry_change(by, before, after)
        return after

    roster = change_roster(store, team, address, change, by.email, now)
    return answer(changed_rep_view(address, roster, team, agreement, now))


@app.on(MembershipFaults)
def refuse(faults: MembershipFaults) -> Response:
    """Answers 422 with the faults of the fields; nothing was changed."""
    return Problem(422, "some fields are wrong; nothing was changed", faults.errors).response()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers one request from API Gateway."""
    return app.resolve(event, context)
