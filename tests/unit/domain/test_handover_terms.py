"""The terms of a handover: territory, team, calendar and the former owner."""

from typing import Any

import pytest

from baton.agreement.terms.agreement import Agreement, AgreementInForce
from baton.domain.basics.facts import Staff
from baton.domain.handoffs import closing, offering, reassignment
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.qualification.handover_terms import Handover
from baton.domain.qualification.triggers import due_handover
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import standing_of
from tests.unit.given import (
    AGREEMENT,
    HANDOFF_ID,
    KIM,
    LEE,
    NOW,
    SAM,
    after_events,
    consultation,
    offered,
    received,
    rep,
    team,
)

BIG = {"employees": {"at_least": 1000}}
TERRITORIES = [
    {"id": "enterprise", "when": BIG, "team": "key-accounts"},
    {"id": "nordics", "when": {"country": {"one_of": ["no", "se"]}}},
    {"id": "spanish", "when": {"language": {"is": "es"}}},
    {"id": "scheduling", "when": {"signals": {"match": {"properties.product": {"is": "scheduling"}}}}},
]


def agreement(sticky: bool = False) -> Agreement:
    data: dict[str, Any] = AGREEMENT.model_dump(mode="json") | {"territories": TERRITORIES}
    data["teams"]["key-accounts"] = {"label": "Key accounts", "reps": {"weight": 1, "capacity": 5}}
    data["handoffs"]["consultation"]["sticky"] = sticky
    return Agreement.model_validate(data)


def handed(lead: Any, agreed: Agreement) -> Handover:
    card = Scorecard(AgreementInForce(version=1, in_force_since="2026-11-01T00:00:00.000Z", agreement=agreed))
    handover = due_handover(lead, standing_of(lead, card, NOW), None, NOW)
    assert handover
    return handover


@pytest.mark.parametrize(
    ("known", "territory", "of"),
    [
        pytest.param({}, None, "sales", id="of none"),
        pytest.param({"profile": Profile(country="SE")}, "nordics", "sales", id="by country"),
        pytest.param({"profile": Profile(language="es")}, "spanish", "sales", id="by language"),
        pytest.param({"company": Company(employees=5000)}, "enterprise", "key-accounts", id="by size, to its own team"),
        pytest.param(
            {"company": Company(employees=5000), "profile": Profile(country="SE")},
            "enterprise",
            "key-accounts",
            id="the first that holds",
        ),
    ],
)
def test_a_lead_belongs_to_the_first_territory_whose_condition_holds(
    known: dict[str, Any], territory: str | None, of: str
) -> None:
    handover = handed(received(consultation(**known)), agreement())
    assert (handover.territory, handover.terms.team) == (territory, of)


OFFICE = {"time_zone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:00"]}}
NIGHTS = {"time_zone": "UTC", "hours": {"mon-sun": ["20:00-24:00"]}}


@pytest.mark.parametrize(
    ("of_clause", "employees", "counts"),
    [(None, 10, "office"), (None, 5000, "nights"), ("nights", 10, "nights"), ("office", 5000, "office")],
)
def test_clocks_count_the_hours_of_the_handoff_clause_or_else_of_the_receiving_team(
    of_clause: str | None, employees: int, counts: str
) -> None:
    data = agreement().model_dump(mode="json") | {"calendars": {"office": OFFICE, "nights": NIGHTS}}
    data["teams"]["sales"]["calendar"], data["teams"]["key-accounts"]["calendar"] = "office", "nights"
    data["handoffs"]["consultation"] |= {"calendar": of_clause}
    data["handoffs"]["consultation"]["clocks"]["accept"]["within"] = "1 business hour"
    handover = handed(received(consultation(company=Company(employees=employees))), Agreement.model_validate(data))
    assert handover.terms.calendar
    assert (handover.terms.calendar_name, handover.terms.calendar.time_zone) == (counts, CALENDARS[counts])


CALENDARS = {"office": "Europe/Berlin", "nights": "UTC"}


def test_a_reassigned_handoff_keeps_its_territory() -> None:
    lead = received(consultation(profile=Profile(country="NO")))
    nordics = team(rep(SAM, territories=["nordics"]), rep(LEE), territories=frozenset({"nordics"}))
    lead = after_events(lead, offering.offer(lead, handed(lead, agreement()), 1, nordics, NOW))
    passed = reassignment.ReassignRequest(owner=LEE, reason="better placed")
    lead = after_events(lead, reassignment.reassign(lead, HANDOFF_ID, passed, Staff(email=SAM), nordics, NOW))
    assert lead.handoff
    assert (lead.handoff.owner, lead.handoff.territory) == (LEE, "nordics")


@pytest.mark.parametrize(("sticky", "owner"), [(True, KIM), (False, SAM)])
def test_a_returning_lead_goes_to_its_former_owner_if_the_handoff_is_sticky(sticky: bool, owner: str) -> None:
    agreed = agreement(sticky)
    lead = offered(rep(KIM), agreement=agreed)
    lead = after_events(lead, closing.close(lead, HANDOFF_ID, "lost", None, None, Staff(email=KIM)))
    lead = received(consultation(), lead)
    [offer, *_] = offering.offer(lead, handed(lead, agreed), 1, team(rep(SAM), rep(KIM, last_offered_at=NOW)), NOW)
    assert offer.owner == owner
