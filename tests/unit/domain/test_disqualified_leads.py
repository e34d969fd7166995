"""A disqualified lead goes to review when a fact changes that the agreement lists under `reconsider`."""

from datetime import timedelta
from typing import Any, get_args

import pytest

from baton.agreement.terms.rules import Reconsidered
from baton.domain.lead_changes import fact_updates
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.stage_and_status import Status
from tests.unit.domain.scenario import MAX, Scenario
from tests.unit.domain.test_consequences import agreed
from tests.unit.given import AGREEMENT, NOW

DAY = timedelta(days=1)
NOW_KNOWN: dict[str, dict[str, Any]] = {
    "title": {"profile": Profile(title="Head of Operations")},
    "country": {"profile": Profile(country="DE")},
    "region": {"profile": Profile(region="Bavaria")},
    "company": {"company": Company(name="Other Ltd")},
    "company_domain": {"company": Company(domain="other.example")},
    "industry": {"company": Company(industry="logistics")},
    "employees": {"company": Company(employees=400)},
    "revenue": {"company": Company(revenue=1_000_000)},
    "company_country": {"company": Company(country="DE")},
    "infrastructure": {"company": Company(infrastructure="SAP")},
}
KNOWN_THEN: dict[str, Any] = {
    "profile": Profile(title="Student", country="FR", region="Alsace"),
    "company": Company(
        name="Some Ltd",
        domain="some.example",
        industry="education",
        employees=3,
        revenue=1,
        country="FR",
        infrastructure="none",
    ),
}
USUALLY = set(AGREEMENT.rules["reconsider"])


def disqualified(agreement: Any = AGREEMENT, **known: Any) -> Scenario:
    scenario = Scenario(agreement)
    scenario.sends("page_visited", **known)
    scenario.reviewed("bad_fit", reason="a student")
    scenario.now += DAY
    return scenario


def staff_update(scenario: Scenario, **facts: Any) -> list[str]:
    """What staff puts down, as PATCH does it."""
    return scenario.happens(fact_updates.update_facts(scenario.known, fact_updates.FactUpdate(**facts)))


@pytest.mark.parametrize("known", [{}, KNOWN_THEN], ids=["unknown", "known otherwise"])
@pytest.mark.parametrize("told", ["by a form", "by staff"])
@pytest.mark.parametrize("fact", NOW_KNOWN)
def test_a_disqualified_lead_goes_to_review_only_for_a_change_of_an_agreed_fact(
    fact: str, told: str, known: Any
) -> None:
    scenario = disqualified(**known)
    change = NOW_KNOWN[fact]
    happened = (
        scenario.sends("content_downloaded", form="x", **change)
        if told == "by a form"
        else staff_update(scenario, **change)
    )
    assert ("ReviewRequested" in happened) is (fact in USUALLY)
    assert scenario.known.status is (Status.IN_REVIEW if fact in USUALLY else Status.DISQUALIFIED)
    if fact in USUALLY:
        because = f"did not fit, and something has changed since: {fact.replace('_', ' ')}"
        assert (scenario.known.duty.why, scenario.known.duty.kind, scenario.known.duty.is_open) == (
            because,
            "review",
            True,
        )


def test_every_fact_that_an_agreement_may_list_under_reconsider_is_tested() -> None:
    assert set(NOW_KNOWN) == set(get_args(Reconsidered))
    assert {"title", "company", "company_domain"} <= USUALLY, "a new title, a new employer"


def test_only_facts_that_the_agreement_lists_start_a_review() -> None:
    scenario = disqualified(agreed(reconsider=["infrastructure"]))
    assert staff_update(scenario, **NOW_KNOWN["title"]) == ["LeadUpdated"]
    assert staff_update(scenario, **NOW_KNOWN["infrastructure"]) == ["LeadUpdated", "ReviewRequested"]


def test_no_fact_starts_a_review_if_the_agreement_lists_none() -> None:
    scenario = disqualified(agreed(reconsider=[]))
    for change in NOW_KNOWN.values():
        assert staff_update(scenario, **change) == ["LeadUpdated"]


def test_another_spelling_of_a_fact_is_no_change() -> None:
    scenario = disqualified(profile=Profile(title="Student  of Law"), company=Company(name="ACME"))
    assert staff_update(scenario, profile=Profile(title="student of law")) == ["LeadUpdated"]
    assert scenario.sends("page_visited", company=Company(name="Acme")) == ["SignalRecorded"]
    assert scenario.known.status is Status.DISQUALIFIED


def test_a_cleared_fact_is_a_change() -> None:
    scenario = disqualified(profile=Profile(title="Student"))
    assert staff_update(scenario, cleared=("profile.title",)) == ["LeadUpdated", "ReviewRequested"]


def test_bant_answers_phone_numbers_and_visits_start_no_review() -> None:
    scenario = disqualified()
    assert scenario.sends("page_visited", bant={"budget": 40_000}, profile=Profile(phone="+49 30 1234567")) == [
        "SignalRecorded"
    ]


def test_a_late_signal_with_a_new_fact_starts_a_review() -> None:
    scenario = disqualified()
    assert scenario.sends("form_sent", occurred_at=NOW - 10 * DAY, **NOW_KNOWN["title"]) == [
        "SignalRecorded",
        "ReviewRequested",
    ]


def test_a_late_signal_with_a_fact_replaced_since_starts_no_review() -> None:
    scenario = disqualified(**NOW_KNOWN["title"])
    late = {"occurred_at": NOW - 10 * DAY, "profile": Profile(title="Student")}
    assert scenario.sends("form_sent", **late) == ["SignalRecorded"]


def test_a_changed_fact_starts_a_review_once() -> None:
    scenario = disqualified()
    staff_update(scenario, **NOW_KNOWN["title"])
    scenario.now += DAY
    assert scenario.reviewed("bad_fit", MAX, reason="still a student") == ["LeadReviewed", "LeadDisqualified"]
    scenario.now += DAY
    assert scenario.is_looked_at_again() == []
    assert scenario.sends("page_visited") == ["SignalRecorded"]
    assert staff_update(scenario, **NOW_KNOWN["title"]) == []


def test_a_lead_returned_as_bad_fit_goes_to_review_and_keeps_its_open_duty_to_answer() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    scenario.now += timedelta(hours=1)
    scenario.is_returned("bad_fit")
    owed = scenario.known.duty
    scenario.now += DAY
    assert staff_update(scenario, **NOW_KNOWN["industry"]) == ["LeadUpdated", "ReviewRequested"]
    assert (scenario.known.status, scenario.known.duty) == (Status.IN_REVIEW, owed)


def test_a_changed_fact_that_meets_a_trigger_hands_a_disqualified_lead_over_at_once() -> None:
    scenario = disqualified()
    assert staff_update(scenario, profile=Profile(title="Vice President")) == [
        "LeadUpdated",
        "LeadQualified",
        "ReviewRequested",
        "HandoffOffered",
    ]
