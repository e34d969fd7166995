"""Who may use a link from a mail to marketing's team or to a manager: the roster decides at each use."""

import pytest

from baton.domain.basics.refusals import NotAllowed
from baton.domain.leads.handoff import Handoff
from baton.domain.notifications.link_readers import manager, reviewer
from baton.domain.teams.reps import Role, Subscription
from baton.domain.teams.roster import Roster
from tests.unit.given import AGREEMENT, KIM, SAM, offered, rep, team

MARIA, MO = "maria@marketing.example.com", "mo@sales.example.com"


def is_reader(email: str) -> bool:
    """The link was mailed to Maria, or to Mo."""
    return email in (MARIA, MO)


def handoff(of: str = "sales") -> Handoff:
    held = offered(rep(SAM)).handoff
    assert held
    return held.model_copy(update={"team": of})


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", Subscription)
def test_a_reviewer_is_whoever_is_on_the_roster_in_any_role_and_state_but_removed(
    role: Role, state: Subscription
) -> None:
    roster = team(rep(SAM), rep(MARIA, role=role, subscription=state))
    if state is Subscription.REMOVED:
        with pytest.raises(NotAllowed, match="on team marketing no more"):
            reviewer("marketing", roster, is_reader)
    else:
        by = reviewer("marketing", roster, is_reader)
        assert (by.email, by.groups) == (MARIA, {"marketing"})


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", Subscription)
def test_a_manager_is_whoever_has_that_role_and_was_not_removed(role: Role, state: Subscription) -> None:
    rosters = {"sales": team(rep(SAM), rep(MO, role=role, subscription=state))}
    if role is Role.MANAGER and state is not Subscription.REMOVED:
        by = manager(handoff(), AGREEMENT, rosters.__getitem__, is_reader)
        assert (by.email, by.groups) == (MO, {"sales"})
    else:
        with pytest.raises(NotAllowed, match="manages team sales no more"):
            manager(handoff(), AGREEMENT, rosters.__getitem__, is_reader)


def test_a_manager_of_another_team_may_not_use_the_link() -> None:
    def rosters(name: str) -> Roster:
        return team(rep(KIM, role="manager")) if name == "sales" else team(rep(MO, role="manager"))

    with pytest.raises(NotAllowed):
        manager(handoff(), AGREEMENT, rosters, is_reader)


def test_any_manager_may_use_the_link_of_a_team_that_is_agreed_no_more() -> None:
    asked = []

    def rosters(name: str) -> Roster:
        asked.append(name)
        return team(rep(MO, role="manager")) if name == "sales" else team()

    assert manager(handoff("nordics"), AGREEMENT, rosters, is_reader).email == MO
    assert asked == ["nordics", "sales"]
