"""GET /leads/{lead_id} explains a lead's score, stage and next step, as of now or of an earlier moment."""

from datetime import datetime, timedelta
from decimal import Decimal
from json import loads
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from tests.integration.test_staff import must_be_a_problem
from tests.integration.world import START, Answer, World

DAY = timedelta(days=1)
OTHERWISE = packaged_text().replace("id: whitepaper, points: 50", "id: whitepaper, points: 30")
INTERNAL = {"tally", "learned", "timer", "look_at", "engaged_at", "kept"}


def ask(world: World, at: datetime | str | None = None) -> Answer:
    moment = at.isoformat().replace("+00:00", "Z") if isinstance(at, datetime) else at
    return world.ask(
        "GET", f"/leads/{world.stack.lead().lead_id}", by="sales", query={"at": moment} if moment else None
    )


def shown(world: World, at: datetime | None = None) -> dict[str, Any]:
    answer = ask(world, at)
    assert answer.status == 200, answer
    read: dict[str, Any] = answer.json()
    return read


def read_on(world: World, *contents: str) -> None:
    for content in contents:
        assert world.send_form("content-download", content=content, title="Head of Operations").status == 202
        world.settle()
        world.now += DAY


def must_add_up(answer: Answer) -> None:
    score = loads(answer.body, parse_float=Decimal)["score"]
    assert sum(Decimal(entry["points"]) for entry in score["entries"]) == score["total"]


def test_a_lead_shows_phone_and_country_as_written_and_as_machines_write_them(world: World) -> None:
    assert world.send_form(phone="089 5550 1234 (mobil)", country="Deutschland").status == 202
    lead = shown(world)
    assert (lead["profile"]["phone"], lead["profile"]["phone_e164"]) == ("089 5550 1234 (mobil)", "+498955501234")
    assert (lead["profile"]["country"], lead["profile"]["country_code"]) == ("Deutschland", "DE")
    assert lead["company"]["country_code"] is None


def test_a_phone_number_that_is_none_does_not_cost_the_request(world: World) -> None:
    assert world.send_form(phone="call me", country="D3").status == 202
    lead = shown(world)
    assert (lead["status"], lead["profile"]["phone"], lead["profile"]["phone_e164"]) == ("with_sales", None, None)
    assert "phone: call me" in lead["request"]["message"]


def test_a_lead_explains_its_score_its_funnel_stage_and_the_next_step(world: World) -> None:
    read_on(world, "guide")
    lead = shown(world)
    assert not INTERNAL & lead.keys()
    assert lead["persona"] == {
        "id": "operations-leader",
        "label": "Head of operations in industry",
        "match": 37,
        "missing": ["country", "industry", "employees", "budget"],
        "counts": False,
    }
    (entry,) = lead["score"]["entries"]
    assert entry == {
        "rule": "whitepaper",
        "rule_in_words": "kind content_downloaded",
        "kind": "engagement",
        "points": lead["score"]["total"],
        "awarded": 50,
        "at": "2026-11-24T09:30:00Z",
        "signal": f"{lead['lead_id']}-00000002",
        "what": "content downloaded: The guide to a good handover",
        "note": "2% of it has faded",
    }
    assert lead["score"]["threshold"] == 100
    assert lead["funnel"]["stage"] == "tofu"
    assert lead["funnel"]["next_content"]["id"] == "scoring-webinar"
    told = lead["qualification"]
    assert told["mql"] == {
        "met": False,
        "definition": "score at least 60",
        "missing": [f"score at least 60 (it is {entry['points']})"],
    }
    assert told["sql"]["missing"] == [f"{need}: no answer yet" for need in ("budget", "authority", "need", "timeline")]
    assert told["score"]["missing"].endswith("points short")
    assert told["next"].startswith("Nurturing: ")
    assert lead["handoff"] is None
    assert lead["held"] is None


