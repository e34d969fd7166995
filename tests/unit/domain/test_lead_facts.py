"""The facts of a lead: each one that an agreement may ask is known of a lead, and can be told by intake."""

from datetime import timedelta
from typing import get_args

import pytest

from baton.agreement.conditions.condition_clauses import Attributes
from baton.agreement.conditions.signal_tests import ASPECTS
from baton.agreement.conditions.value_tests import NumberTest
from baton.domain.basics.amounts import Amount
from baton.domain.conditions.compiled_conditions import NUMBERS
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.lead_facts import condition_facts, facts_as_written
from baton.domain.history.merged_view import merged_facts
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT, Answer, Company, Profile
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import texts_of
from baton.domain.signals.signal_recording import Signal
from baton.intake.fields.fact_fields import COMPANY_CHECKS, FACTS, PROFILE_CHECKS
from tests.unit.given import IN_FORCE, NOW, consultation, received

PROFILE = Profile(**dict.fromkeys(Profile.model_fields, "X"))
COMPANY = Company.model_validate({**dict.fromkeys(Company.model_fields, "x"), "employees": 1, "revenue": 1})
AS_WRITTEN = {"employees_written", "revenue_written"}
FOR_PEOPLE = {"full_name", "first_name", "last_name", "phone"}
"""What is for people to read, and no rule asks."""
FOLLOWING = {"free_mail", "attributes"}
"""The first follows from `email_domain`; the others have names of their own."""


def lead_with_all_facts() -> Lead:
    lead = received(consultation(profile=PROFILE, company=COMPANY))
    answers = {need: Answer(value="1", source="crm", at=NOW) for need in BANT}
    return lead.model_copy(update={"bant": answers, "source": "website", "campaign": "autumn"})


def test_each_attribute_that_a_condition_may_ask_is_a_fact_of_a_lead() -> None:
    assert set(condition_facts(lead_with_all_facts())) == set(Attributes.model_fields) - FOLLOWING


def test_each_attribute_of_an_agreement_is_a_fact_under_its_whole_name() -> None:
    facts = condition_facts(lead_with_all_facts().model_copy(update={"attributes": {"plan": "Pro"}}))
    assert facts["attributes.plan"] == "Pro"


def test_each_attribute_that_is_compared_as_a_number_is_kept_as_a_number() -> None:
    facts = condition_facts(lead_with_all_facts())
    of_numbers = {name for name, field in Attributes.model_fields.items() if NumberTest in get_args(field.annotation)}
    assert of_numbers == {name for name, fact in facts.items() if not isinstance(fact, str | bool)}
    assert of_numbers == NUMBERS & set(Attributes.model_fields)


def test_each_field_of_a_person_and_a_company_has_an_intake_check() -> None:
    assert set(PROFILE_CHECKS) == set(Profile.model_fields)
    assert set(COMPANY_CHECKS) == set(Company.model_fields) - {"domain", *AS_WRITTEN}, "they follow from others"


def test_a_condition_may_ask_every_fact_that_intake_takes_except_names_and_phone() -> None:
    assert set(FACTS) - set(Attributes.model_fields) == FOR_PEOPLE


def test_each_aspect_that_a_condition_may_ask_is_read_from_a_signal() -> None:
    said = dict.fromkeys(("content", "content_topic", "content_stage", "content_title", "campaign"), "x")
    told = SignalRecorded(form="x", kind="x", source="x", reference="x", properties={"product": "x"}, **said)
    assert set(texts_of(told, Scorecard(IN_FORCE))) == {*ASPECTS, "properties.product"}


def lead_of(*companies: Company) -> Lead:
    """A lead of which several forms told, one after the other."""
    lead = received(Signal(email="anna@example.com", kind="list", company=companies[0], reference="r0", source="crm"))
    for days, company in enumerate(companies[1:], 1):
        told = Signal(email=lead.email, kind="list", company=company, reference=f"r{days}", source="crm")
        lead = received(told, lead, NOW + timedelta(days=days))
    return lead


RANGE, EXACT = Company(employees=51, employees_written="51-200"), Company(employees=51)
SMALL = Company(employees_written="<50")


@pytest.mark.parametrize(
    ("companies", "known", "compared"),
    [
        pytest.param([EXACT], (51, None), 51, id="a number"),
        pytest.param([RANGE], (51, "51-200"), Amount(51, 200), id="a range"),
        pytest.param([SMALL], (None, "<50"), Amount(None, 50), id="no lower end"),
        pytest.param([RANGE, EXACT], (51, None), 51, id="a number after a range"),
        pytest.param([EXACT, RANGE], (51, "51-200"), Amount(51, 200), id="a range after a number"),
        pytest.param([EXACT, SMALL], (None, "<50"), Amount(None, 50), id="no lower end after a number"),
        pytest.param([RANGE, Company(name="Acme")], (51, "51-200"), Amount(51, 200), id="nothing new"),
        pytest.param([Company(employees=120, employees_written="51-200")], (120, "51-200"), 120, id="two sizes"),
    ],
)
def test_a_newer_size_replaces_the_number_and_how_it_was_written(
    companies: list[Company], known: tuple[int | None, str | None], compared: object
) -> None:
    lead = lead_of(*companies)
    assert (lead.company.employees, lead.company.employees_written) == known
    assert condition_facts(lead)["employees"] == compared
    assert facts_as_written(lead)["employees"] == (known[1] or known[0])


def test_a_size_becomes_known_once_and_is_learned_anew_when_it_differs() -> None:
    told = ([RANGE], [RANGE, RANGE], [RANGE, EXACT])
    first, again, other = (lead_of(*companies).learned["employees"] for companies in told)
    assert first == again != other


@pytest.mark.parametrize(
    ("own", "other", "merged"),
    [
        pytest.param(EXACT, RANGE, EXACT, id="an own number stays without the other's words"),
        pytest.param(SMALL, EXACT, SMALL, id="an own size without number stays"),
        pytest.param(Company(), RANGE, RANGE, id="a gap is filled with both"),
        pytest.param(Company(), SMALL, SMALL, id="a gap is filled with words alone"),
    ],
)
def test_a_merge_takes_a_size_whole_or_not_at_all(own: Company, other: Company, merged: Company) -> None:
    company = merged_facts(lead_of(own), FactSnapshot(company=other), 2)["company"]
    assert company.size("employees") == merged.size("employees")
