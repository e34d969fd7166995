"""The figures of a change for reports: handoffs, duties and moves, without personal data."""

import json
from datetime import timedelta
from typing import Any

import pytest

from baton.domain.basics.facts import Staff
from baton.domain.events.handoff_events import HandoffAccepted, HandoffRated, OwnerNotified
from baton.domain.events.lead_events import Answered
from baton.domain.handoffs import closing, reassignment
from baton.domain.history.change import Change
from baton.domain.leads.person_facts import BANT, Company, Profile
from baton.domain.reports.rows import row_figures
from baton.domain.reports.rows.report_rows import LeadPlace, read_duty, read_handoff, read_move
from tests.unit.domain.scenario import Scenario
from tests.unit.given import AGREEMENT, KIM, NOW, SAM, rep, team

PERSONAL = {
    "profile": Profile(first_name="Canaryfirst", phone="+49 89 7719283"),
    "company": Company(name="Canary GmbH"),
    "message": "Canarymessage",
}


def scenario_with_changes() -> tuple[Scenario, list[Change]]:
    scenario, saved = Scenario(AGREEMENT), list[Change]()
    scenario.saved = saved.append
    scenario.sends("page_visited", campaign="autumn", **PERSONAL)
    scenario.now += timedelta(hours=1)
    scenario.sends("consultation_requested", **PERSONAL)
    scenario.now += timedelta(minutes=5)
    handoff_id = f"{scenario.lead_id}-001"
    scenario.happens([OwnerNotified(handoff_id=handoff_id, assignment=1)])
    scenario.happens([HandoffAccepted(handoff_id=handoff_id, assignment=1)])
    scenario.now += timedelta(minutes=5)
    scenario.is_returned("bad_timing")
    scenario.happens([HandoffRated(handoff_id=handoff_id, stars=4, note="Canarynote")])
    return scenario, saved


def everything(saved: list[Change]) -> list[dict[str, Any]]:
    """All that was written for reports."""
    texts = [text for change in saved if (text := row_figures.move_figures(change))]
    texts += [row_figures.handoff_figures(each) for change in saved for each in change.handoffs]
    texts += [
        row_figures.duty_figures(each, change.after) for change in saved if change.after for each in change.duties
    ]
    return [json.loads(text) for text in texts]


def test_the_figures_of_a_handoff_have_trigger_owner_clocks_and_outcome() -> None:
    scenario, _ = scenario_with_changes()
    assert scenario.known.handoff
    row = read_handoff(row_figures.handoff_figures(scenario.known.handoff))
    assert (row.trigger, row.team, row.source, row.campaign, row.channel) == (
        *("consultation", "sales", "test", "autumn", "inbound"),
    )
    assert (row.state, row.return_reason, row.stars, row.owner) == ("returned", "bad_timing", 4, SAM)
    [stint] = row.stints
    assert (stint.since, stint.accepted_at) == (NOW + timedelta(hours=1), NOW + timedelta(minutes=65))
    assert {run.clock: (run.within, run.stopped_at) for run in stint.runs} == {
        "accept": ("30m", NOW + timedelta(minutes=65)),
        "first_contact": ("4h", NOW + timedelta(minutes=70)),
    }
    assert row.rules
    assert len(set(row.rules)) == len(row.rules)


def test_an_older_deal_has_a_number_if_its_amount_is_clear_and_no_currency() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    handoff = scenario.known.handoff
    assert handoff
    written = {"EUR 12,500.50": 12500.5, "48 000 kr": 48_000, "a lot": None, "5-9k": None, None: None}
    for said, amount in written.items():
        row = read_handoff(row_figures.handoff_figures(handoff.model_copy(update={"amount": said})))
        assert (row.amount, row.currency) == (amount, None)


def test_a_deal_has_the_number_and_the_currency_that_were_understood_when_it_was_closed() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    assert scenario.known.handoff
    deal = {"amount": "48 Tsd. EUR", "worth": 48_000, "currency": "EUR"}
    row = read_handoff(row_figures.handoff_figures(scenario.known.handoff.model_copy(update=deal)))
    assert (row.amount, row.currency) == (48_000, "EUR")


def test_the_figures_of_a_duty_have_kind_reason_team_and_clock() -> None:
    scenario, _ = scenario_with_changes()
    assert scenario.known.duty
    row = read_duty(row_figures.duty_figures(scenario.known.duty, scenario.known))
    assert (row.kind, row.reason, row.team, row.closed_at) == ("return", "bad_timing", "marketing", None)
    assert row.run
    assert (row.run.clock, row.run.within) == ("answer", "2d")


