"""Tells which first steps of a new stack are done: what is stored says so, and nobody has to tick them."""

from datetime import datetime

from baton.agreement.terms.agreement import Agreement
from baton.aws.agreement.agreement_versions import Versions
from baton.aws.lists.lead_counts import LeadCounts
from baton.aws.table.store import Store
from baton.aws.tools.heard_tools import HeardTools
from baton.aws.web.json_view import View
from baton.domain.teams.reps import Role, Subscription
from baton.domain.teams.roster import Roster

SIGNED = "signed"
"""The origin of a version that both departments signed; the first one is packaged."""


def first_steps(operations: View, now: datetime) -> View:
    """Shows whether the agreement is signed, reps and managers are there, and forms or tools have told of anybody.

    It reads the agreement, each roster, each tool's note, and queues up to the first lead. `operations` says whose mail
    tells of failures, and stands beside the steps.
    """
    store = Store.from_environment()
    current = Versions(store).now().current
    rosters = _of_sales(store, current.agreement) if current else []
    people = [(rep, roster) for roster in rosters for rep in roster if rep.subscription is not Subscription.REMOVED]
    steps = {
        "agreement": current is not None and current.origin == SIGNED,
        "rep": any(
            rep.role is Role.REP and (rep.open_handoffs > 0 or roster.why_no_lead(rep, now) is None)
            for rep, roster in people
        ),
        "manager": any(rep.role is Role.MANAGER for rep, _ in people),
        "form": LeadCounts(store).has_any(),
        "tool": bool(HeardTools(store).last_heard()),
        "operations": any(each["subscription"] is Subscription.CONFIRMED for each in operations["addresses"]),
    }
    return {"steps": steps, "operations": operations}


def _of_sales(store: Store, agreement: Agreement) -> list[Roster]:
    teams = (team for team in agreement.rosters if team != agreement.marketing.team)
    return [store.roster(team).under(agreement, team) for team in teams]
