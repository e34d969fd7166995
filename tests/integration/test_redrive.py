"""What failed for good goes on its way again: to the step that it came from, as it was, and once."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from baton.domain.failures.failure_kinds import REDRIVEN
from tests.integration import template
from tests.integration.calls import Call, Carry
from tests.integration.world import World

MACHINES = ("FollowUpTimer", "WaitingTimer", "AdoptAgreement", "DraftTrial")


class Steps:
    """Lambda's invocations and Step Functions' executions, as redrive_failures asks for them."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, Any]] = []
        self.names: list[str] = []
        self.refuse_after: int | None = None

    def watch(self, call: Call, carry: Carry) -> Any:
        if call.operation not in ("Invoke", "StartExecution"):
            return carry()
        if len(self.taken) == self.refuse_after:
            raise ConnectionError("nobody answers")
        asked = call.parameters
        if call.operation == "Invoke":
            assert asked["InvocationType"] == "Event"
            self.taken.append((asked["FunctionName"], json.loads(asked["Payload"])))
            return {"StatusCode": 202}
        if asked["name"] in self.names:
            code = "ExecutionAlreadyExists"
            raise call.client.exceptions.from_code(code)({"Error": {"Code": code, "Message": code}}, call.operation)
        self.names.append(asked["name"])
        self.taken.append((asked["stateMachineArn"], json.loads(asked["input"])))
        return {}


@pytest.fixture
def steps(world: World) -> Iterator[Steps]:
    world.stack.physical |= {machine: f"arn:of:{machine}" for machine in MACHINES}
    world.stack.physical |= {name: name for name in template.functions().values()}
    steps = Steps()
    with world.calls.by(steps.watch):
        yield steps


@pytest.fixture
def offered(world: World) -> World:
    world.send_form()
    world.settle()
    return world


def put(world: World, queue: str, *bodies: Any) -> None:
    for body in bodies:
        text = body if isinstance(body, str) else json.dumps(body)
        world.stack.sqs.send_message(QueueUrl=world.stack.physical[queue], MessageBody=text)


def by_lambda(event: Any) -> Any:
    """What Lambda puts into the queue of a function that failed for good."""
    return {"version": "1.0", "requestContext": {"condition": "RetriesExhausted"}, "requestPayload": event}


def redrive(world: World, queue: str) -> Any:
    return world.invoke("redrive_failures", {"queue": queue})


def depth(world: World, queue: str) -> int:
    shown = world.ask("GET", "/queues", by="admin").json()["queues"]
    return next(int(each["messages"]) for each in shown if each["queue"] == queue)


def test_a_mail_that_had_gone_out_is_not_sent_twice_by_a_redrive(offered: World, steps: Steps) -> None:
    event = told_to_notify(offered)
    before = len(offered.mails)
    put(offered, "UnsentMailQueue", by_lambda(event), event)

    assert redrive(offered, "UnsentMailQueue")["sent_on"] == 2
    assert steps.taken == [("NotifySalesFunction", event)] * 2
    for _, told in steps.taken:
        offered.deliver("notify_sales", told)
    offered.settle_bus()
    assert len(offered.mails) == before
    assert redrive(offered, "UnsentMailQueue")["sent_on"] == 0


def told_to_notify(world: World) -> Any:
    lead = world.stack.lead()
    [offered] = [each for each in world.stack.history(lead.lead_id) if each.event.type == "HandoffOffered"]
    return {"source": "baton", "detail-type": "HandoffOffered", "detail": {"event_id": offered.event_id}}


@pytest.mark.parametrize("queue", sorted(REDRIVEN))
def test_the_messages_of_each_queue_go_to_the_step_that_they_came_from(world: World, steps: Steps, queue: str) -> None:
    detail = {"lead_id": "l", "event_id": "e", "due_at": "2026-11-24T10:00:00Z", "agreement_version": 7}
    detail |= {"draft_id": "d", "trial_id": "t"}
    event = {"source": "baton", "detail": detail}
    put(world, queue, by_lambda(event), detail if queue.startswith("Lost") else event)

    done = redrive(world, queue)

    assert (done["sent_on"], done["left"], done["more"], done["stopped"]) == (2, 0, False, None)
    assert depth(world, queue) == 0
    for _, told in steps.taken:
        assert told in (event, detail)


@pytest.mark.parametrize("queue", ["UnstartedTimersQueue", "LostTimersQueue"])
def test_a_timer_starts_by_what_it_is_of_with_the_same_input_and_once(world: World, steps: Steps, queue: str) -> None:
    of_lead = {"lead_id": "l", "event_id": "l-3", "due_at": "2026-11-24T10:00:00Z"}
    of_team = {"team": "sales", "event_id": "t-3", "due_at": "2026-11-24T10:00:00Z"}
    put(world, queue, {"source": "baton", "detail": of_lead}, of_team)

    redrive(world, queue)

    event = {"source": "baton", "detail": of_lead}
    by_lead = ("SetTimerFunction", event) if queue == "UnstartedTimersQueue" else ("arn:of:FollowUpTimer", of_lead)
    assert steps.taken == [by_lead, ("arn:of:WaitingTimer", of_team)]


