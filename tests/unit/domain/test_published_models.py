"""The published models in docs/agreements, applied to leads that cross and to leads that do not."""

from datetime import timedelta
from typing import Any

import pytest

from baton.domain.events.handoff_events import HandoffClosed
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.stage_and_status import Status
from baton.domain.scoring.standing import standing_of
from tests.unit.domain.scenario import Scenario

WORK, FREE = {"email": "anna@customer.example"}, {"email": "anna@gmail.com"}
DIRECTOR = {"profile": Profile(title="Director of Platform Engineering", country="DE")}
COMPANY = {"attributes": {"for_company": True}}


def _lead(model: str, *deeds: dict[str, Any], about: dict[str, Any]) -> Scenario:
    """A lead that did this, of which tools told attributes as properties of its signals."""
    scenario = Scenario.shipped(model)
    known = {name: value for name, value in about.items() if name != "attributes"}
    told = {f"attributes.{name}": value for name, value in about.get("attributes", {}).items()}
    for deed in deeds:
        properties = {**deed.get("properties", {}), **told}
        scenario.sends(**{"kind": "page_visited", **deed, **known, "properties": properties})
        scenario.now += timedelta(minutes=1)
    return scenario


def _program(level: str) -> dict[str, Any]:
    return {"kind": "program_succeeded", "properties": {"level": level}}


def _trial(origin: str = "saas") -> dict[str, Any]:
    return {"kind": "trial_started", "properties": {"origin": origin}}


PRICING = {"content": "/pricing/?utm_source=x"}
JOBS = {"content": "/jobs"}
ASKED = {"kind": "contact_requested", "asks_for_a_person": True}
Deeds = tuple[dict[str, Any], ...]
GITLAB: dict[str, tuple[Deeds, dict[str, Any], float, str | None]] = {
    "a director with a webcast": ((_program("high"),), {**WORK, **DIRECTOR}, 100, "score"),
    "demographic points end at 70": ((_trial(),), {**WORK, **DIRECTOR, **COMPANY}, 100, "score"),
    "a director who only looks around": (({"kind": "page_visited"},), {**WORK, **DIRECTOR}, 70, None),
    "one point of behavior lacks": ((_program("medium"),), {**WORK, **DIRECTOR}, 90, None),
    "a private address earns less": ((_trial(),), FREE, 0, None),
    "a trial in the portal": ((_trial("portal"),), WORK, 55, None),
    "a trial twice on a day counts once": ((_trial(), _trial()), WORK, 65, None),
    "a key page counts once a week": ((PRICING, PRICING), WORK, 60, None),
    "a low-value page takes points away": ((PRICING, JOBS), WORK, 50, None),
    "who leaves is at the demographic score": ((_program("high"), {"kind": "unsubscribed"}), WORK, 35, None),
    "contact asked for": ((ASKED,), FREE, 0, "consultation"),
    "contact asked for by own staff": ((ASKED,), {"email": "bob@gitlab.com", **DIRECTOR}, 70, None),
    "a student's company": ((_program("high"),), {**WORK, **DIRECTOR, "company": Company(name="Student")}, 100, None),
}


@pytest.mark.parametrize(("deeds", "about", "score", "trigger"), GITLAB.values(), ids=GITLAB.keys())
def test_gitlabs_model_hands_over_who_crosses_and_nobody_else(
    deeds: Deeds, about: dict[str, Any], score: float, trigger: str | None
) -> None:
    scenario = _lead("gitlab", *deeds, about=about)
    handoff = scenario.known.handoff
    assert (scenario.total, handoff and handoff.trigger) == (score, trigger)


def test_gitlabs_propensity_counts_for_a_good_fit_only() -> None:
    for about, trigger in ((DIRECTOR, "sql"), ({}, None)):
        scenario = _lead("gitlab", {}, about={**FREE, **about, "attributes": {"for_company": True, "propensity": 5}})
        handoff = scenario.known.handoff
        assert (handoff and handoff.trigger) == trigger


