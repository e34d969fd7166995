"""All leads of a company go to one rep, also if they come within the same instant."""

from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.qualification.company_of_lead import company_key
from tests.integration.calls import Call, Carry
from tests.integration.world import KIM, SAM, World

ITEM = f"COMPANY#{company_key('acme.com')}"
STICKY = packaged_text().replace("    team: sales\n", "    team: sales\n    sticky: company\n")


@pytest.fixture
def sticky(world: World) -> World:
    world.agree(STICKY)
    return world


def asks(world: World, *names: str, at: str = "acme.com") -> None:
    for name in names:
        assert world.send_form(email=f"{name}@{at}").status == 202


def owners(world: World) -> dict[str, str | None]:
    world.stack.must_be_consistent()
    return {lead.email.partition("@")[0]: lead.handoff.owner for lead in world.stack.leads() if lead.handoff}


def companies(world: World) -> list[dict[str, Any]]:
    return [item for item in world.stack.items() if item["sk"]["S"].startswith("COMPANY#") and "turns" in item]


def test_several_people_of_one_company_go_to_one_rep(sticky: World) -> None:
    asks(sticky, "ann", "bob", "cy", "di")
    assert len(set(owners(sticky).values())) == 1
    [item] = companies(sticky)
    assert item["sk"]["S"] == ITEM
    assert "acme.com" not in str(item)
    assert int(item["expires_at"]["N"]) == int((sticky.now + timedelta(days=365)).timestamp())


def test_people_with_free_mail_go_by_turn(sticky: World) -> None:
    asks(sticky, "ann", "bob", "cy", "di", at="gmail.com")
    assert sorted(owners(sticky).values(), key=str) == [KIM, KIM, SAM, SAM]
    assert companies(sticky) == []


def test_nothing_is_kept_of_companies_without_such_an_agreement(world: World) -> None:
    asks(world, "ann", "bob")
    assert sorted(owners(world).values(), key=str) == [KIM, SAM]
    assert companies(world) == []


def test_two_people_of_a_company_who_come_at_the_same_instant_go_to_one_rep(sticky: World) -> None:
    others = list[Call]()

    def somebody_is_faster(call: Call, carry: Carry) -> Any:
        if (call.function, call.operation) == ("submit_form", "TransactWriteItems") and not others:
            others.append(call)
            asks(sticky, "bob")
            sticky.calls.running = "submit_form"
        return carry()

    with sticky.calls.by(somebody_is_faster):
        asks(sticky, "ann")
    assert others
    assert len(owners(sticky)) == 2
    assert len(set(owners(sticky).values())) == 1


def test_two_people_of_a_known_company_who_come_at_the_same_instant_go_to_one_rep(sticky: World) -> None:
    asks(sticky, "ann")
    owner = owners(sticky)["ann"]
    assert sticky.ask("PATCH", f"/teams/sales/reps/{owner}", {"capacity": 1}, by="admin").status == 200
    others = list[Call]()

    def somebody_is_faster(call: Call, carry: Carry) -> Any:
        if (call.function, call.operation) == ("submit_form", "TransactWriteItems") and not others:
            others.append(call)
            asks(sticky, "bob")
            sticky.calls.running = "submit_form"
        return carry()

    with sticky.calls.by(somebody_is_faster):
        asks(sticky, "cy")
    assert others
    assert owners(sticky)["bob"] == owners(sticky)["cy"] != owner


def test_the_company_of_a_lead_that_is_passed_on_goes_with_it(sticky: World) -> None:
    asks(sticky, "ann")
    [lead] = sticky.stack.leads()
    assert lead.handoff
    other = KIM if lead.handoff.owner == SAM else SAM
    said = {"owner": other, "reason": "knows them"}
    assert sticky.ask("POST", f"/handoffs/{lead.handoff.handoff_id}/reassign", said, by="admin").status == 200
    asks(sticky, "bob")
    assert owners(sticky) == {"ann": other, "bob": other}


def test_leads_of_a_company_that_wait_in_line_go_to_one_rep(sticky: World) -> None:
    for email in (SAM, KIM):
        leave = {"away": [{"from": "2026-11-20", "to": "2026-11-30"}]}
        assert sticky.ask("PATCH", f"/teams/sales/reps/{email}", leave, by="admin").status == 200
    sticky.settle()
    asks(sticky, "ann", "bob", "cy")
    sticky.settle()
    assert set(owners(sticky).values()) == {None}
    for email in (SAM, KIM):
        assert sticky.ask("PATCH", f"/teams/sales/reps/{email}", {"away": None}, by="admin").status == 200
    sticky.settle()
    assert len(set(owners(sticky).values())) == 1
    assert None not in owners(sticky).values()


def test_an_erased_lead_leaves_nothing_of_its_companys_rep(sticky: World) -> None:
    asks(sticky, "ann")
    [lead] = sticky.stack.leads()
    assert sticky.ask("DELETE", f"/leads/{lead.lead_id}", by="admin").status == 204
    [item] = companies(sticky)
    assert "owner" not in item
    assert int(item["expires_at"]["N"]) == int((sticky.now + timedelta(days=1)).timestamp())
    sticky.settle()
    asks(sticky, "bob", "cy")
    assert len(set(owners(sticky).values())) == 1


def test_a_person_who_was_two_leads_of_one_company_can_be_erased(sticky: World) -> None:
    """Both leads had a handoff of the company, and a transaction may change an item only once."""
    asks(sticky, "ann", "anna")
    one, other = sticky.stack.leads()
    assert one.handoff
    assert (
        sticky.ask("POST", f"/handoffs/{one.handoff.handoff_id}/close", {"outcome": "lost"}, by="admin").status == 200
    )
    said = {"other": one.lead_id, "reason": "she said so"}
    assert sticky.ask("POST", f"/leads/{other.lead_id}/merge", said, by="marketing").status == 200
    assert sticky.ask("DELETE", f"/leads/{other.lead_id}", by="admin").status == 204
    [item] = companies(sticky)
    assert "owner" not in item
