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
    acme.hire(KIM, capacity=1)
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


def test_an_offer_that_only_a_form_says_is_passed_on_with_its_count(acme: World) -> None:
    floods(acme, 1)
    assert (acme.stack.rep(KIM).open_handoffs, acme.stack.rep(KIM).unaccepted_forms) == (1, 1)
    acme.wait(timedelta(hours=1))
    assert (acme.stack.rep(KIM).open_handoffs, acme.stack.rep(KIM).unaccepted_forms) == (0, 0)
    holder = acme.stack.lead().handoff
    assert holder
    assert acme.stack.rep(str(holder.owner)).unaccepted_forms == 1
