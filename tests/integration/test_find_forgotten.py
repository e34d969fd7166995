"""The search finds forgotten leads, sets right those that it can, and names the others to operations."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.sweeps import forgotten_leads
from baton.aws.table.keys import lead_keys
from baton.domain.leads.lead import Lead
from tests.integration.calls import refuse
from tests.integration.world import ANNA, KIM, SAM, World

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
GUIDE = {"message_id": "read", "kind": "content_downloaded", "content": {"id": "guide"}}
QUIET = packaged_text().replace(
    "mql: {score: {at_least: 60}}", "mql: {signals: {match: {kind: content_downloaded}, at_most: 0, within: 30d}}"
)
NOBODY = {"looked_at": 0, "restarted": 0, "asked": 0, "forgotten": [], "forgotten_in_all": 0}


def find(world: World) -> Any:
    found = world.invoke("find_forgotten", {})
    world.settle_bus()
    return found


def handle(world: World, act: str, body: Any = None) -> None:
    handoff = world.stack.lead().handoff
    assert handoff
    assert world.ask("POST", f"/handoffs/{handoff.handoff_id}/{act}", body, by="admin").status == 200
    world.settle()


def offered(world: World) -> None:
    world.send_form()
    world.settle()


def in_review(world: World) -> None:
    world.send_signals(GUIDE, {"message_id": "visit"})
    world.settle()
    assert world.stack.lead().status == "in_review"


def parked(world: World) -> None:
    in_review(world)
    path = f"/leads/{world.stack.lead().lead_id}/review"
    assert world.ask("POST", path, {"verdict": "bad_timing"}, by="marketing").status == 200
    world.settle()


def returned(reason: str) -> Callable[[World], None]:
    def begin(world: World) -> None:
        offered(world)
        handle(world, "return", {"reason": reason})

    return begin


def fading(world: World) -> None:
    """By time alone it will be quiet for so long that marketing is to look at it."""
    world.agree(QUIET)
    world.send_signals(GUIDE)
    world.settle()
    assert "LookScheduled" in world.stack.happened()


def held_back(world: World) -> None:
    world.send_signals({"message_id": "visit"})
    lead_id = world.stack.lead().lead_id
    assert world.ask("POST", f"/leads/{lead_id}/hold", {"reason": "merger"}, by="admin").status == 200
    world.settle()


def contacted(world: World) -> None:
    offered(world)
    handle(world, "contact", {"channel": "phone"})


OWED = {
    "offered": (offered, HOUR, "HandoffReassigned"),
    "contacted": (contacted, 8 * DAY, "HandoffReminded"),
    "in review": (in_review, DAY + HOUR, "DutyReminded"),
    "parked": (parked, 91 * DAY, "ReviewRequested"),
    "returned and nurtured": (returned("unreachable"), DAY + HOUR, "DutyReminded"),
    "returned and parked": (returned("bad_timing"), DAY + HOUR, "DutyReminded"),
    "held back": (held_back, 31 * DAY, "LookTaken"),
    "fading": (fading, 31 * DAY, "LeadQualified"),
    "returned and disqualified": (returned("bad_fit"), DAY + HOUR, "DutyReminded"),
}
each_owed = pytest.mark.parametrize(("begin", "later", "done"), OWED.values(), ids=OWED)


def lose_timers(world: World) -> None:
    world._timers.clear()


def rewrite(world: World, lead: Lead) -> None:
    """Keep a lead otherwise than Baton would, or would any more."""
    body = {"S": lead.model_dump_json(exclude_none=True)}
    key = lead_keys.lead(lead.lead_id)
    world.stack.dynamodb.update_item(
        TableName=world.stack.table,
        Key=key,
        UpdateExpression="SET body = :body",
        ExpressionAttributeValues={":body": body},
    )


# --- nobody is forgotten ---


@each_owed
def test_a_lead_whose_timers_fire_is_not_forgotten(world: World, begin: Any, later: timedelta, done: str) -> None:
    begin(world)
    world.wait(later)
    assert done in world.stack.happened()
    before = world.stack.items()
    assert find(world) == {**NOBODY, "looked_at": find(world)["looked_at"]}
    assert world.stack.items() == before


def test_a_search_of_an_empty_table_finds_no_lead(world: World) -> None:
    assert find(world) == NOBODY


def test_a_lead_without_a_deadline_or_duty_is_not_looked_at(world: World) -> None:
    world.send_signals({"message_id": "visit"})
    world.send_form(email="robot@example.org", website="https://spam.example")
    assert find(world) == NOBODY


# --- a lost timer ---


@each_owed
def test_a_lost_timer_is_set_anew_and_its_overdue_act_is_done(
    world: World, begin: Any, later: timedelta, done: str
) -> None:
    begin(world)
    lose_timers(world)
    before = world.stack.happened()
    world.wait(later)
    assert world.stack.happened() == before
    assert find(world)["restarted"] == 1
    world.settle()
    world.wait(timedelta(0))
    assert world.stack.happened()[len(before) :][:2] == ["TimerSet", done]
    world.stack.must_be_consistent()
    assert find(world)["restarted"] == 0


def test_a_search_that_is_run_twice_sets_one_timer(world: World) -> None:
    offered(world)
    lose_timers(world)
    world.now += HOUR
    assert find(world)["restarted"] == 1
    before = world.stack.items()
    world.now += MINUTE
    assert find(world) == {**NOBODY, "looked_at": 1}
    assert world.stack.items() == before


def test_a_timer_that_is_lost_again_is_set_again(world: World) -> None:
    offered(world)
    for _ in range(3):
        lose_timers(world)
        world.now += HOUR
        assert find(world)["restarted"] == 1


def test_thirty_lost_timers_that_are_overdue_are_made_up_for_once_each(world: World) -> None:
    for email in (SAM, KIM):
        assert world.invite(email, capacity=30).status == 200
    for number in range(30):
        assert world.send_form(email=f"lead{number}@example{number}.org").status == 202
    world.settle()
    lose_timers(world)
    world.wait(5 * HOUR)
    assert find(world)["restarted"] == 30
    assert find(world)["restarted"] == 0
    world.settle()
    world.wait(timedelta(0))
    leads = world.stack.leads()
    assert len(leads) == 30
    for lead in leads:
        happened = world.stack.happened(lead.lead_id)
        assert happened.count("TimerSet") == 1, happened
        acts = [each for each in happened if each.startswith("Handoff") and each != "HandoffOffered"]
        assert len(acts) == len(set(acts)) > 0, happened
    world.stack.must_be_consistent()
    before = world.stack.items()
    assert find(world)["restarted"] == 0
    world.wait(timedelta(0))
    assert world.stack.items() == before
    assert world.lost == []


# --- marketing is asked anew ---


def test_a_lead_in_review_without_a_duty_is_put_up_for_review_again(world: World) -> None:
    in_review(world)
    rewrite(world, world.stack.lead().model_copy(update={"duty": None, "timer": None}))
    lose_timers(world)
    found = find(world)
    assert (found["asked"], found["forgotten"]) == (1, [])
    duty = world.stack.lead().duty
    assert duty
    assert (duty.why, duty.is_open) == ("was in review, and nobody is asked to review it", True)
    world.settle()
    world.wait(DAY)
    assert world.stack.happened()[-1] == "DutyReminded"
    assert find(world)["asked"] == 0


def test_a_parked_lead_without_a_review_date_is_put_up_for_review(world: World) -> None:
    parked(world)
    rewrite(world, world.stack.lead().model_copy(update={"review_on": None}))
    assert find(world)["asked"] == 1
    assert world.stack.lead().status == "in_review"
    [line] = world.ask("GET", "/leads", by="marketing", query={"owner": "marketing"}).json()["leads"]
    assert line["next_step"]["what"] == "review it"


# --- only people can help ---


def unwatched(world: World, email: str = ANNA) -> str:
    """A lead with sales whose agreed clocks have all stopped."""
    [lead] = [lead for lead in world.stack.leads() if lead.email == email]
    assert lead.handoff
    clocks = tuple(clock.stopped(world.now) for clock in lead.handoff.clocks)
    rewrite(world, lead.model_copy(update={"handoff": lead.handoff.model_copy(update={"clocks": clocks})}))
    return lead.lead_id


def test_operations_are_mailed_the_id_of_a_forgotten_lead_and_no_name(
    world: World, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    offered(world)
    world.send_form(email="bob@example.org", first_name="Bob")
    world.settle()
    world.mails.clear()
    lead_id = unwatched(world, "bob@example.org")
    before = world.stack.items()
    found = find(world)
    assert (found["looked_at"], found["forgotten"], found["forgotten_in_all"]) == (2, [lead_id], 1)
    of_mails = [item for item in world.stack.items() if item not in before]
    assert {item["pk"]["S"].partition("#")[0] for item in of_mails} == {"MAILBOX"}, "only the mail's pace is noted"
    assert [item for item in world.stack.items() if item in before] == before
    [mail] = world.mails
    assert (mail.topic, mail.subject) == ("OperationsTopic", "Baton: 1 lead is forgotten")
    assert f"GET /leads/{lead_id}" in mail.text
    [logged] = [record.__dict__ for record in caplog.records if record.getMessage() == "a lead was forgotten"]
    assert (logged["lead_id"], logged["why"]) == (lead_id, "with sales, and no clock of its handoff runs")
    [metric] = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    assert (metric["ForgottenLeads"], metric["service"]) == ([1.0], "baton")
    assert "bob" not in f"{mail.text}{logged}{metric}".lower()


def test_a_lead_that_waits_for_days_on_a_team_without_reps_is_reported_to_operations(empty_world: World) -> None:
    world = empty_world
    offered(world)
    world.wait(HOUR * 20)
    assert find(world)["forgotten"] == []
    world.wait(4 * DAY)
    assert find(world)["forgotten"] == [world.stack.lead().lead_id]
    assert world.mails[-1].topic == "OperationsTopic"
    world.hire(SAM)
    world.settle()
    assert find(world)["forgotten"] == []


def test_a_lead_that_waits_while_all_reps_are_on_leave_is_not_forgotten(world: World) -> None:
    for email in (SAM, KIM):
        world.hire(email, away=[{"from": "2026-11-24", "to": "2026-11-30"}])
    offered(world)
    world.wait(5 * DAY)
    assert world.stack.lead().handoff.is_waiting  # type: ignore[union-attr]
    assert find(world)["forgotten"] == []


def test_an_unreadable_lead_is_reported_and_holds_up_no_other_lead(world: World) -> None:
    offered(world)
    lose_timers(world)
    world.now += HOUR
    world.stack.dynamodb.put_item(
        TableName=world.stack.table,
        Item={
            **lead_keys.lead("broken"),
            "gsi1pk": {"S": lead_keys.queue("in_review", 0)},
            "gsi1sk": {"S": "2026"},
            "body": {"S": "{"},
        },
    )
    found = find(world)
    assert (found["restarted"], found["forgotten"]) == (1, ["broken"])


def test_the_mail_to_operations_names_a_limited_number_of_leads_and_counts_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("baton.domain.follow_up.search_events.MAX_NAMED", 2)
    for number in range(3):
        world.send_form(email=f"visitor{number}@example.org")
        unwatched(world, f"visitor{number}@example.org")
    found = find(world)
    assert (len(found["forgotten"]), found["forgotten_in_all"]) == (2, 3)
    [mail] = world.mails
    assert mail.subject == "Baton: 3 leads are forgotten"
    assert "and 1 more: the log has them" in mail.text


# --- many leads ---


def test_the_search_goes_on_by_itself_until_all_leads_are_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgotten_leads, "BUDGET_SECONDS", -1.0)
    monkeypatch.setattr("baton.aws.sweeps.open_obligations.PAGE", 2)
    for number in range(5):
        world.send_form(email=f"visitor{number}@example.org")
    for number in range(3):
        email = f"reader{number}@example.org"
        world.send_signals({**GUIDE, "email": email, "message_id": f"{number}a"}, {"email": email, "message_id": "b"})
    lose_timers(world)
    world.now += HOUR
    with world.calls.recorded() as calls:
        first = world.invoke("find_forgotten", {})
        assert (first["looked_at"], first["next"]["list"] in range(12)) == (1, True)
        for _ in range(10):
            world.settle_bus()
    told = [json.loads(call.parameters["Entries"][0]["Detail"]) for call in calls if call.operation == "PutEvents"]
    assert len({each["search"] for each in told}) == 1
    assert len({each["event_id"] for each in told}) == len(told)
    assert "next" not in told[-1]
    assert (told[-1]["looked_at"], told[-1]["restarted"]) == (8, 5)
    world.settle()
    world.stack.must_be_consistent()


def test_a_lead_that_cannot_be_set_right_holds_up_no_other_lead(world: World) -> None:
    for number in range(3):
        world.send_form(email=f"visitor{number}@example.org")
    lose_timers(world)
    world.now += HOUR
    with world.calls.by(refuse("TransactWriteItems", "InternalServerError", times=1)):
        with pytest.raises(forgotten_leads.LeadsNotSetRight, match="1 leads could not be set right"):
            world.invoke("find_forgotten", {})
        assert world.invoke("find_forgotten", {})["restarted"] == 1
    assert [world.stack.happened(lead.lead_id).count("TimerSet") for lead in world.stack.leads()] == [1, 1, 1]