def test_a_timer_that_did_not_start_starts_by_itself_with_the_next_look(world: World, steps: Steps) -> None:
    world.stack.physical |= {"PublishEventsFunction": "publish_events"}
    world.send_form()
    steps.refuse_after = 0
    world.settle()
    [(function, event)] = world.lost
    assert function == "set_timer", "it failed until Lambda put the event aside"
    put(world, "UnstartedTimersQueue", by_lambda(event))

    world.invoke("watch_failures", {})
    steps.refuse_after = None
    world.settle_bus()

    assert steps.taken == [("SetTimerFunction", event)]
    world.deliver("set_timer", event)
    name, told = steps.names[-1], steps.taken[-1][1]
    assert (name, told["lead_id"]) == (event["detail"]["event_id"], world.stack.lead().lead_id)
    assert depth(world, "UnstartedTimersQueue") == 0
    assert [mail.subject for mail in world.mails if mail.topic == "OperationsTopic"] == [
        "Baton: UnstartedTimersQueue - look now"
    ]


def test_an_execution_that_was_started_before_a_crash_is_not_started_again(world: World, steps: Steps) -> None:
    put(world, "LostTimersQueue", {"lead_id": "l", "event_id": "l-3"})
    steps.names += [message_ids(world, "LostTimersQueue")[0]]

    assert redrive(world, "LostTimersQueue")["sent_on"] == 1
    assert steps.taken == []


def message_ids(world: World, queue: str) -> list[str]:
    url = world.stack.physical[queue]
    return [m["MessageId"] for m in world.stack.sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)["Messages"]]


def test_messages_go_on_in_the_order_in_which_they_came(world: World, steps: Steps) -> None:
    put(world, "UnservedLinesQueue", *({"number": number} for number in range(25)))

    assert redrive(world, "UnservedLinesQueue")["sent_on"] == 25
    assert [told["number"] for _, told in steps.taken] == [*range(25)]


def test_only_what_was_taken_is_deleted(world: World, steps: Steps) -> None:
    put(world, "UnservedLinesQueue", *({"number": number} for number in range(15)))
    steps.refuse_after = 4

    done = redrive(world, "UnservedLinesQueue")

    assert (done["sent_on"], done["more"], done["stopped"]) == (4, True, "ConnectionError")
    assert depth(world, "UnservedLinesQueue") == 11


def test_what_cannot_be_read_stays_and_does_not_hold_up_the_others(world: World, steps: Steps) -> None:
    put(world, "LostTimersQueue", "no JSON", [1], {"neither": "nor"}, {"lead_id": "l", "event_id": "l-3"})

    done = redrive(world, "LostTimersQueue")

    assert (done["sent_on"], done["left"], done["more"]) == (1, 3, False)
    assert depth(world, "LostTimersQueue") == 3


def test_what_fails_again_at_once_is_not_sent_on_for_ever(world: World, steps: Steps) -> None:
    put(world, "UnservedLinesQueue", {"number": 1})

    def failing(call: Call, carry: Carry) -> Any:
        if call.operation == "Invoke":
            put(world, "UnservedLinesQueue", {"number": len(steps.taken) + 2})
        return carry()

    with world.calls.by(failing):
        assert redrive(world, "UnservedLinesQueue")["sent_on"] == 1
    assert len(steps.taken) == 1


def test_an_administrator_has_a_queue_redriven_and_sees_what_came_of_it(world: World, steps: Steps) -> None:
    put(world, "UnclosedBooksQueue", {"source": "aws.events", "detail": {}})

    asked = world.ask("POST", "/queues/UnclosedBooksQueue/redrive", by="admin")
    world.settle_bus()

    assert (asked.status, asked.json()) == (202, {"queue": "UnclosedBooksQueue", "messages": 1})
    assert [function for function, _ in steps.taken] == ["CloseBooksFunction"]
    shown = world.ask("GET", "/queues", by="admin").json()["queues"]
    [books] = [each for each in shown if each["queue"] == "UnclosedBooksQueue"]
    assert (books["messages"], books["redriven"]["sent_on"], books["can_wait"]) == (0, 1, True)


@pytest.mark.usefixtures("steps")
def test_queues_with_messages_are_listed_first_with_what_to_do(world: World) -> None:
    put(world, "UnclosedBooksQueue", {})
    put(world, "UnsentMailQueue", {})
    world.stack.physical |= {"PublishEventsFunction": "publish_events"}
    world.invoke("watch_failures", {})

    first, second, third, *_ = world.ask("GET", "/queues", by="admin").json()["queues"]

    assert [each["queue"] for each in (first, second)] == ["UnsentMailQueue", "UnclosedBooksQueue"]
    assert (first["messages"], first["since"], first["can_wait"]) == (1, "2026-11-24T09:30:00Z", False)
    assert first["to_do"] == "POST /queues/UnsentMailQueue/redrive"
    assert (third["messages"], third["since"]) == (0, None)


@pytest.mark.parametrize(("queue", "status"), [("UnpublishedQueue", 409), ("none", 404)])
@pytest.mark.usefixtures("steps")
def test_what_can_only_be_looked_at_and_what_is_no_queue_is_not_redriven(world: World, queue: str, status: int) -> None:
    assert world.ask("POST", f"/queues/{queue}/redrive", by="admin").status == status
