"""Tells who may use a link that was mailed to marketing's team or to a manager.

The roster decides at each use, not the mail: a link does nothing any more for who left, or is no manager any more.
"""

from collections.abc import Callable

from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import NotAllowed
from baton.domain.leads.handoff import Handoff
from baton.domain.teams.managers import is_manager
from baton.domain.teams.reps import Subscription
from baton.domain.teams.roster import ReadRoster, Roster

IsReader = Callable[[str], bool]
"""Tells whether a link was mailed to an address."""
_REVIEWERS, _MANAGERS = frozenset({"marketing"}), frozenset({"sales"})


def reviewer(team: str, roster: Roster, is_reader: IsReader) -> Staff:
    """Returns the person on marketing's roster to whom a link was mailed; to review, it does not matter in which role.

    Raises:
        NotAllowed: they are not on the roster any more.
    """
    for person in roster:
        if is_reader(person.email) and person.subscription is not Subscription.REMOVED:
            return Staff(email=person.email, groups=_REVIEWERS)
    raise NotAllowed(f"this link is for somebody who is on team {team} no more; sign in, or ask a colleague")


def manager(handoff: Handoff, agreement: Agreement, rosters: ReadRoster, is_reader: IsReader) -> Staff:
    """Returns the manager to whom a link about a handoff was mailed: of its team, or of any if that is agreed no more.

    Raises:
        NotAllowed: they manage no team that the handoff may concern.
    """
    others = agreement.teams if handoff.team not in agreement.rosters else ()
    for team in dict.fromkeys((handoff.team, *others)):
        for person in rosters(team):
            if is_reader(person.email) and is_manager(person):
                return Staff(email=person.email, groups=_MANAGERS)
    raise NotAllowed(f"this link is for somebody who manages team {handoff.team} no more; sign in, or ask a colleague")
