"""A flood of forms for one target account: a few handoffs, one mail, all others in review, and nobody lost."""

from datetime import timedelta
from typing import Any

import pytest

from baton.aws.accounts.account_list import Accounts
from baton.aws.table import account_items
from baton.domain.leads.stage_and_status import Status
from tests.integration.calls import Call, Carry
from tests.integration.world import KIM, SAM, World

DOWNLOAD = {"content": "guide"}
FLOOD = 32


@pytest.fixture
def acme(world: World) -> World:
    """Acme is a target account of Kim's."""
    assert world.ask("PUT", "/accounts/acme.com", {"name": "Acme", "owner": KIM}, by="marketing").status == 201
    return world


def floods(world: World, count: int, form: str = "content-download", domain: str = "acme.com", **answers: str) -> None:
    said = {**(DOWNLOAD if form == "content-download" else {}), **answers}
    sent = (world.send_form(form, email=f"forged{number}@{domain}", **said) for number in range(count))
    assert {answer.status for answer in sent} == {202}
    world.settle()


def counts(world: World) -> Any:
    account = Accounts(world.stack.store).get("acme.com")
    assert account
    assert account.forms
    return account.forms


@pytest.mark.parametrize(
    ("form", "domain", "handed"),
    [
        pytest.param("content-download", "acme.com", 3, id="downloads"),
        pytest.param("consultation", "acme.com", 3, id="requests for a person"),
        pytest.param("content-download", "gmail.com", 0, id="by the company's name alone"),
    ],
)
def test_a_flood_of_forged_people_of_a_target_account_is_a_few_handoffs_and_one_mail(
    acme: World, form: str, domain: str, handed: int
) -> None:
    floods(acme, FLOOD, form, domain, company="Acme")
    states = [lead.status for lead in acme.stack.leads()]
    assert states.count(Status.WITH_SALES) == handed
    assert states.count(Status.IN_REVIEW) == FLOOD - handed
    acme.wait(timedelta(hours=1, minutes=1))
    [told] = [mail for mail in acme.mails if "by forms" in mail.subject]
    assert told.to == (KIM,)
    assert told.subject == f"Target account Acme: {FLOOD - handed} more people by forms"
    acme.wait(timedelta(days=1))
    assert len([mail for mail in acme.mails if "by forms" in mail.subject]) == 1


def test_the_owner_of_an_account_hears_of_a_flood_although_its_first_leads_are_erased(acme: World) -> None:
    floods(acme, 12)
    left = sorted((lead.created_at, lead.email, lead.lead_id) for lead in acme.stack.leads() if lead.left_to_review)
    for *_, lead_id in left[:3]:
        assert acme.ask("DELETE", f"/leads/{lead_id}", by="admin").status == 204
    acme.settle()
    acme.wait(timedelta(days=1))
    [told] = [mail for mail in acme.mails if "by forms" in mail.subject]
    assert told.subject == "Target account Acme: 9 more people by forms"
    assert acme.stack.happened(left[3][2]).count("LeftLeadsTold") == 1
    assert counts(acme).left == 0


def test_a_real_person_among_forged_ones_is_handed_over_once_a_colleague_speaks_of_them(acme: World) -> None:
    floods(acme, 5)
    real = next(lead for lead in acme.stack.leads() if lead.status is Status.IN_REVIEW)
    answer = acme.ask("PATCH", f"/leads/{real.lead_id}", {"profile": {"title": "Head of IT"}}, by="marketing")
    assert (answer.status, answer.json()["status"]) == (200, "with_sales")


def test_a_real_person_among_forged_ones_is_handed_over_once_a_list_names_them(acme: World) -> None:
    floods(acme, 4)
    real = next(lead for lead in acme.stack.leads() if lead.status is Status.IN_REVIEW)
    announced = acme.ask("POST", "/imports", {"kind": "leads"}, by="marketing")
    acme.upload(announced.json()["import_id"], f"email,title\n{real.email},Head of IT\n".encode())
    acme.settle()
    assert sum(lead.status is Status.WITH_SALES for lead in acme.stack.leads()) == 4


