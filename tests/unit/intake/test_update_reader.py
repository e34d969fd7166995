"""Reading an update of a lead by staff: new facts, cleared facts, an account link, or faults."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.events.lead_events import Answered
from baton.domain.lead_changes.fact_updates import FactUpdate
from baton.domain.leads.person_facts import Company, Profile
from baton.intake.fields.json_documents import DocumentFaults
from baton.intake.leads.update_reader import read_update

EVENTS = Path(__file__).parents[3] / "events"


def read_sent(**sent: Any) -> FactUpdate:
    return read_update(json.dumps(sent).encode())


def faults(body: bytes) -> dict[str, str]:
    with pytest.raises(DocumentFaults) as refused:
        read_update(body)
    return {fault.field: fault.detail for fault in refused.value.errors} or {"": f"{refused.value.status}"}


def test_a_sample_update_is_read() -> None:
    wish = read_update((EVENTS / "update-lead.json").read_bytes())
    assert wish.profile == Profile(title="Head of Operations")
    assert wish.company == Company(industry="logistics", employees=320)
    assert wish.bant["need"] == Answered(value="loses every fifth lead", met=True)
    assert (wish.bant["budget"], wish.account) == (Answered(value=40000), "example.co.uk")


def test_null_clears_a_fact() -> None:
    wish = read_sent(profile={"title": None}, company={"domain": None}, bant={"budget": None}, account=None)
    assert wish == FactUpdate(cleared=("profile.title", "company.domain", "bant.budget", "account"))


def test_an_empty_update_changes_nothing() -> None:
    assert read_sent() == read_sent(profile={}, company={}, bant={}) == FactUpdate()


def test_a_company_domain_is_shortened_to_its_registrable_domain_and_an_account_domain_is_not() -> None:
    wish = read_sent(company={"domain": "https://lab.acme.co.uk/"}, account="Lab.Acme.co.uk")
    assert (wish.company.domain, wish.account) == ("acme.co.uk", "lab.acme.co.uk")


@pytest.mark.parametrize(
    ("sent", "field", "why"),
    [
        ({"stage": "sql"}, "stage", "is not known; there are profile, company, bant, attributes, account"),
        ({"profile": {"email": "x@example.com"}}, "profile.email", "is not known"),
        ({"profile": None}, "profile", "is not an object"),
        ({"profile": {"title": ""}}, "profile.title", "is empty; send null"),
        ({"profile": {"title": "x" * 151}}, "profile.title", "longer than 150"),
        ({"profile": {"first_name": 1}}, "profile.first_name", "not text"),
        ({"company": {"employees": 1.5}}, "company.employees", "neither a whole number nor a range"),
        ({"company": {"domain": "gmail.com"}}, "company.domain", "no company's domain"),
        ({"bant": {"money": 1}}, "bant.money", "is not known"),
        ({"bant": {"budget": 1}}, "bant.budget", "is not an object with `value`"),
        ({"bant": {"budget": {"met": True}}}, "bant.budget", "needs a `value`"),
        ({"bant": {"budget": {"value": " "}}}, "bant.budget", "needs a `value`"),
        ({"bant": {"budget": {"value": 1, "met": "yes"}}}, "bant.budget", "neither true nor false"),
        ({"bant": {"budget": {"value": 1, "source": "me"}}}, "bant.budget", "is not an object with `value`"),
        ({"account": 7}, "account", "not text"),
        ({"account": "gmail.com"}, "account", "no company's domain"),
        ({"account": "x" * 5000}, "account", "no company's domain"),
    ],
    ids=str,
)
def test_the_wrong_field_of_an_update_is_named_with_the_reason(sent: Any, field: str, why: str) -> None:
    said = faults(json.dumps(sent).encode())
    assert list(said) == [field]
    assert why in said[field]


@pytest.mark.parametrize(
    ("body", "status"), [(b"[]", "400"), (b"", "400"), (b" " * 70_000, "413")], ids=["a list", "nothing", "too long"]
)
def test_a_body_that_is_no_update_is_refused(body: bytes, status: str) -> None:
    assert faults(body) == {"": status}


parts = st.dictionaries(
    st.sampled_from(["title", "phone", "employees", "budget", "domain", "odd"]),
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.dictionaries(st.text(), st.integers()),
)


@given(
    st.dictionaries(st.sampled_from(["profile", "company", "bant", "account", "odd"]), parts | st.text() | st.none())
)
def test_any_update_is_read_or_refused_with_its_faults(sent: Any) -> None:
    try:
        read_sent(**sent)
    except DocumentFaults as refused:
        assert refused.errors
