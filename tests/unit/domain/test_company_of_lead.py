"""A handoff that is sticky by company gives all leads of a company to one rep, if they can take them."""

from dataclasses import replace

import pytest

from baton.agreement.terms.trigger_terms import Sticky
from baton.domain.accounts.account import AccountMatch, MatchedBy
from baton.domain.events.handoff_events import HandoffOffered, HandoffReassigned
from baton.domain.handoffs import offering
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company
from baton.domain.leads.routing_choice import CompanyTurn
from baton.domain.qualification.company_of_lead import company_key, company_of
from baton.domain.qualification.handover_terms import Handover
from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Roster
from tests.unit.given import (
    HANDOFF_ID,
    KIM,
    NOW,
    SAM,
    after_events,
    consultation,
    due_for,
    received,
    rep,
    team,
    with_terms,
)

ACME = company_key("acme.com")


def lead_of(email: str, account: tuple[str, MatchedBy] | None = None, company: str | None = None) -> Lead:
    match = AccountMatch(domain=account[0], matched_by=account[1]) if account else None
    return received(consultation(email=email)).model_copy(update={"account": match, "company": Company(domain=company)})


@pytest.mark.parametrize(
    ("lead", "company"),
    [
        pytest.param(lead_of("ann@acme.com"), "acme.com", id="the address's domain"),
        pytest.param(lead_of("ann@mail.acme.co.uk"), "acme.co.uk", id="a host below it"),
        pytest.param(lead_of("ann@ACME.com"), "acme.com", id="in capitals"),
        pytest.param(lead_of("ann@gmail.com"), None, id="free mail"),
        pytest.param(lead_of("ann@yahoo.de"), None, id="free mail of a country"),
        pytest.param(lead_of("ann@mailinator.com"), None, id="mail for minutes"),
        pytest.param(lead_of("ann@acme.onmicrosoft.com"), "acme.onmicrosoft.com", id="a customer's host"),
        pytest.param(lead_of("ann@gmail.com", ("acme.com", "link")), "acme.com", id="free mail, linked by staff"),
        pytest.param(lead_of("ann@acme.de", ("acme.com", "domain")), "acme.com", id="another domain of an account"),
        pytest.param(lead_of("ann@gmail.com", ("acme.com", "name")), None, id="an account by its name only"),
        pytest.param(lead_of("ann@gmail.com", None, "acme.com"), "acme.com", id="free mail of a known company"),
        pytest.param(lead_of("ann@gmail.com", None, "gmail.com"), None, id="free mail that is called a company"),
        pytest.param(lead_of("ann@acme.com", None, "other.com"), "acme.com", id="the address before what was said"),
        pytest.param(lead_of("ann@xn--bcher-kva.com"), "xn--bcher-kva.com", id="an international domain"),
        pytest.param(lead_of("ann@bücher.com"), "xn--bcher-kva.com", id="the same in letters"),
    ],
)
def test_a_leads_company_is_that_of_its_account_or_address(lead: Lead, company: str | None) -> None:
    assert company_of(lead) == company


def test_a_companys_key_tells_nothing_of_it() -> None:
    assert len(ACME) == 32
    assert "acme" not in ACME


def handover(sticky: Sticky, email: str = "ann@acme.com") -> Handover:
    found = due_for(lead_of(email), with_terms(sticky=sticky))
    assert found
    return found


def roster(owner: str | None, *people: Rep) -> Roster:
    return replace(team(*people), companies=lambda key: CompanyTurn(key=key, read=3, owner=owner))


def offered(sticky: Sticky, people: Roster, email: str = "ann@acme.com") -> HandoffOffered:
    event, *_ = offering.offer(lead_of(email), handover(sticky, email), 1, people, NOW)
    assert isinstance(event, HandoffOffered)
    return event


@pytest.mark.parametrize(
    ("sticky", "email", "owner"),
    [
        pytest.param("company", "ann@acme.com", SAM, id="sticky by company"),
        pytest.param("company", "ann@gmail.com", KIM, id="of no company"),
        pytest.param(True, "ann@acme.com", KIM, id="sticky by lead"),
        pytest.param(False, "ann@acme.com", KIM, id="not sticky"),
    ],
)
def test_a_lead_of_a_company_goes_to_the_rep_who_has_its_leads(sticky: Sticky, email: str, owner: str) -> None:
    event = offered(sticky, roster(SAM, rep(KIM), rep(SAM, last_offered_at=NOW)), email)
    assert event.owner == owner
    by_company = owner == SAM
    assert event.company_key == (ACME if by_company else None)
    assert event.routing.why == (
        offering.HAS_THE_COMPANY if by_company else "next in turn: 0.5 of a lead behind their share"
    )
    assert (event.routing.turn is None) is by_company, "no turn is taken"


@pytest.mark.parametrize(
    "sam",
    [
        pytest.param(rep(SAM, open_handoffs=25), id="who is full"),
        pytest.param(rep(SAM, subscription="ended"), id="whom no mail reaches"),
        pytest.param(rep(SAM, hours={"mon-sun": ("20:00-22:00",)}, time_zone="UTC"), id="who is not at work"),
    ],
)
def test_a_lead_of_a_company_goes_by_turn_if_its_rep_cannot_take_it(sam: Rep) -> None:
    event = offered("company", roster(SAM, rep(KIM), sam))
    assert event.owner == KIM
    assert event.company_key == ACME
    assert event.routing.skipped[0].why.startswith("has or had leads of the company, but")


def test_a_companys_rep_who_is_on_another_team_does_not_get_its_leads() -> None:
    assert offered("company", roster("mia@other.example", rep(KIM))).owner == KIM


def test_a_waiting_lead_goes_to_the_rep_who_has_got_its_companys_leads_since() -> None:
    lead = lead_of("ann@acme.com")
    waits = offering.offer(lead, handover("company"), 1, roster(None), NOW)
    lead = after_events(lead, waits)
    assert lead.handoff
    assert (lead.handoff.company_key, lead.handoff.is_waiting) == (ACME, True)
    people = roster(SAM, rep(KIM), rep(SAM, last_offered_at=NOW))
    [event] = offering.serve_waiting_lead(lead, HANDOFF_ID, people, NOW)
    assert isinstance(event, HandoffReassigned)
    assert (event.owner, event.routing.company and event.routing.company.read) == (SAM, 3)


def test_what_was_read_of_a_company_is_not_part_of_what_happened() -> None:
    event = offered("company", roster(SAM, rep(SAM)))
    assert event.routing.company == CompanyTurn(key=ACME, read=3, owner=SAM)
    assert "company" not in event.model_dump()["routing"]