def test_somebody_known_by_the_companys_name_only_is_handed_over_once_they_ask_for_a_person(acme: World) -> None:
    floods(acme, 1, domain="gmail.com", company="Acme")
    assert acme.stack.lead().status is Status.IN_REVIEW
    floods(acme, 1, "consultation", domain="gmail.com", company="Acme")
    assert acme.stack.lead().status is Status.WITH_SALES
    assert (counts(acme).handed, counts(acme).left) == (1, 1)


def test_the_counts_of_an_account_outlive_edits_of_the_list_and_end_with_the_account(acme: World) -> None:
    floods(acme, 5)
    before = counts(acme)
    assert (before.handed, before.left) == (3, 2)
    acme.ask("PUT", "/accounts/acme.com", {"name": "Acme Inc.", "owner": SAM}, by="marketing")
    assert counts(acme) == before
    assert "forms" not in acme.ask("GET", "/accounts/acme.com", by="sales").json()
    acme.ask("DELETE", "/accounts/acme.com", by="marketing")
    acme.ask("PUT", "/accounts/acme.com", {"name": "Acme", "owner": KIM}, by="marketing")
    account = Accounts(acme.stack.store).get("acme.com")
    assert account
    assert account.forms is None


def test_a_form_that_is_counted_at_the_same_time_as_another_is_counted_after_it(acme: World) -> None:
    floods(acme, 2)
    other = account_items.engaged(acme.stack.table, "acme.com", None, [counts(acme).with_handoff()])
    acted = list[Call]()

    def meanwhile(call: Call, carry: Carry) -> Any:
        if call.operation == "TransactWriteItems" and not acted:
            acted.append(call)
            acme.stack.store.write([other])
        return carry()

    with acme.calls.by(meanwhile):
        assert acme.send_form("content-download", email="third@acme.com", **DOWNLOAD).status == 202
    assert acted
    assert (counts(acme).handed, counts(acme).left) == (3, 1)
    assert sum(lead.status is Status.WITH_SALES for lead in acme.stack.leads()) == 2


def test_offers_that_only_forms_say_and_nobody_accepted_use_no_capacity(acme: World) -> None:
    acme.hire(KIM, capacity=3)
    floods(acme, 3)
    assert [lead.handoff.owner for lead in acme.stack.leads() if lead.handoff] == [KIM] * 3
    kim = acme.stack.rep(KIM)
    assert (kim.open_handoffs, kim.unaccepted_forms) == (3, 3)
    acme.send_signals({"email": "real@acme.com", "kind": "webinar_attended"})
    acme.settle()
    real = next(lead for lead in acme.stack.leads() if lead.email == "real@acme.com")
    assert real.handoff
    assert real.handoff.owner == KIM, "three forged offers keep no real lead from the account's owner"
    forged = next(lead.handoff for lead in acme.stack.leads() if lead.handoff and lead.handoff.by_form)
    assert acme.ask("POST", f"/handoffs/{forged.handoff_id}/accept", by=KIM).status == 200
    kim = acme.stack.rep(KIM)
    assert (kim.open_handoffs, kim.unaccepted_forms) == (4, 2)
    returned = acme.ask("POST", f"/handoffs/{forged.handoff_id}/return", {"reason": "not_qualified"}, by=KIM)
    assert returned.status == 200
    kim = acme.stack.rep(KIM)
    assert (kim.open_handoffs, kim.unaccepted_forms) == (3, 2)


@pytest.fixture
def flooded(world: World) -> World:
    """Sam and Kim may have two leads each; consultations in the names of ten companies fill that, and a line."""
    for email in (SAM, KIM):
        world.hire(email, capacity=2)
    for number in range(10):
        assert world.send_form("consultation", email=f"forged{number}@company{number}.com").status == 202
    world.settle()
    return world


