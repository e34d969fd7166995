"""Whom the agreement keeps from sales (`never`, `unless`): where they go, and who may still hand them over."""

from datetime import timedelta
from typing import Any

import pytest
import yaml

from baton.domain.accounts.account import Account, AccountMatch
from baton.domain.basics.facts import Staff
from baton.domain.events.handoff_events import HandoffClosed
from baton.domain.handoffs import manual_decisions
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.stage_and_status import Stage, Status
from baton.domain.qualification.explanation import next_step_in_words
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.reports.rows.report_rows import Move, read_move
from baton.domain.reports.rows.row_figures import move_figures
from tests.unit.agreement.drafts import faults_of, shipped_document_with, shipped_text_with
from tests.unit.domain.scenario import Scenario
from tests.unit.given import SAM

STAFF = {"id": "own-staff", "label": "Our own people", "when": {"email_domain": "acme.example"}}
COMPETITOR = {"id": "competitor", "when": {"company_domain": "rival.example"}, "then": "disqualify"}
AGENCY = {"id": "agency", "when": {"industry": "agency"}, "then": "review"}
STUDENT = {"id": "student", "when": {"title": {"matches": r"\bstudent\b"}}, "team": "education"}
NEVER = [STAFF, COMPETITOR, AGENCY, STUDENT]
EDUCATION = {"label": "Education", "reps": {"weight": 1, "capacity": 25}}
RIVAL = {"company": Company(domain="rival.example")}
AN_AGENCY = {"company": Company(industry="Agency")}
OTHER = {"email": "anna@customer.example"}


def _under(*changes: tuple[str, object], never: object = NEVER) -> Scenario:
    return Scenario.under(shipped_text_with(("teams.education", EDUCATION), ("never", never), *changes))


def _asks(scenario: Scenario, **said: Any) -> list[str]:
    return scenario.sends("consultation_requested", asks_for_a_person=True, form="consultation", **said)


ASKING = {
    "own staff is nurtured": ({}, ["LeadCaptured", "SignalRecorded", "LeadKeptFromSales"], Status.NURTURING),
    "a competitor is disqualified": (
        {**OTHER, **RIVAL},
        ["LeadCaptured", "SignalRecorded", "LeadKeptFromSales", "LeadDisqualified"],
        Status.DISQUALIFIED,
    ),
    "an agency is reviewed": (
        {**OTHER, **AN_AGENCY},
        ["LeadCaptured", "SignalRecorded", "LeadKeptFromSales", "ReviewRequested"],
        Status.IN_REVIEW,
    ),
    "a student goes to another team": (
        {**OTHER, "profile": Profile(title="Student of law")},
        ["LeadCaptured", "SignalRecorded", "LeadKeptFromSales", "HandoffOffered"],
        Status.WITH_SALES,
    ),
    "somebody else goes to sales": (OTHER, ["LeadCaptured", "SignalRecorded", "HandoffOffered"], Status.WITH_SALES),
    "the first rule that holds counts": (
        {**RIVAL},
        ["LeadCaptured", "SignalRecorded", "LeadKeptFromSales"],
        Status.NURTURING,
    ),
}


@pytest.mark.parametrize(("said", "happened", "status"), ASKING.values(), ids=ASKING.keys())
def test_a_wish_for_a_person_of_somebody_kept_from_sales_goes_where_the_agreement_says(
    said: dict[str, Any], happened: list[str], status: Status
) -> None:
    scenario = _under()
    assert _asks(scenario, **said) == happened
    assert scenario.known.status is status


def test_the_other_team_gets_the_lead_without_a_territory_and_is_told_why() -> None:
    north = [{"id": "north", "when": {"country": "DE"}}]
    scenario = _under(("territories", north))
    _asks(scenario, **OTHER, profile=Profile(title="Student", country="DE"))
    handoff = scenario.known.handoff
    assert handoff is not None
    assert (handoff.team, handoff.territory) == ("education", None)
    assert handoff.reasons[-1] == "goes to team education instead of sales: student"
    kept = scenario.known.kept
    assert kept is not None
    assert (kept.rule, kept.trigger, kept.then, kept.request_at) == ("student", "consultation", "team", None)
    assert scenario.agreement.gives_leads_to("education")


TRIGGERS = {
    "score": ({"kind": "page_visited", "profile": Profile(title="VP Sales")}, "score"),
    "sql": (
        {"kind": "page_visited", "bant": {"authority": "yes", "need": "yes", "timeline": "Q1", "budget": "50k"}},
        "sql",
    ),
    "a booked meeting": ({"kind": "meeting_booked", "asks_for_a_person": True}, "consultation"),
    "a line of a list": ({"kind": "imported", "from_person": False, "profile": Profile(title="VP Sales")}, "score"),
}