def test_gitlabs_startup_applicant_is_reviewed_and_not_handed_over() -> None:
    scenario = _lead("gitlab", ASKED, about={**WORK, "attributes": {"startup_applicant": True}})
    assert (scenario.known.status, scenario.known.handoff) == (Status.IN_REVIEW, None)


def test_gitlabs_silent_lead_loses_ten_points_a_month() -> None:
    scenario = _lead("gitlab", _program("medium"), about={**WORK, **DIRECTOR})
    last = scenario.now - timedelta(minutes=1)
    for days, lost in ((29, 0), (30, 10), (60, 20), (179, 50), (365, 60)):
        at = last + timedelta(days=days)
        silent = [
            line.points for line in standing_of(scenario.known, scenario.card, at).ledger() if "silent" in line.rule
        ]
        assert sum(silent) == -100 * lost


def _met(interest: str) -> dict[str, Any]:
    return {"kind": "tradeshow_met", "properties": {"interest": interest}}


def _about(kind: str, what: str) -> dict[str, Any]:
    return {"kind": kind, "properties": {"about": what}}


VP, NURSE = {"profile": Profile(title="VP of Nursing Education")}, {"profile": Profile(title="Nurse")}
DEMO = {"kind": "demo_requested", "asks_for_a_person": True}
PRODUCT = (_about("webinar_registered", "product"), _about("webinar_attended", "product"))
RELIAS: dict[str, tuple[Deeds, dict[str, Any], float, str | None]] = {
    "a leader met warm": ((_met("warm"),), VP, 100, "lead-operations"),
    "a leader met cold": ((_met("cold"),), VP, 54, None),
    "a product webinar, and what lacks": (PRODUCT, {}, 70, None),
    "a product webinar and a form": ((*PRODUCT, _about("form_sent", "product")), {}, 110, "lead-operations"),
    "a demo": ((DEMO,), {}, 0, "lead-operations"),
    "a demo of a nurse": ((DEMO,), NURSE, 0, "retail"),
    "a nurse who scores up": ((*PRODUCT, *PRODUCT), NURSE, 140, None),
    "a demo that asks for support": (({**DEMO, "properties": {"about": "support"}},), {}, 0, None),
    "who leaves and comes back": (
        (_about("form_sent", "product"), {"kind": "unsubscribed"}, {"kind": "resubscribed"}),
        {},
        35,
        None,
    ),
    "the career page": ((_about("form_sent", "general"), {"content": "careers"}), {}, 10, None),
}


@pytest.mark.parametrize(("deeds", "about", "score", "team"), RELIAS.values(), ids=RELIAS.keys())
def test_relias_model_hands_over_who_crosses_and_nobody_else(
    deeds: Deeds, about: dict[str, Any], score: float, team: str | None
) -> None:
    scenario = _lead("relias", *deeds, about={**WORK, **about})
    handoff = scenario.known.handoff
    assert (scenario.total, handoff and handoff.team) == (score, team)


def test_relias_customer_needs_twice_as_many_points() -> None:
    scenario = _lead("relias", DEMO, about={**WORK, **VP})
    assert scenario.known.handoff is not None
    scenario.accepts()
    scenario.contacts()
    won = HandoffClosed(handoff_id=scenario.known.handoff.handoff_id, assignment=1, outcome="won")
    scenario.happens([won])
    scenario.sends(**WORK, **_met("warm"))
    assert (scenario.total, scenario.standing.threshold) == (100, 200)
    assert scenario.known.status is Status.WON


def _visit(pages: int) -> dict[str, Any]:
    return {"kind": "visit_ended", "properties": {"pages": pages}}