def of_whom_more_is_known(world: World, number: int = 0) -> Any:
    """A lead is entered by marketing and asks for a person through a signed tool."""
    email = f"real{number}@customer{number}.com"
    world.send_signals({"email": email, "kind": "consultation_requested"})
    return next(lead.handoff for lead in world.stack.leads() if lead.email == email)


def test_a_flood_in_the_names_of_many_companies_keeps_no_confirmed_lead_from_a_rep(flooded: World) -> None:
    counted = [(rep.open_handoffs, rep.unaccepted_forms) for rep in map(flooded.stack.rep, (SAM, KIM))]
    assert counted == [(2, 2)] * 2, "the flood finds no more room than all that they hold leaves"
    assert sum(bool(lead.handoff and lead.handoff.is_waiting) for lead in flooded.stack.leads()) == 6
    assert {of_whom_more_is_known(flooded, number).owner for number in range(4)} == {SAM, KIM}
    assert of_whom_more_is_known(flooded, 5).is_waiting, "both have as many confirmed leads as they may"
    counted = [(rep.open_handoffs, rep.unaccepted_forms) for rep in map(flooded.stack.rep, (SAM, KIM))]
    assert counted == [(4, 2)] * 2


def test_a_confirmed_lead_is_not_kept_waiting_by_a_line_of_forms(flooded: World) -> None:
    real = [of_whom_more_is_known(flooded, number) for number in range(5)]
    waits, given = real[-1], real[0]
    returned = flooded.ask("POST", f"/handoffs/{given.handoff_id}/return", {"reason": "not_qualified"}, by=given.owner)
    assert returned.status == 200
    flooded.settle()
    leads = {lead.lead_id: lead.handoff for lead in flooded.stack.leads() if lead.handoff}
    assert leads[waits.lead_id].owner == given.owner, "six forged ones that waited longer find no room"
    assert sum(each.is_waiting for each in leads.values()) == 6


@pytest.mark.parametrize("by", ["a tool", "a colleague"])
def test_a_lead_that_is_confirmed_in_a_line_of_forms_leaves_it_and_is_given_to_a_rep(flooded: World, by: str) -> None:
    waits = next(lead for lead in flooded.stack.leads() if lead.handoff and lead.handoff.is_waiting)
    before = {(rep.open_handoffs, rep.unaccepted_forms) for rep in map(flooded.stack.rep, (SAM, KIM))}
    assert before == {(2, 2)}
    if by == "a tool":
        flooded.send_signals({"email": waits.email, "kind": "page_visited"})
    else:
        said = {"profile": {"first_name": "Ada"}}
        assert flooded.ask("PATCH", f"/leads/{waits.lead_id}", said, by="admin").status == 200
    flooded.settle()
    given = next(lead.handoff for lead in flooded.stack.leads() if lead.lead_id == waits.lead_id)
    assert given
    assert given.owner in (SAM, KIM), "the line of forms that waited longer finds no room"
    rep = flooded.stack.rep(str(given.owner))
    assert (rep.open_handoffs, rep.unaccepted_forms) == (3, 2), "it counts as any other"
    flooded.stack.must_be_consistent()


