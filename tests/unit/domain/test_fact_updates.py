"""Updates of facts by staff: new facts, BANT answers, cleared fields, account links and repeats."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.accounts.account import AccountMatch
from baton.domain.events.lead_events import Answered, LeadUpdated
from baton.domain.lead_changes.fact_updates import FactUpdate, update_facts
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company, Profile
from tests.unit.given import after_events, consultation, received

MARIA = "maria@example.com"


def known(**said: Any) -> Lead:
    """A lead of which something is known already."""
    lead = received(consultation(profile=Profile(first_name="Anna"), company=Company(name="Acme")))
    return after_events(lead, update_facts(lead, FactUpdate.model_validate(said)), by=MARIA)


def update_event(lead: Lead, **said: Any) -> LeadUpdated | None:
    events = update_facts(lead, FactUpdate.model_validate(said))
    assert len(events) <= 1
    [event] = events or [None]
    assert event is None or isinstance(event, LeadUpdated)
    return event


def test_an_update_keeps_new_facts_and_leaves_out_what_staff_said_before() -> None:
    lead = known(profile={"first_name": "Anna"})
    event = update_event(lead, profile={"first_name": "Anna", "title": "COO"}, company={"employees": 120})
    assert event
    assert event.fields == ("profile.title", "company.employees")
    assert event.profile == Profile(title="COO")
    after = after_events(lead, [event])
    assert after.profile == Profile(first_name="Anna", title="COO")
    assert after.company == Company(name="Acme", employees=120)


def test_what_a_form_said_becomes_staffs_word_when_they_say_the_same() -> None:
    event = update_event(known(), profile={"first_name": "Anna"})
    assert event
    assert event.fields == ("profile.first_name",)


def test_a_bant_answer_has_its_source_and_may_have_a_judgement() -> None:
    lead = known(bant={"budget": {"value": 20000}, "need": {"value": "pressing", "met": True}})
    assert {need: (said.value, said.met, said.source) for need, said in lead.bant.items()} == {
        "budget": (20000, None, MARIA),
        "need": ("pressing", True, MARIA),
    }


def test_a_bant_answer_may_be_judged_again() -> None:
    lead = known(bant={"need": {"value": "pressing", "met": True}})
    event = update_event(lead, bant={"need": {"value": "pressing", "met": False}})
    assert event
    assert event.bant == {"need": Answered(value="pressing", met=False)}


def test_a_cleared_fact_is_removed_from_the_lead() -> None:
    lead = known(profile={"title": "COO"}, bant={"budget": {"value": 1}})
    event = update_event(lead, cleared=("profile.title", "profile.phone", "bant.budget", "company.name", "bant.need"))
    assert event
    assert event.fields == event.cleared == ("profile.title", "bant.budget", "company.name")
    after = after_events(lead, [event])
    assert (after.profile.title, after.bant, after.company.name) == (None, {}, None)


def test_a_lead_is_linked_to_an_account_until_the_link_is_cleared() -> None:
    lead = known(account="acme.com")
    assert lead.account == AccountMatch(domain="acme.com", matched_by="link")
    event = update_event(lead, cleared=("account",))
    assert event
    assert after_events(lead, [event]).account is None


@pytest.mark.parametrize("matched_by", ["domain", "name"])
def test_only_a_link_to_an_account_can_be_cleared(matched_by: str) -> None:
    lead = known().model_copy(update={"account": AccountMatch(domain="acme.com", matched_by=matched_by)})
    assert update_event(lead, cleared=("account",)) is None
    assert update_event(lead, account="acme.com")


texts = st.none() | st.sampled_from(["a", "b"])
answers = st.dictionaries(
    st.sampled_from(["budget", "authority", "need", "timeline"]),
    st.builds(Answered, value=st.sampled_from(["yes", "no", 5]), met=st.none() | st.booleans()),
)
wishes = st.builds(
    FactUpdate,
    profile=st.builds(Profile, title=texts, phone=texts),
    company=st.builds(Company, industry=texts, employees=st.none() | st.integers(0, 2)),
    bant=answers,
    cleared=st.lists(st.sampled_from(["profile.region", "company.name"]), unique=True).map(tuple),
    account=st.none() | st.sampled_from(["acme.com", "other.com"]),
)


@given(wishes, wishes)
def test_a_repeated_update_changes_nothing(first: FactUpdate, then: FactUpdate) -> None:
    lead = known()
    for wish in (first, then):
        lead = after_events(lead, update_facts(lead, wish))
        assert update_facts(lead, wish) == []


RANGE = {"employees": 51, "employees_written": "51-200"}


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        pytest.param({"employees": 120}, RANGE, (51, "51-200"), id="a range instead of a number"),
        pytest.param(RANGE, {"employees": 51}, (51, None), id="the number alone"),
        pytest.param(RANGE, {"employees_written": "<50"}, (None, "<50"), id="no lower end"),
    ],
)
def test_a_size_is_updated_with_how_it_was_written(
    before: dict[str, Any], wanted: dict[str, Any], after: tuple[int | None, str | None]
) -> None:
    lead = known(company=before)
    event = update_event(lead, company=wanted)
    assert event
    assert event.fields == ("company.employees",)
    company = after_events(lead, [event]).company
    assert (company.employees, company.employees_written) == after
    assert update_event(after_events(lead, [event]), company=wanted) is None


@pytest.mark.parametrize("size", [RANGE, {"employees_written": "<50"}, {"employees": 5}], ids=str)
def test_a_cleared_size_is_gone_with_how_it_was_written(size: dict[str, Any]) -> None:
    lead = known(company=size)
    event = update_event(lead, cleared=("company.employees",))
    assert event
    assert after_events(lead, [event]).company == Company(name="Acme", domain=lead.company.domain)
