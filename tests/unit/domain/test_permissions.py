"""Permissions of staff: rosters by department; managers and handoffs of others by administrators."""

import pytest

from baton.domain.basics.facts import Staff
from baton.domain.staff.permissions import (
    ADMIN,
    MARKETING,
    SALES,
    STAFF,
    Groups,
    may_act_for,
    may_change_managers,
    roster_editors,
)
from tests.unit.given import AGREEMENT, KIM, SAM

RENAMED = AGREEMENT.model_copy(update={"marketing": AGREEMENT.marketing.model_copy(update={"team": "sales"})})


def staff(email: str, *groups: str) -> Staff:
    return Staff(email=email, groups=frozenset(groups))


def test_administrators_are_in_the_groups_of_every_department() -> None:
    assert ADMIN == SALES & MARKETING
    assert STAFF == SALES | MARKETING


@pytest.mark.parametrize(
    ("team", "editors"),
    [
        pytest.param("sales", SALES, id="a sales team"),
        pytest.param("marketing", MARKETING, id="marketing's team"),
        pytest.param("dropped", SALES, id="a team that the agreement does not have"),
    ],
)
def test_a_teams_roster_is_edited_by_its_department(team: str, editors: Groups) -> None:
    assert roster_editors(team, AGREEMENT) == editors


def test_marketings_team_is_the_one_that_the_agreement_names() -> None:
    assert (roster_editors("sales", RENAMED), roster_editors("marketing", RENAMED)) == (MARKETING, SALES)


@pytest.mark.parametrize(
    ("groups", "may"),
    [
        pytest.param(("admin",), True, id="an administrator"),
        pytest.param(("admin", "sales"), True, id="an administrator in sales"),
        pytest.param(("sales",), False, id="sales"),
        pytest.param(("marketing",), False, id="marketing"),
        pytest.param((), False, id="no group"),
    ],
)
def test_only_administrators_change_managers(groups: tuple[str, ...], may: bool) -> None:
    assert may_change_managers(staff(SAM, *groups)) is may


@pytest.mark.parametrize(
    ("by", "owner", "may"),
    [
        pytest.param(staff(SAM, "sales"), SAM, True, id="the owner"),
        pytest.param(staff(SAM), SAM, True, id="the owner by a link"),
        pytest.param(staff(KIM, "sales"), SAM, False, id="another rep"),
        pytest.param(staff(KIM, "marketing"), SAM, False, id="marketing"),
        pytest.param(staff(KIM, "admin"), SAM, True, id="an administrator"),
        pytest.param(staff(SAM, "sales"), None, False, id="nobody's handoff"),
        pytest.param(staff(KIM, "admin"), None, True, id="nobody's handoff, an administrator"),
    ],
)
def test_a_handoff_is_acted_on_by_its_owner_or_an_administrator(by: Staff, owner: str | None, may: bool) -> None:
    assert may_act_for(by, owner) is may
