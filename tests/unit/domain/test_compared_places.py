"""Conditions compare countries, languages and regions by their codes, and keep what was said."""

from typing import Any

import pytest

from baton.domain.conditions.compiled_conditions import Moment, compile_condition, compile_match
from baton.domain.history.lead_facts import condition_facts, facts_as_written
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.signal_counts import SignalCounts
from baton.domain.scoring.fit_rules import FitRules
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.signal_counting import texts_of
from baton.domain.signals.signal_recording import record_signal
from baton.outreach.mails.mail_sections import contradicting_facts
from tests.unit.domain.test_disqualified_leads import disqualified, staff_update
from tests.unit.given import IN_FORCE, NOW, consultation, received

ANNA = Profile(country="Germany", phone="+49 (0)89 5550-1234")
HOLDS = [
    pytest.param({"country": "Germany"}, {"country": {"is": "DE"}}, id="a name"),
    pytest.param({"country": "DE"}, {"country": {"is": "Germany"}}, id="a name in the agreement"),
    pytest.param(
        {"country": "Deutschland"}, {"country": {"one_of": ["GER", "AT"]}}, id="an abbreviation in the agreement"
    ),
    pytest.param({"country": "UK"}, {"country": {"one_of": ["GB"]}}, id="UK"),
    pytest.param({"country": "USA"}, {"country": {"is": "US"}}, id="USA"),
    pytest.param({"country": "de-DE"}, {"country": {"is": "DE"}}, id="a browser's locale"),
    pytest.param({"country": "Norway"}, {"country": {"is": "NO"}}, id="Norway"),
    pytest.param({"country": "NA"}, {"country": {"is": "Namibia"}}, id="Namibia"),
    pytest.param({"country": "Deutschland"}, {"country": {"matches": "^(DE|AT)$"}}, id="a pattern of codes"),
    pytest.param({"country": "Deutschland"}, {"country": {"matches": "^deutsch"}}, id="a pattern of names"),
    pytest.param({"country": "Atlantis"}, {"country": {"is": "atlantis"}}, id="what is no country"),
    pytest.param({"language": "de-AT"}, {"language": {"is": "German"}}, id="a language"),
    pytest.param({"language": "nb-NO"}, {"language": {"one_of": ["no"]}}, id="Norwegian"),
    pytest.param({"language": "Klingon"}, {"language": {"is": "klingon"}}, id="what is no language"),
    pytest.param({"region": "Bavaria"}, {"region": {"is": "Bayern"}}, id="a region by its names"),
    pytest.param({"region": "BY", "country": "Germany"}, {"region": {"is": "Bavaria"}}, id="a region by its code"),
    pytest.param({"region": "Bavaria", "country": "DE"}, {"region": {"one_of": ["DE-BY"]}}, id="a whole code"),
    pytest.param({"region": "California"}, {"region": {"is": "CA"}}, id="a short code in the agreement"),
    pytest.param({"region": "CA"}, {"region": {"is": "ca"}}, id="a short code of no country"),
    pytest.param({"region": "Limburg"}, {"region": {"is": "Limburg"}}, id="a name in two countries"),
    pytest.param({"region": "EMEA"}, {"region": {"is": "emea"}}, id="what is no region"),
]
NEVER = [
    pytest.param({"country": "Nigeria"}, {"country": {"is": "Niger"}}, id="a similar name"),
    pytest.param({"country": "Austria"}, {"country": {"is": "AU"}}, id="the beginning of a name"),
    pytest.param({"country": "Norway"}, {"country": {"is": "NA"}}, id="Norway is not Namibia"),
    pytest.param({"language": "uk"}, {"language": {"is": "ru"}}, id="a language that is near"),
    pytest.param(
        {"region": "CA", "country": "Spain"}, {"region": {"is": "California"}}, id="the code of another country"
    ),
    pytest.param({}, {"country": {"is": "Germany"}}, id="nothing known"),
]


def moment(profile: dict[str, str]) -> Moment:
    lead = received(consultation(profile=Profile(**profile), company=Company(country=profile.get("country"))))
    return Moment(condition_facts(lead), SignalCounts(0), 0)


def fit_awards(condition: dict[str, Any], known: Moment) -> list[str]:
    rules = FitRules([{"id": "home", "points": 10, "by_persona": {}, "when": condition}], 1)
    return [rule for rule, *_ in rules.awards(known, {})]


@pytest.mark.parametrize(("profile", "condition"), HOLDS)
def test_a_place_is_compared_by_its_code(profile: dict[str, str], condition: dict[str, Any]) -> None:
    assert compile_condition(condition, {})(moment(profile))
    assert fit_awards(condition, moment(profile)) == ["home"]


@pytest.mark.parametrize(("profile", "condition"), NEVER)
def test_another_place_is_not_taken_for_it(profile: dict[str, str], condition: dict[str, Any]) -> None:
    assert not compile_condition(condition, {})(moment(profile))
    assert fit_awards(condition, moment(profile)) == []


def test_the_country_of_a_company_is_compared_by_its_code() -> None:
    assert compile_condition({"company_country": {"is": "DE"}}, {})(moment({"country": "Deutschland"}))


def test_what_was_said_of_a_place_is_kept() -> None:
    lead = received(consultation(profile=Profile(country="Deutschland", language="de-AT", region="Bayern")))
    said = facts_as_written(lead)
    assert (said["country"], said["language"], said["region"]) == ("Deutschland", "de-AT", "Bayern")


@pytest.mark.parametrize("pattern", ["^de$", "deutsch"])
def test_a_property_of_a_signal_is_compared_as_a_place_by_code_or_words(pattern: str) -> None:
    told = consultation(properties={"country": "Deutschland", "product": "DE"})
    [_, event] = record_signal(None, told, 1, NOW)
    signal = texts_of(event, Scorecard(IN_FORCE))
    assert compile_match({"properties.country": {"is": "Germany"}})(signal)
    assert compile_match({"properties.country": {"matches": pattern}})(signal)
    assert compile_match({"properties.product": {"is": "de"}})(signal)


def test_another_spelling_of_a_country_is_no_new_fact() -> None:
    scenario = disqualified(profile=Profile(country="DE"), company=Company(country="Germany"))
    assert "ReviewRequested" not in staff_update(scenario, profile=Profile(country="Deutschland"))
    assert scenario.known.profile.country == "Deutschland"
    assert "ReviewRequested" in staff_update(scenario, profile=Profile(country="FR"))


def test_another_spelling_contradicts_nothing() -> None:
    lead = received(consultation(profile=Profile(country="DE", language="German", region="Bavaria"))).model_copy(
        update={"said": {}}
    )
    assert contradicting_facts(Profile(country="Germany", language="de-DE", region="BY"), lead) == []
    assert contradicting_facts(Profile(phone="089 5550 1234"), lead.model_copy(update={"profile": ANNA})) == []
    assert len(contradicting_facts(Profile(phone="089 5550 1234 x2"), lead.model_copy(update={"profile": ANNA}))) == 2
    assert contradicting_facts(Profile(country="Austria"), lead) == [
        "THE LATER FORM GIVES OTHERWISE",
        "Country: Austria",
    ]
