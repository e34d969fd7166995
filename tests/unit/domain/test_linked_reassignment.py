"""A manager's answer to a mail about an overdue lead counts while the lead is as the mail says, and once."""

from datetime import timedelta

import pytest

from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import HandoffRefused, NotOnRoster
from baton.domain.handoffs.linked_reassignment import reassign_by_link
from baton.domain.handoffs.reassignment import ReassignRequest
from baton.domain.handoffs.returns import ReturnRequest, return_lead
from baton.domain.leads.lead import Lead
from tests.unit.given import HANDOFF_ID, IN_FORCE, KIM, LEE, NOW, SAM, after_events, offered, rep, team

MO = Staff(email="mo@sales.example.com", groups=frozenset({"sales"}))
ELA = Staff(email="ela@sales.example.com", groups=frozenset({"sales"}))
ROSTER = team(rep(SAM), rep(KIM), rep(LEE), rep(MO.email, role="manager"))
LATE, DAY = NOW + timedelta(minutes=40), timedelta(days=1)


def answered(lead: Lead, owner: str | None, by: Staff = MO, assignment: int = 1, days: int = 0) -> Lead:
    """The lead after a manager's answer."""
    now, wanted = LATE + days * DAY, ReassignRequest(owner=owner, reason="is late")
    events = reassign_by_link(lead, HANDOFF_ID, assignment, wanted, by, ROSTER, now)
    return after_events(lead, events, now, by.email) if events else lead


def owner(lead: Lead) -> str | None:
    assert lead.handoff
    return lead.handoff.owner


@pytest.mark.parametrize("wanted", [KIM, MO.email, None], ids=["a colleague", "the manager", "who is next"])
def test_the_answer_gives_the_lead_away_and_changes_nothing_when_it_comes_again(wanted: str | None) -> None:
    lead = offered(rep(SAM))
    once = answered(lead, wanted)
    assert owner(once) == wanted if wanted else owner(once) in (KIM, LEE)
    for days in (0, 3):
        assert answered(once, wanted, days=days) is once


def test_another_answer_of_the_same_manager_is_refused_with_who_has_the_lead() -> None:
    once = answered(offered(rep(SAM)), KIM)
    with pytest.raises(HandoffRefused, match=f"it was given to {KIM} since this mail was sent"):
        answered(once, LEE)


@pytest.mark.parametrize("wanted", [KIM, LEE, None])
def test_the_answer_after_another_managers_is_refused(wanted: str | None) -> None:
    once = answered(offered(rep(SAM)), KIM, by=ELA)
    with pytest.raises(HandoffRefused, match="since this mail was sent"):
        answered(once, wanted)


def test_the_answer_to_an_older_mail_is_refused_two_owners_later() -> None:
    twice = answered(answered(offered(rep(SAM)), KIM), LEE, assignment=2)
    with pytest.raises(HandoffRefused, match=f"it was given to {LEE}"):
        answered(twice, KIM)


def test_the_answer_about_a_lead_that_sales_returned_is_refused() -> None:
    lead = offered(rep(SAM))
    back = ReturnRequest(reason="not_qualified")
    over = return_lead(lead, HANDOFF_ID, back, Staff(email=SAM), IN_FORCE, ROSTER, LATE)
    with pytest.raises(HandoffRefused):
        answered(after_events(lead, over, LATE, SAM), KIM)


def test_somebody_who_is_not_on_the_roster_gets_nothing() -> None:
    with pytest.raises(NotOnRoster):
        answered(offered(rep(SAM)), "stranger@example.com")