def test_a_lead_has_labels_beside_its_codes_and_says_who_said_each_fact(world: World) -> None:
    assert world.send_form(title="Head of Operations", phone="+49 89 5550").status == 202
    lead = shown(world)
    assert lead["labels"] == {
        "stage": "Lead",
        "status": "With sales",
        "trigger": "Consultation request",
        "state": "Offered",
        "team": "Sales",
    }
    by_form = {"speaker": "form", "source": "form:consultation", "at": "2026-11-24T09:30:00Z"}
    assert lead["said_by"]["title"] == by_form
    given = {"profile": {"title": "CEO"}}
    changed = world.ask("PATCH", f"/leads/{lead['lead_id']}", given, by="marketing").json()
    assert changed["said_by"]["title"]["speaker"] == "staff"
    assert changed["said_by"]["phone"] == by_form


def test_a_lead_that_did_not_change_is_not_sent_again(world: World) -> None:
    assert world.send_form().status == 202
    path = f"/leads/{shown(world)['lead_id']}"
    first = world.ask("GET", path, by="sales")
    again = world.ask("GET", path, by="sales", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, "")
    world.now += timedelta(days=3)
    late = world.ask("GET", path, by="sales", headers={"If-None-Match": first.headers["etag"]})
    assert (late.status, late.json()["next_step"]["overdue"]) == (200, True)


def test_every_signal_that_a_score_entry_cites_is_in_the_timeline(world: World) -> None:
    read_on(world, "guide", "guide", "price-list", "case-study")
    answer = ask(world)
    timeline = world.ask("GET", f"/leads/{answer.json()['lead_id']}/timeline", by="sales").json()["events"]
    cited = {entry["signal"] for entry in answer.json()["score"]["entries"] if "signal" in entry}
    assert cited <= {event["event_id"] for event in timeline if event["type"] == "SignalRecorded"}
    must_add_up(answer)


def test_a_leads_shift_to_buying_has_a_date(world: World) -> None:
    read_on(world, "guide", "price-list")
    assert shown(world)["funnel"]["shifted_at"] == "2026-11-25T09:30:00Z"


def test_a_handoff_names_its_rule_points_signals_and_agreement_version(world: World) -> None:
    for content in ("guide", "price-list"):
        assert world.send_form("content-download", content=content).status == 202
    lead = shown(world)
    handoff = lead["handoff"]
    assert (handoff["trigger"], handoff["agreement_version"], handoff["score"]) == ("score", 1, 100)
    assert handoff["reasons"][0] == "the score of 100 has reached the threshold of 100"
    downloads = [f"{lead['lead_id']}-0000000{number}" for number in (2, 3)]
    assert [(line["rule"], line["points"], line["signal"]) for line in handoff["evidence"]] == [
        ("whitepaper", 50, signal) for signal in downloads
    ]
    assert lead["qualification"]["next"] == (
        f"Sales has it: {handoff['owner']} must accept by 24 November 2026 at 13:30 UTC."
    )


def test_a_lead_as_of_an_earlier_moment_shows_only_the_facts_known_by_then(world: World) -> None:
    read_on(world, "guide", "price-list")
    assert world.send_form(message="Please call.").status == 202
    world.settle()
    before = shown(world, START + timedelta(hours=1))
    assert before["as_of"] == "2026-11-24T10:30:00Z"
    assert (before["status"], before["version"], before["funnel"]["stage"]) == ("nurturing", 2, "tofu")
    assert (before["score"]["total"], before["handoff"]) == (50, None)
    assert [each["content"] for each in before["recent"]] == ["guide"]
    after = shown(world, world.now)
    assert after["status"] == "with_sales"
    assert {**after, "as_of": None} == {**shown(world), "as_of": None}


@pytest.mark.parametrize("hours", [0, 1, 24, 30, 48, 49, 24 * 40])
def test_a_lead_as_of_any_moment_has_the_version_of_then_and_a_score_that_adds_up(world: World, hours: int) -> None:
    read_on(world, "guide", "price-list")
    then = START + timedelta(hours=hours)
    world.now = START + timedelta(days=41)
    told = ask(world, then)
    assert told.status == 200
    must_add_up(told)
    recorded = [event.at for event in world.stack.history(world.stack.lead().lead_id) if event.at <= then]
    assert told.json()["version"] == len(recorded)


def test_a_past_score_is_counted_under_the_agreement_in_force_at_that_moment(world: World) -> None:
    read_on(world, "guide")
    changed_at = world.now
    world.agree(OTHERWISE)
    world.now += DAY
    assert shown(world, changed_at - timedelta(seconds=1))["score"]["entries"][0]["awarded"] == 50
    assert shown(world, changed_at)["score"]["entries"][0]["awarded"] == 30
    assert shown(world)["score"]["entries"][0]["awarded"] == 30