SEARCH = {"kind": "searched", "properties": {"term": "Marketo pricing"}}
REVIEWS, PAGE = {"kind": "content_downloaded", "content": "analyst-review"}, {"content": "pricing"}
STRONG = {"attributes": {"review": "strong"}, "profile": Profile(title="CMO"), "source": "website"}
MARKETO: dict[str, tuple[Deeds, dict[str, Any], float, str | None]] = {
    "a strong prospect who searches and reads": ((SEARCH, REVIEWS), STRONG, 72, "score"),
    "a strong prospect who only reads": ((REVIEWS,), STRONG, 57, None),
    "a page counts with its price": ((PAGE,), {}, 6, None),
    "a long visit": ((_visit(9),), {}, 7, None),
    "a short visit": ((_visit(8),), {}, 0, None),
    "two visits in a week": ((_visit(2), _visit(2), _visit(2)), {}, 8, None),
    "the careers page": ((SEARCH, {"content": "careers"}), {}, 6, None),
    "a search for something else": (({"kind": "searched", "properties": {"term": "crm"}},), {}, 0, None),
}


@pytest.mark.parametrize(("deeds", "about", "score", "trigger"), MARKETO.values(), ids=MARKETO.keys())
def test_marketos_model_hands_over_who_crosses_and_nobody_else(
    deeds: Deeds, about: dict[str, Any], score: float, trigger: str | None
) -> None:
    scenario = _lead("marketo", *deeds, about={**WORK, **about})
    handoff = scenario.known.handoff
    assert (scenario.total, handoff and handoff.trigger) == (score, trigger)


def test_marketos_silent_lead_loses_fifteen_points_after_a_month() -> None:
    scenario = _lead("marketo", REVIEWS, about={**WORK, **STRONG})
    month = scenario.now - timedelta(minutes=1) + timedelta(days=30)
    assert standing_of(scenario.known, scenario.card, month - timedelta(seconds=1)).total == 5700
    assert standing_of(scenario.known, scenario.card, month).total == 4200


LARGE = {"company": Company(employees=800, revenue=50_000_000), "profile": Profile(country="DE")}
BEGUN = ({"kind": "event_ingested"}, {"kind": "person_invited"})
PAYING = {"mrr": 900, "users": 12, "months_paying": 4}
POSTHOG: dict[str, tuple[Deeds, dict[str, Any], float, str | None, str]] = {
    "a large company that has begun": (BEGUN, LARGE, 30, "new-business", "kind event_ingested"),
    "a large company that invited nobody": (BEGUN[:1], LARGE, 30, None, ""),
    "a customer who grows into it": (({},), {**LARGE, "attributes": PAYING}, 30, "product-led", "mrr"),
    "a customer for two months": (({},), {**LARGE, "attributes": {**PAYING, "months_paying": 2}}, 30, None, ""),
    "an ideal customer on Scale": (({},), {"attributes": {"icp": "high", "plan": "scale"}}, 0, "new-business", "scale"),
    "an ideal customer on Free": (({},), {"attributes": {"icp": "high", "plan": "free"}}, 0, None, ""),
    "credits and a large invoice": (
        ({},),
        {"attributes": {"credits_used": 60, "last_invoice": 6000}},
        0,
        "new-business",
        "credits",
    ),
    "a full score hands nobody over": (
        ({},),
        {
            "company": Company(employees=2000, revenue=200_000_000),
            "profile": Profile(country="Norway"),
            "attributes": {"role": "engineering", "sub_role": "engineer"},
        },
        70,
        None,
        "",
    ),
    "a demo": (({"kind": "demo_requested", "asks_for_a_person": True},), {}, 0, "new-business", ""),
}


@pytest.mark.parametrize(("deeds", "about", "score", "team", "branch"), POSTHOG.values(), ids=POSTHOG.keys())
def test_posthogs_routes_hand_over_by_a_branch_that_the_handoff_names(
    deeds: Deeds, about: dict[str, Any], score: float, team: str | None, branch: str
) -> None:
    scenario = _lead("posthog", *deeds, about={**WORK, **about})
    handoff = scenario.known.handoff
    assert (scenario.total, handoff and handoff.team) == (score, team)
    if handoff and branch:
        assert branch in handoff.reasons[1]
