"""The colleagues that a manager or an owner chooses from: who is free first, why others are not, who cannot get it."""

from datetime import timedelta
from typing import Any

import pytest

from baton.domain.basics.refusals import NotOnRoster
from baton.domain.handoffs import reassignment
from baton.domain.handoffs.next_owners import NextOwner, next_owners
from baton.domain.handoffs.reassignment import ReassignRequest
from baton.domain.leads.handoff import Handoff
from tests.unit.given import ADMIN, HANDOFF_ID, KIM, LEE, NOW, SAM, offered, rep, team

LATE = NOW + timedelta(minutes=40)
ANN, BEN, CAT, DAN = (f"{name}@sales.example.com" for name in ("ann", "ben", "cat", "dan"))
STATES: dict[str, dict[str, Any]] = {
    SAM: {"open_handoffs": 1},
    ANN: {"open_handoffs": 25},
    BEN: {"subscription": "pending"},
    CAT: {"subscription": "ended"},
    DAN: {"away": [{"from": "2026-11-20", "to": "2027-01-03"}]},
    KIM: {},
    LEE: {"role": "manager"},
    "left@sales.example.com": {"subscription": "removed"},
}


def handoff() -> Handoff:
    held = offered(rep(SAM)).handoff
    assert held
    return held


def everybody() -> Any:
    return team(*(rep(email, **known) for email, known in STATES.items()))


def test_who_is_free_comes_first_and_who_cannot_be_named_last_each_by_address() -> None:
    found = next_owners(handoff(), everybody(), LATE)
    assert found[0].email == KIM
    order = [(not each.is_free, not each.can_be_named, each.email) for each in found]
    assert order == sorted(order)


def test_the_owner_managers_and_who_was_removed_are_not_on_the_list() -> None:
    assert {each.email for each in next_owners(handoff(), everybody(), LATE)} == {ANN, BEN, CAT, DAN, KIM}


def test_each_colleague_is_free_or_has_what_speaks_against_them() -> None:
    found = {each.email: each for each in next_owners(handoff(), everybody(), LATE)}
    assert found[KIM] == NextOwner(KIM, None, can_be_named=True)
    for email, why in ((ANN, "25"), (BEN, "has not confirmed"), (CAT, "gets no mail"), (DAN, "away until")):
        assert why in (found[email].why_not or ""), found[email]
        assert not found[email].is_free


def test_who_has_had_the_lead_is_said_to_have_had_it() -> None:
    lead = offered(rep(SAM))
    both = team(rep(SAM), rep(KIM))
    passed = reassignment.reassign(lead, HANDOFF_ID, ReassignRequest(reason="busy"), ADMIN, both, LATE)
    assert passed
    had = handoff().model_copy(update={"owner": KIM, "had_it": (SAM,)})
    [sam] = next_owners(had, both, LATE)
    assert (sam.email, sam.is_free, sam.can_be_named) == (SAM, False, True)
    assert "had it" in (sam.why_not or "")


def test_whoever_can_be_named_can_be_given_the_lead_and_nobody_else() -> None:
    lead, roster = offered(rep(SAM)), everybody()
    for each in next_owners(handoff(), roster, LATE):
        wanted = ReassignRequest(owner=each.email, reason="test")
        if each.can_be_named:
            [event] = reassignment.reassign(lead, HANDOFF_ID, wanted, ADMIN, roster, LATE)
            assert event.type == "HandoffReassigned"
        else:
            with pytest.raises(NotOnRoster):
                reassignment.reassign(lead, HANDOFF_ID, wanted, ADMIN, roster, LATE)


def test_a_team_of_nobody_else_has_nobody_to_choose() -> None:
    assert next_owners(handoff(), team(rep(SAM)), LATE) == ()