@pytest.mark.parametrize(("said", "trigger"), TRIGGERS.values(), ids=TRIGGERS.keys())
def test_no_trigger_hands_over_whom_the_agreement_keeps(said: dict[str, Any], trigger: str) -> None:
    scenario = _under()
    happened = scenario.sends(**said)
    assert happened[-1] == "LeadKeptFromSales"
    assert "LeadQualified" not in happened
    assert scenario.known.handoff is None
    kept = scenario.known.kept
    assert kept is not None
    assert (kept.rule, kept.label, kept.trigger, kept.then) == ("own-staff", "Our own people", trigger, "nurture")
    assert scenario.known.stage is Stage.LEAD


def test_a_kept_lead_is_counted_once_for_each_wish_and_once_for_a_score() -> None:
    scenario = _under()
    scenario.sends("page_visited", profile=Profile(title="VP Sales"))
    assert "LeadKeptFromSales" not in scenario.sends("page_visited")
    assert _asks(scenario)[-1] == "LeadKeptFromSales"
    scenario.now += timedelta(hours=1)
    assert "LeadKeptFromSales" not in scenario.sends("page_visited")
    assert _asks(scenario)[-1] == "LeadKeptFromSales"
    assert scenario.is_looked_at_again() == []


def test_a_kept_lead_that_is_no_longer_kept_goes_to_sales_with_its_wish() -> None:
    scenario = _under()
    _asks(scenario, **OTHER, **RIVAL)
    assert scenario.known.status is Status.DISQUALIFIED
    happened = scenario.updates_facts(company=Company(domain="customer.example"))
    assert "HandoffOffered" in happened
    assert scenario.known.handoff is not None
    assert scenario.known.handoff.trigger == "consultation"


def test_a_wish_that_was_kept_back_for_more_than_thirty_days_goes_to_nobody_any_more() -> None:
    scenario = _under()
    _asks(scenario, **OTHER, **RIVAL)
    scenario.now += timedelta(days=31)
    assert "HandoffOffered" not in scenario.updates_facts(company=Company(domain="customer.example"))


def test_a_lead_that_sales_has_is_not_taken_away_and_the_lead_says_so() -> None:
    scenario = _under()
    _asks(scenario, **OTHER)
    assert scenario.known.status is Status.WITH_SALES
    owner = scenario.known.handoff and scenario.known.handoff.owner
    assert "LeadKeptFromSales" not in scenario.updates_facts(company=Company(domain="rival.example"))
    assert (scenario.known.status, scenario.known.handoff and scenario.known.handoff.owner) == (
        Status.WITH_SALES,
        owner,
    )
    assert next_step_in_words(scenario.standing, scenario.now).endswith(
        "The agreement keeps such leads from sales (competitor); sales keeps this one to its end."
    )
    scenario.is_returned("not_qualified")
    assert scenario.known.status is Status.NURTURING
    scenario.now += timedelta(days=1)
    assert "HandoffOffered" not in _asks(scenario, **OTHER)


def test_a_person_may_hand_a_kept_lead_over_and_is_warned() -> None:
    scenario = _under()
    _asks(scenario)
    by = Staff(email="maria@example.com")
    wanted = manual_decisions.HandOverRequest(reason="they are a customer, too")
    scenario.happens(
        manual_decisions.hand_over(
            scenario.known, wanted, by, scenario.standing, None, lambda _team: scenario.roster, scenario.now
        )
    )
    handoff = scenario.known.handoff
    assert handoff is not None
    assert (handoff.trigger, handoff.team) == ("manual", "sales")
    assert "warning: the agreement keeps it from sales: Our own people" in handoff.verdict


def test_a_person_may_give_a_lead_of_another_team_to_sales_and_is_warned() -> None:
    scenario = _under()
    scenario.sends("page_visited", **OTHER, profile=Profile(title="Student"))
    by = Staff(email="maria@example.com")
    wanted = manual_decisions.HandOverRequest(reason="works for a customer")
    scenario.happens(
        manual_decisions.hand_over(
            scenario.known, wanted, by, scenario.standing, None, lambda _team: scenario.roster, scenario.now
        )
    )
    handoff = scenario.known.handoff
    assert handoff is not None
    assert handoff.team == "sales"
    assert "warning: the agreement gives it to team education instead of sales: student" in handoff.verdict


