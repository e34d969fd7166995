"""Personal data stays in the lead's partition and in mail: not in logs, on the bus, in timers or in queues."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from tests.e2e.at_work import MANAGER, RITA, SAM, AtWork, View, as_text, queue_bodies, read, until
from tests.e2e.canaries import of_the_person, told_by_staff
from tests.e2e.paces import at_a_pace, before
from tests.shown_items import shown
from tools.agreement import agreement_for_now

CANARIES = {
    "email": "canarymail",
    "first_name": "Canaryfirst",
    "last_name": "Canarylast",
    "title": "Canarytitle",
    "phone": "+49 89 7719283",
    "company": "Canarycompany",
    "message": "Canarymessage",
}
NOTES = {"contact": "Canarycontact", "reassign": "Canaryreason", "return": "Canaryreturn", "news": "Canarynews"}
UNWANTED = ("canary", "7719283", SAM, RITA, MANAGER)
"""What must not be found, in any case of its letters: what the lead and sales typed, and who works in sales."""
MAILBOXES = ("mailbox", "end-to-end", "paulas-inbox")
CATCH_ALL = "catch-all"
MOST_AT_ONCE = 10_000


@dataclass(frozen=True)
class WholeWay:
    """A lead that everything has happened to, one that staff said everything about, and what the bus carried then."""

    lead: View
    told_of: View
    bus: list[View]


def personal(text: str) -> list[str]:
    """What of all that must not be there is in this text."""
    return [unwanted for unwanted in UNWANTED if unwanted in text.lower()]


@pytest.fixture(scope="module")
def everything_on_the_bus(baton: AtWork) -> Iterator[str]:
    """A queue that gets whatever any bus event carries, of any source."""
    sqs, events, bus = baton.session.client("sqs"), baton.session.client("events"), baton.outputs["BusName"]
    url = sqs.create_queue(QueueName=CATCH_ALL)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    events.put_rule(Name=CATCH_ALL, EventBusName=bus, EventPattern='{"source": [{"prefix": ""}]}')
    events.put_targets(Rule=CATCH_ALL, EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])
    yield url
    events.remove_targets(Rule=CATCH_ALL, EventBusName=bus, Ids=["queue"])
    events.delete_rule(Name=CATCH_ALL, EventBusName=bus)
    sqs.delete_queue(QueueUrl=url)


def accepted_by_its_owner(baton: AtWork, lead_id: str) -> View | None:
    """The handoff, if its owner has accepted it before its clock ran out."""
    handoff: View = baton.lead(lead_id)["handoff"]
    answer = baton.rep(handoff["owner"]).post(f"/handoffs/{handoff['handoff_id']}/accept")
    return handoff if answer.is_success else None


def passed_on_twice_and_returned(baton: AtWork, seconds: int, leads: list[str]) -> None:
    """A lead that its first rep lets pass, the next one passes on, and the last one sends back; notes its id."""
    asked = {**CANARIES, "email": f"{CANARIES['email']}.{uuid.uuid4().hex[:6]}@schmidt.example"}
    hurried = packaged_text().replace("within: 30m", f"within: {seconds}s")
    with agreement_for_now(baton.session, baton.outputs["TableName"], hurried):
        assert baton.send(asked).status_code == 202
        assert baton.send(asked).status_code == 202, "the same again, of which the log tells"
        leads.append(lead_id := baton.lead_id(asked["email"]))
        baton.wait(lead_id, "HandoffReassigned")
        handoff = until(lambda: accepted_by_its_owner(baton, lead_id), what="accepting before it is passed on again")
        assert handoff
        path, owner = f"/handoffs/{handoff['handoff_id']}", baton.rep(handoff["owner"])
    baton.send({**asked, "message": NOTES["news"]})
    read(owner.post(f"{path}/contact", json={"channel": "phone", "note": NOTES["contact"]}))
    other = baton.other_than(handoff["owner"])
    overdue = datetime.now(UTC) + timedelta(seconds=seconds)
    passed_on = read(owner.post(f"{path}/reassign", json={"owner": other, "reason": NOTES["reassign"]}))
    with before(overdue, "sending back what was passed on"):
        link = baton.links({"handoff": passed_on})["return"]
        assert baton.stranger.get(link).status_code == 200
        assert baton.stranger.post(link, data={"reason": "bad_timing", "note": NOTES["return"]}).status_code == 200


@pytest.fixture(scope="module")
def whole_way(baton: AtWork, everything_on_the_bus: str) -> WholeWay:
    for wrong in ({}, {"phone": "Canaryphone"}, {"Canaryfield": "Canaryvalue"}, {"first_name": "Canary\x00"}):
        assert baton.send({**CANARIES, **wrong, "email": "canary"}).status_code == 422
    leads: list[str] = []
    at_a_pace(lambda seconds: passed_on_twice_and_returned(baton, seconds, leads))
    *too_late, lead_id = leads
    for each in too_late:
        assert baton.admin.delete(f"/leads/{each}").status_code == 204
    told_of = told_by_staff(baton)
    bus: list[str] = []

    def carried(lead_id: str) -> set[str]:
        bus.extend(queue_bodies(baton.session, everything_on_the_bus))
        events = map(json.loads, bus)
        return {event["detail-type"] for event in events if event["detail"].get("lead_id") == lead_id}

    for one in (lead_id, told_of["lead_id"]):
        until(lambda one=one: carried(one) >= set(baton.happened(one)), what="all on the bus")  # type: ignore[misc]
    return WholeWay(baton.lead(lead_id), told_of, list(map(json.loads, bus)))


def test_the_personal_data_is_in_the_lead_its_timeline_and_the_mails(baton: AtWork, whole_way: WholeWay) -> None:
    lead, timeline = as_text(whole_way.lead), as_text(baton.timeline(whole_way.lead["lead_id"]))
    mails = " ".join(mail.text for mail in baton.mails_about(whole_way.lead["handoff"]["handoff_id"]))

    assert whole_way.lead["status"] == "parked"
    for name, canary in CANARIES.items():
        assert canary in lead + timeline, name
        assert canary in mails, name
    for note in NOTES.values():
        assert note in timeline


def test_events_on_the_bus_hold_no_personal_data(baton: AtWork, whole_way: WholeWay) -> None:
    for lead in (whole_way.lead, whole_way.told_of):
        carried = [event for event in whole_way.bus if event["detail"].get("lead_id") == lead["lead_id"]]
        in_order = sorted(carried, key=lambda event: event["detail"]["event_id"])
        assert [event["detail-type"] for event in in_order] == baton.happened(lead["lead_id"])
    for event in whole_way.bus:
        assert personal(as_text(event)) == [], event


def test_timers_hold_no_personal_data(baton: AtWork, whole_way: WholeWay) -> None:
    timers = baton.session.client("stepfunctions")
    executions = [
        execution["executionArn"]
        for machine in timers.list_state_machines()["stateMachines"]
        for page in timers.get_paginator("list_executions").paginate(stateMachineArn=machine["stateMachineArn"])
        for execution in page["executions"]
    ]
    looked_at = 0

    for arn in executions:
        execution = timers.describe_execution(executionArn=arn)
        history = timers.get_execution_history(executionArn=arn, maxResults=1000, includeExecutionData=True)["events"]
        looked_at += whole_way.lead["lead_id"] in execution["input"]
        assert personal(as_text([execution.get(part) for part in ("name", "input", "output", "cause")])) == []
        assert personal(as_text(history)) == []

    assert looked_at >= 4, "offered, reassigned twice and parked: each had a timer"


def logged(baton: AtWork, group: str) -> Iterator[str]:
    """Every line of a log, some of them twice: MiniStack gives the oldest 10,000 since a moment, and no way to more."""
    logs, since, is_all = baton.session.client("logs"), 0, False
    while not is_all:
        events = logs.filter_log_events(logGroupName=group, startTime=since, limit=MOST_AT_ONCE)["events"]
        yield from (event["message"] for event in events)
        is_all = len(events) < MOST_AT_ONCE
        since = events[-1]["timestamp"] if events else 0


def test_the_functions_logs_hold_no_personal_data(baton: AtWork, whole_way: WholeWay) -> None:
    groups = baton.session.client("logs").describe_log_groups()["logGroups"]
    lines = [line for group in groups for line in logged(baton, group["logGroupName"])]

    assert any("submission repeated" in line and whole_way.lead["lead_id"] in line for line in lines)
    assert [line for line in lines if personal(line)] == []


def test_no_queue_holds_personal_data(baton: AtWork, whole_way: WholeWay) -> None:
    urls = baton.session.client("sqs").list_queues()["QueueUrls"]
    searched = [url for url in urls if url.rsplit("/", 1)[1] not in MAILBOXES]

    assert len(searched) >= 4, "the dead-letter queues"
    for url in searched:
        for body in queue_bodies(baton.session, url):
            assert personal(body) == [], url


def test_nothing_of_an_erased_person_is_in_any_store(baton: AtWork, whole_way: WholeWay) -> None:
    """The last of these, for it erases them. What staff wrote of a company, or of a draft, is nobody's."""
    words = {*CANARIES.values(), *NOTES.values(), *of_the_person(), whole_way.told_of["email"]}
    before = everything_stored(baton)
    assert all(word.lower() in before for word in words), "the test knows where they are"
    for lead in (whole_way.lead, whole_way.told_of):
        assert baton.admin.delete(f"/leads/{lead['lead_id']}").status_code == 204
        assert baton.admin.get(f"/leads/{lead['lead_id']}").status_code == 404

    def gone() -> bool:
        stored = everything_stored(baton)
        return not any(word.lower() in stored for word in words)

    until(gone, what="all gone")


def everything_stored(baton: AtWork) -> str:
    """Every item of every table, every message of every queue but the mailboxes, and every object of every bucket."""
    dynamodb, s3 = baton.session.client("dynamodb"), baton.session.client("s3")
    found: list[object] = [
        shown(page["Items"])
        for table in dynamodb.list_tables()["TableNames"]
        for page in dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    ]
    for url in baton.session.client("sqs").list_queues()["QueueUrls"]:
        if url.rsplit("/", 1)[1] not in (*MAILBOXES, CATCH_ALL):
            found += queue_bodies(baton.session, url)
    for bucket in s3.list_buckets()["Buckets"]:
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket["Name"]):
            keys = [each["Key"] for each in page.get("Contents", ())]
            found += [s3.get_object(Bucket=bucket["Name"], Key=key)["Body"].read() for key in keys]
    return str(found).lower()