def test_a_lead_that_is_confirmed_in_a_line_of_forms_waits_on_by_its_time_if_nobody_has_room(flooded: World) -> None:
    waits = next(lead for lead in flooded.stack.leads() if lead.handoff and lead.handoff.is_waiting)
    real = [of_whom_more_is_known(flooded, number) for number in range(5)]
    assert real[-1].is_waiting
    flooded.send_signals({"email": waits.email, "kind": "page_visited"})
    flooded.settle()
    handoffs = {lead.lead_id: lead.handoff for lead in flooded.stack.leads() if lead.handoff}
    assert handoffs[waits.lead_id].is_waiting
    assert flooded.stack.happened(waits.lead_id)[-1] == "HandoffConfirmed"
    given = real[0]
    returned = flooded.ask("POST", f"/handoffs/{given.handoff_id}/return", {"reason": "not_qualified"}, by=given.owner)
    assert returned.status == 200
    flooded.settle()
    handoffs = {lead.lead_id: lead.handoff for lead in flooded.stack.leads() if lead.handoff}
    assert handoffs[waits.lead_id].owner == given.owner, "it has waited longer than who is known from the beginning"
    assert handoffs[real[-1].lead_id].is_waiting
    flooded.send_signals({"email": waits.email, "kind": "page_visited"})
    assert flooded.stack.happened(waits.lead_id).count("HandoffConfirmed") == 1


def test_two_confirmed_leads_at_once_do_not_pass_the_capacity_by_one(flooded: World) -> None:
    flooded.hire(SAM, capacity=1)
    flooded.hire(KIM, capacity=1)
    assert of_whom_more_is_known(flooded, 1).owner
    acted = list[Call]()

    def meanwhile(call: Call, carry: Carry) -> Any:
        if call.operation == "TransactWriteItems" and not acted:
            acted.append(call)
            assert of_whom_more_is_known(flooded, 2).owner, "the last room is taken"
        return carry()

    with flooded.calls.by(meanwhile):
        assert of_whom_more_is_known(flooded, 3).is_waiting
    counted = [(rep.open_handoffs, rep.unaccepted_forms) for rep in map(flooded.stack.rep, (SAM, KIM))]
    assert counted == [(3, 2)] * 2


def test_the_counts_by_which_a_confirmed_lead_has_room_still_hold_when_it_is_saved(flooded: World) -> None:
    flooded.hire(KIM, away=[{"from": "2026-01-01", "to": "2027-12-31"}])
    accepted = [lead.handoff for lead in flooded.stack.leads() if lead.handoff and lead.handoff.owner == SAM]
    acted = list[Call]()

    def meanwhile(call: Call, carry: Carry) -> Any:
        if call.operation == "TransactWriteItems" and not acted:
            acted.append(call)
            for each in accepted:
                assert flooded.ask("POST", f"/handoffs/{each.handoff_id}/accept", by=SAM).status == 200
        return carry()

    with flooded.calls.by(meanwhile):
        assert of_whom_more_is_known(flooded).is_waiting, "Sam has accepted two of two meanwhile"
    assert (flooded.stack.rep(SAM).open_handoffs, flooded.stack.rep(SAM).unaccepted_forms) == (2, 0)


def test_a_colleague_who_gives_a_lead_by_a_form_beyond_all_room_is_warned(flooded: World) -> None:
    waits = next(lead.handoff for lead in flooded.stack.leads() if lead.handoff and lead.handoff.is_waiting)
    said = {"owner": KIM, "reason": "knows them"}
    assert flooded.ask("POST", f"/handoffs/{waits.handoff_id}/reassign", said, by="admin").status == 200
    given = next(lead.handoff for lead in flooded.stack.leads() if lead.lead_id == waits.lead_id)
    assert given
    assert given.routing.warnings == (f"{KIM} has 2 of at most 2 open leads",)
    assert (flooded.stack.rep(KIM).open_handoffs, flooded.stack.rep(KIM).unaccepted_forms) == (3, 3)


def test_an_offer_that_only_a_form_says_is_passed_on_with_its_count(acme: World) -> None:
    floods(acme, 1)
    assert (acme.stack.rep(KIM).open_handoffs, acme.stack.rep(KIM).unaccepted_forms) == (1, 1)
    acme.wait(timedelta(hours=1))
    assert (acme.stack.rep(KIM).open_handoffs, acme.stack.rep(KIM).unaccepted_forms) == (0, 0)
    holder = acme.stack.lead().handoff
    assert holder
    assert acme.stack.rep(str(holder.owner)).unaccepted_forms == 1
