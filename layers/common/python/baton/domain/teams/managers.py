"""Managers of a team, who hear of what it misses: who may change their entries, and what if mail reaches none."""

from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import NotAllowed
from baton.domain.staff.permissions import may_change_managers
from baton.domain.teams.reps import Rep, Role, Subscription
from baton.domain.teams.roster import Roster, manager_addresses

_ADD_ONE = 'an administrator adds one with {"role": "manager"}'
_MEANWHILE = "operations hear of what it misses, without names"


def check_entry_change(by: Staff, before: Rep | None, after: Rep) -> None:
    """Checks that a person may change an entry on a roster: that of a manager is for administrators only.

    This holds for whoever is a manager before or after the change, whichever call makes it.

    Raises:
        NotAllowed: somebody else makes, changes or removes a manager.
    """
    if (is_manager(before) or is_manager(after)) and not may_change_managers(by):
        raise NotAllowed("only an administrator says who is told of what was missed")


def warnings(roster: Roster, team: str, agreement: Agreement) -> list[str]:
    """Returns the warning that nobody is told of what an agreed team misses; an empty list if somebody is.

    A team that the agreement dropped needs none: the managers of the other teams are told.
    """
    if team not in agreement.rosters or manager_addresses(roster):
        return []
    if any(is_manager(rep) for rep in roster):
        return [f"mail reaches no manager of team {team}: {_MEANWHILE}, until a manager confirms the address"]
    return [f"team {team} has no manager: {_MEANWHILE}; {_ADD_ONE}"]


def loses_managers(before: Roster, after: Roster) -> bool:
    """Tells whether a change leaves a team without any manager whom mail reaches."""
    return bool(manager_addresses(before)) and not manager_addresses(after)


def is_manager(rep: Rep | None) -> bool:
    """Tells whether a person on a roster is a manager who was not removed."""
    return rep is not None and rep.role is Role.MANAGER and rep.subscription is not Subscription.REMOVED