def test_a_reviewer_may_say_good_fit_of_a_kept_lead_and_the_handoff_says_so() -> None:
    scenario = _under(("marketing.checklist", []))
    _asks(scenario, **OTHER, **AN_AGENCY)
    scenario.reviewed("good_fit")
    assert scenario.known.handoff is not None
    assert scenario.known.handoff.reasons[1] == "although the agreement keeps it from sales: agency"


def test_a_kept_lead_is_put_up_for_review_by_no_other_rule() -> None:
    scenario = _under()
    happened = scenario.sends("content_downloaded", content="guide") + scenario.sends("page_visited")
    assert scenario.total >= 60
    assert "ReviewRequested" not in happened
    assert "LeadQualified" not in happened


def test_a_lead_that_marketing_is_reviewing_stays_with_its_reviewer() -> None:
    scenario = _under()
    scenario.sends("content_downloaded", content="guide", **OTHER)
    scenario.sends("page_visited", **OTHER)
    assert scenario.known.status is Status.IN_REVIEW
    assert _asks(scenario, **OTHER, **RIVAL) == ["SignalRecorded", "LeadKeptFromSales"]
    assert scenario.known.status is Status.IN_REVIEW


def test_a_new_agreement_keeps_a_known_lead_and_frees_it_again() -> None:
    scenario = _under(never=[])
    scenario.sends("content_downloaded", content="guide")
    scenario.agreement = _under().agreement
    scenario.version = 2
    assert "LeadKeptFromSales" not in scenario.happens([])
    assert _asks(scenario)[-1] == "LeadKeptFromSales"
    scenario.agreement, scenario.version = _under(never=[]).agreement, 3
    assert "HandoffOffered" in scenario.happens([])


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param(
            {}, "Nurturing. The agreement keeps it from sales (Our own people), whatever it asks.", id="nurtured"
        ),
        pytest.param({**OTHER, **RIVAL}, "The agreement keeps it from sales (competitor), whatever it asks.", id="out"),
    ],
)
def test_the_next_step_of_a_kept_lead_says_so(said: dict[str, Any], text: str) -> None:
    scenario = _under()
    _asks(scenario, **said)
    assert next_step_in_words(scenario.standing, scenario.now).endswith(text)


def test_a_kept_lead_of_a_target_account_alerts_nobody() -> None:
    account = Account(domain="acme.example", target=True, owner=SAM)
    found = TargetAccount(account, AccountMatch(domain="acme.example", matched_by="domain"))
    scenario = _under()
    scenario.target = found
    happened = scenario.sends("page_visited")
    assert happened == ["LeadCaptured", "SignalRecorded", "LeadKeptFromSales"]
    assert scenario.known.kept is not None
    assert scenario.known.kept.trigger == "target_account"


def test_own_staff_is_known_by_each_address_of_a_person() -> None:
    scenario = _under()
    scenario.sends("page_visited", **OTHER, profile=Profile(title="Clerk"))
    part = MergedPart(lead_id="o" * 24, email="anna@acme.example", until=1)
    scenario.lead = scenario.known.model_copy(update={"parts": (part,)})
    assert scenario.standing.is_kept
    scenario.lead = scenario.known.model_copy(update={"parts": ()})
    assert not scenario.standing.is_kept


def test_a_kept_lead_that_is_held_back_stays_held_and_its_wish_goes_nowhere() -> None:
    scenario = _under()
    scenario.sends("page_visited")
    by = Staff(email="maria@example.com")
    wanted = manual_decisions.HoldRequest(reason="busy")
    scenario.happens(manual_decisions.hold(scenario.known, wanted, by, scenario.standing, None, scenario.now))
    assert _asks(scenario)[-1] == "LeadKeptFromSales"
    assert "HandoffOffered" not in scenario.happens(manual_decisions.release(scenario.known))


def test_a_parked_lead_that_is_kept_for_review_is_reviewed_when_it_asks() -> None:
    scenario = _under()
    scenario.sends("page_visited", **OTHER, **AN_AGENCY)
    scenario.reviewed("bad_timing")
    assert scenario.known.status is Status.PARKED
    assert _asks(scenario, **OTHER)[-1] == "ReviewRequested"
    assert scenario.known.status is Status.IN_REVIEW


def test_a_lost_lead_that_is_kept_stays_lost() -> None:
    scenario = _under()
    _asks(scenario, **OTHER)
    assert scenario.known.handoff is not None
    scenario.happens([HandoffClosed(handoff_id=scenario.known.handoff.handoff_id, assignment=1, outcome="lost")])
    scenario.updates_facts(company=Company(domain="rival.example"))
    scenario.now += timedelta(days=1)
    assert _asks(scenario, **OTHER)[-1] == "LeadKeptFromSales"
    assert scenario.known.status is Status.LOST


