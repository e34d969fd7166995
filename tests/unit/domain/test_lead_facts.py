"""The facts of a lead: each one that an agreement may ask is known of a lead, and can be told by intake."""

from typing import get_args

from baton.agreement.conditions.condition_clauses import Attributes
from baton.agreement.conditions.signal_tests import ASPECTS
from baton.agreement.conditions.value_tests import NumberTest
from baton.domain.conditions.compiled_conditions import NUMBERS
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.lead_facts import condition_facts
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT, Answer, Company, Profile
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import texts_of
from baton.intake.fields.fact_fields import COMPANY_CHECKS, FACTS, PROFILE_CHECKS
from tests.unit.given import IN_FORCE, NOW, consultation, received

PROFILE = Profile(**dict.fromkeys(Profile.model_fields, "X"))
COMPANY = Company.model_validate({**dict.fromkeys(Company.model_fields, "x"), "employees": 1, "revenue": 1})
FOR_PEOPLE = {"first_name", "last_name", "phone"}
"""What is for people to read, and no rule asks."""


def lead_with_all_facts() -> Lead:
    lead = received(consultation(profile=PROFILE, company=COMPANY))
    answers = {need: Answer(value="1", source="crm", at=NOW) for need in BANT}
    return lead.model_copy(update={"bant": answers, "source": "website", "campaign": "autumn"})


def test_each_attribute_that_a_condition_may_ask_is_a_fact_of_a_lead() -> None:
    assert set(condition_facts(lead_with_all_facts())) == set(Attributes.model_fields)


def test_each_attribute_that_is_compared_as_a_number_is_kept_as_a_number() -> None:
    facts = condition_facts(lead_with_all_facts())
    of_numbers = {name for name, field in Attributes.model_fields.items() if NumberTest in get_args(field.annotation)}
    assert of_numbers == {name for name, fact in facts.items() if not isinstance(fact, str | bool)}
    assert of_numbers == NUMBERS & set(Attributes.model_fields)


def test_each_field_of_a_person_and_a_company_has_an_intake_check() -> None:
    assert set(PROFILE_CHECKS) == set(Profile.model_fields)
    assert set(COMPANY_CHECKS) == set(Company.model_fields) - {"domain"}, "it follows from the address"


def test_a_condition_may_ask_every_fact_that_intake_takes_except_names_and_phone() -> None:
    assert set(FACTS) - set(Attributes.model_fields) == FOR_PEOPLE


def test_each_aspect_that_a_condition_may_ask_is_read_from_a_signal() -> None:
    said = dict.fromkeys(("content", "content_topic", "content_stage", "content_title", "campaign"), "x")
    told = SignalRecorded(form="x", kind="x", source="x", reference="x", properties={"product": "x"}, **said)
    assert set(texts_of(told, Scorecard(IN_FORCE))) == {*ASPECTS, "properties.product"}