def test_an_agreement_version_that_never_came_into_force_counts_for_no_past_score(world: World) -> None:
    read_on(world, "guide")
    for number in range(2, 9):  # signed for later, and overtaken before its time
        current = world.stack.dynamodb.get_item(
            TableName=world.stack.table, Key={"pk": {"S": "AGREEMENT"}, "sk": {"S": "V#000001"}}
        )["Item"]
        never = current | {
            "sk": {"S": f"V#{number:06d}"},
            "version": {"N": str(number)},
            "in_force_from": {"S": "2026-11-24T10:00:00.000Z"},
            "body": {"S": current["body"]["S"].replace('"points":50', '"points":7')},
        }
        world.stack.dynamodb.put_item(TableName=world.stack.table, Item=never)
    in_force = world.stack.dynamodb.get_item(
        TableName=world.stack.table, Key={"pk": {"S": "AGREEMENT"}, "sk": {"S": "CURRENT"}}
    )["Item"]
    later = in_force["body"]["S"].replace('"version":1', '"version":9').replace("2026-11-24T09:30", "2026-12-24T09:30")
    assert later != in_force["body"]["S"]
    world.stack.dynamodb.put_item(
        TableName=world.stack.table, Item=in_force | {"version": {"N": "9"}, "body": {"S": later}}
    )
    world.now += 40 * DAY
    world.cold()
    assert shown(world, START + 2 * DAY)["score"]["entries"][0]["awarded"] == 50


def test_a_lead_as_of_before_its_first_event_is_not_found(world: World) -> None:
    read_on(world, "guide")
    detail = must_be_a_problem(ask(world, START - DAY), 404)
    assert detail == (
        "the lead was not known yet on 23 November 2026 at 09:30 UTC; "
        "what is known of it begins on 24 November 2026 at 09:30 UTC"
    )


@pytest.mark.parametrize(
    "at",
    ["2026-12-24T09:30:00Z", "yesterday", "2026-11-24T09:30:00", "2026-11-24", "0001-01-01T00:00:00+99:00", "9" * 400],
    ids=["future", "words", "no time zone", "a date", "no such zone", "long"],
)
def test_an_invalid_or_future_moment_is_refused(world: World, at: str) -> None:
    read_on(world, "guide")
    must_be_a_problem(ask(world, at), 422, "at")


def test_a_moment_of_an_extreme_year_is_refused(world: World) -> None:
    read_on(world, "guide")
    must_be_a_problem(ask(world, "0001-01-01T00:00:00+14:00"), 422, "at")


def test_an_unknown_lead_as_of_an_earlier_moment_is_not_found(world: World) -> None:
    query = {"at": "2026-11-24T09:00:00Z"}
    assert must_be_a_problem(world.ask("GET", "/leads/nobody", by="sales", query=query), 404) == "there is no such lead"


def test_reading_a_lead_changes_nothing(world: World) -> None:
    read_on(world, "guide", "price-list")
    before = world.stack.items()
    ask(world), ask(world, START)
    assert world.stack.items() == before


def test_a_queue_shows_the_same_score_as_the_lead(world: World) -> None:
    read_on(world, "guide")
    listed = world.ask("GET", "/leads", by="marketing", query={"queue": "nurturing"}).json()["leads"]
    assert [lead["score"]["total"] for lead in listed] == [shown(world)["score"]["total"]]


def test_a_queue_leaves_out_a_score_that_was_counted_under_another_agreement(world: World) -> None:
    read_on(world, "guide")
    world.agree(OTHERWISE)
    (lead,) = world.ask("GET", "/leads", by="marketing", query={"queue": "nurturing"}).json()["leads"]
    assert lead["score"] is None


def test_get_lead_takes_two_reads_when_cold_and_one_read_when_warm(world: World) -> None:
    read_on(world, "guide")
    world.cold()
    for expected in (["GetItem", "GetItem"], ["GetItem"]):
        with world.calls.recorded() as calls:
            shown(world)
        assert [call.operation for call in calls if call.service == "dynamodb"] == expected