def test_the_figures_of_a_move_have_both_places_and_the_seconds_between() -> None:
    _, saved = scenario_with_changes()
    moves = [read_move(text) for change in saved if (text := row_figures.move_figures(change))]
    assert [(move.before, move.after.status, move.stayed) for move in moves] == [
        (None, "nurturing", None),
        (LeadPlace("nurturing", "lead"), "with_sales", 3600),
        (LeadPlace("with_sales", moves[1].after.stage), "parked", 600),
    ]
    assert all(move.campaign == "autumn" for move in moves)


ALL_MET = {need: Answered(value="yes", met=True) for need in BANT}


def said_of_sql(*deeds: str) -> list[str | None]:
    """Returns what the moves of a lead tell of sales and an SQL: it asks for a person, then this is done."""
    scenario, saved = Scenario(AGREEMENT), list[Change]()
    scenario.saved = saved.append
    for deed in ("asks", *deeds):
        scenario.now += timedelta(minutes=5)
        handoff = scenario.lead.handoff if scenario.lead else None
        which = {"handoff_id": handoff.handoff_id, "assignment": handoff.assignment} if handoff else {}
        match deed:
            case "asks":
                scenario.sends("consultation_requested")
            case "all is known":
                scenario.updates_facts(bant=ALL_MET)
            case "accepted":
                scenario.happens([HandoffAccepted(**which)])
            case "passed on":
                wish = reassignment.ReassignRequest(owner=KIM, reason="no time")
                roster, by = team(rep(SAM), rep(KIM)), Staff(email=SAM, groups=frozenset({"admin"}))
                scenario.happens(
                    reassignment.reassign(scenario.known, which["handoff_id"], wish, by, roster, scenario.now)
                )
            case "returned":
                scenario.is_returned("bad_timing")
            case "won":
                by = Staff(email=SAM, groups=frozenset({"admin"}))
                scenario.happens(closing.close(scenario.known, which["handoff_id"], "won", None, "48k EUR", by))
    return [read_move(text).sql for change in saved if (text := row_figures.move_figures(change))]


@pytest.mark.parametrize(
    ("deeds", "said"),
    [
        pytest.param(["all is known", "accepted"], [None, None, "accepted"], id="an SQL is accepted"),
        pytest.param(["accepted", "all is known"], [None, "accepted"], id="an accepted lead becomes an SQL"),
        pytest.param(["all is known", "won"], [None, None, "accepted"], id="an SQL is won at once"),
        pytest.param(["accepted", "won"], [None, None], id="a lead that is no SQL is won"),
        pytest.param(["all is known", "returned"], [None, None, "declined"], id="an SQL is given back unaccepted"),
        pytest.param(
            ["all is known", "accepted", "returned"], [None, None, "accepted", None], id="an SQL is given back accepted"
        ),
        pytest.param(["returned"], [None, None], id="a lead that is no SQL is given back"),
        pytest.param(
            ["all is known", "accepted", "passed on", "accepted"],
            [None, None, "accepted"],
            id="a colleague accepts it, too",
        ),
        pytest.param(
            ["all is known", "returned", "asks", "accepted"],
            [None, None, "declined", None, "accepted"],
            id="it is accepted when it is handed over again",
        ),
    ],
)
def test_sales_accepts_or_declines_an_sql_once(deeds: list[str], said: list[str | None]) -> None:
    assert said_of_sql(*deeds) == said


def test_the_move_of_a_won_lead_has_what_it_is_worth() -> None:
    scenario, saved = Scenario(AGREEMENT), list[Change]()
    scenario.saved = saved.append
    scenario.sends("consultation_requested")
    by, handoff = Staff(email=SAM, groups=frozenset({"admin"})), scenario.known.handoff
    assert handoff
    scenario.happens(closing.close(scenario.known, handoff.handoff_id, "won", None, "48k EUR", by))
    scenario.happens(closing.rate(scenario.known, handoff.handoff_id, 4, None, by))
    moves = [read_move(text) for change in saved if (text := row_figures.move_figures(change))]
    assert [(move.after.status, move.amount, move.currency) for move in moves] == [
        ("with_sales", None, None),
        ("won", 48_000, "EUR"),
    ]


def test_the_figures_have_no_personal_data_of_the_lead() -> None:
    scenario, saved = scenario_with_changes()
    told = json.dumps(everything(saved)).lower()
    assert scenario.lead_id in told
    assert "canary" not in told
    assert "7719283" not in told
    assert "anna" not in told