def test_a_form_taken_for_a_robots_is_kept_from_nobody() -> None:
    scenario = _under()
    happened = _asks(scenario, spam=True)
    assert "LeadKeptFromSales" not in happened


# --- unless ---


def test_a_trigger_hands_nobody_over_for_whom_its_unless_holds() -> None:
    scenario = _under(("handoffs.score.unless", {"country": "FR"}), never=[])
    scenario.sends("page_visited", profile=Profile(title="VP Sales", country="France"))
    assert scenario.known.handoff is None
    scenario.updates_facts(profile=Profile(country="DE"))
    assert scenario.known.handoff is not None


def test_the_next_trigger_hands_over_whom_the_unless_of_another_keeps_back() -> None:
    scenario = _under(("handoffs.sql.unless", {"country": "FR"}), never=[])
    bant = {"authority": "yes", "need": "yes", "timeline": "Q1", "budget": "50k"}
    scenario.sends("page_visited", profile=Profile(title="VP Sales", country="FR"), bant=bant)
    assert scenario.known.handoff is not None
    assert scenario.known.handoff.trigger == "score"


def test_a_wish_for_a_person_that_unless_keeps_back_is_put_up_for_review_once() -> None:
    scenario = _under(("handoffs.consultation.unless", {"country": "FR"}), never=[])
    happened = _asks(scenario, profile=Profile(country="FR"))
    assert happened[-2:] == ["LeadKeptFromSales", "ReviewRequested"]
    assert scenario.known.duty is not None
    assert "asked for a person through the form consultation" in scenario.known.duty.why
    assert scenario.is_looked_at_again() == []


def test_a_lead_is_handed_over_when_its_unless_ends_by_time_alone() -> None:
    unless = {"signals": {"match": {"kind": "trial_started"}, "within": "14d"}}
    scenario = _under(("handoffs.score.unless", unless), never=[])
    scenario.sends("trial_started", profile=Profile(title="VP Sales"))
    assert scenario.known.handoff is None
    assert "HandoffOffered" in scenario.waits(days=14, seconds=1)


# --- the document ---

FAULTS = {
    "two places": ([{**COMPETITOR, "team": "education"}], "never.competitor", "either `then` or `team`"),
    "no such team": ([{**STAFF, "team": "partners"}], "never.own-staff.team", "there is no team `partners`"),
    "marketing's team": ([{**STAFF, "team": "marketing"}], "never.own-staff.team", ""),
    "an id twice": ([STAFF, STAFF], "never.own-staff", "stands twice"),
    "no such destination": ([{**STAFF, "then": "park"}], "never.own-staff.then", "nurture"),
    "asks nothing": ([{**STAFF, "when": {}}], "never.own-staff.when", "asks nothing"),
    "no such persona": ([{**STAFF, "when": {"persona": "x"}}], "never.own-staff.when.persona", "there is no persona"),
}


@pytest.mark.parametrize(("never", "place", "why"), FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_rule_of_never_is_refused_with_its_place(never: object, place: str, why: str) -> None:
    faults = faults_of(shipped_document_with(("teams.education", EDUCATION), ("never", never)))
    assert list(faults) == [place]
    assert why in faults[place]


def test_unless_of_a_handover_by_hand_is_refused() -> None:
    manual = {**shipped_document_with()["handoffs"]["score"], "unless": {"country": "FR"}}
    faults = faults_of(shipped_document_with(("handoffs.manual", manual)))
    assert faults == {"handoffs.manual.unless": "keeps nobody back: a person may hand any lead over; leave it out"}


def test_an_agreement_without_never_is_stored_as_before() -> None:
    assert "never" not in _under(never=[]).agreement.rules
    assert yaml.safe_load(shipped_text_with()).get("never") is None


# --- reports ---


def _moves(scenario: Scenario) -> list[Move]:
    changes: list[Any] = []
    scenario.saved = changes.append
    _asks(scenario)
    return [read_move(figures) for each in changes if (figures := move_figures(each))]


def test_the_funnel_counts_whom_the_agreement_kept_from_sales_by_rule() -> None:
    scenario = _under()
    scenario.sends("page_visited")
    (move,) = _moves(scenario)
    assert (move.kept, move.before, move.after) == ("own-staff", move.after, move.after)


def test_the_funnel_counts_whom_another_team_gets_by_rule() -> None:
    scenario = _under()
    scenario.sends("page_visited", **OTHER, profile=Profile(title="Student"))
    *_, move = _moves(scenario)
    assert (move.kept, move.after.status if move.after else None) == ("student", "with_sales")
