"""Plays the deployed stack in one process: handlers, the stream, the bus and its rules, queues, and timers.

Time is set, and moves only when it is told to. The functions run for real, against DynamoDB, SNS and the bus on this
machine; what AWS would deliver between them is delivered here, as the template says.
"""

import importlib
import importlib.util
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bench.dynamodb_units import Bill, bill_for
from bench.lean.deliveries import (
    folder_of,
    passes,
    queue_behind,
    reader_of_queue,
    receivers,
    stream_readers,
    stream_record,
)
from bench.lean.timer_machine import Execution, definition_of
from bench.meter import Call

Event = dict[str, Any]
CLOCKS = ("baton.aws.runtime.utc_clock", "baton.aws.clock")
"""The module of the clock; an earlier build had it elsewhere."""


class Clock:
    """The time of all functions, which is set."""

    def __init__(self, now: datetime) -> None:
        """Takes the place of the machine's clock; no function may be loaded before."""
        self.now = now
        name = next(name for name in CLOCKS if _exists(name))
        importlib.import_module(name).utc_now = lambda: self.now  # type: ignore[attr-defined]


@dataclass
class Invocation:
    """One run of a function: its cost in DynamoDB, all its AWS calls, and seconds of the processor, SDK included."""

    function: str
    bill: Bill
    seconds: float
    from_queue: bool = False

    @property
    def calls(self) -> list[Call]:
        """Returns its AWS calls, in order."""
        return self.bill.recorded


@dataclass
class PlayedStack:
    """The stack of one build, with what has happened in it."""

    world: Any
    template: Any
    root: Any
    clock: Clock
    handler: Callable[[str], Callable[[Event, Any], Any]]
    invocations: list[Invocation] = field(default_factory=list)
    timers: list[Execution] = field(default_factory=list)
    requests: int = 0
    delivered: list[Event] = field(default_factory=list)
    _waiting: list[tuple[datetime, str, Event]] = field(default_factory=list)

    def request(self, function: str, event: Event) -> Any:
        """Lets API Gateway call a function, and delivers all that follows at once."""
        self.requests += 1
        answer = self.invoke(function, event)
        if answer["statusCode"] >= 400:
            raise RuntimeError(f"{function} refused: {answer}")
        return answer

    def go_to(self, moment: datetime) -> None:
        """Moves the clock, and wakes what is due on the way, in order."""
        while due := min(self._alarms(moment), key=lambda each: each[0], default=None):
            self.clock.now = max(self.clock.now, due[0])
            due[1]()
        self.clock.now = moment

    def go_on(self, length: timedelta) -> None:
        """Moves the clock by a length."""
        self.go_to(self.clock.now + length)

    def end_pauses(self) -> None:
        """Ends the pauses after mails, as if each lead's owner had got none for a while."""
        dynamodb, table = self.world.session.client("dynamodb"), self.world.environment["TABLE_NAME"]
        written = (item for run in self.invocations for _, item in run.bill.written if item)
        for pk, sk in {(item["pk"]["S"], item["sk"]["S"]) for item in written}:
            if pk.startswith("MAILBOX#"):
                dynamodb.delete_item(TableName=table, Key={"pk": {"S": pk}, "sk": {"S": sk}})

    def mails(self) -> list[Call]:
        """Returns the mails that went out, as calls of SNS."""
        return [call for each in self.invocations for call in each.calls if call.operation == "Publish"]

    def invoke(self, function: str, event: Event, *, from_queue: bool = False) -> Any:
        """Runs a function by its folder's name, and delivers what follows."""
        run, answers, spent = self.handler(function), [], []

        def work() -> None:
            begun = time.thread_time()
            answers.append(run(event, None))
            spent.append(time.thread_time() - begun)

        bill = bill_for(self.world, work)
        self.invocations.append(Invocation(function, bill, spent[0] - bill.watching, from_queue))
        self._deliver(function, bill)
        return answers[0]

    def _alarms(self, until: datetime) -> Iterator[tuple[datetime, Callable[[], None]]]:
        for timer in self.timers:
            if timer.wakes_at and timer.wakes_at <= until:
                yield timer.wakes_at, lambda timer=timer: timer.wake(self._look)  # type: ignore[misc]
        for entry in list(self._waiting):
            if entry[0] <= until:
                yield entry[0], lambda entry=entry: self._take_from_queue(entry)  # type: ignore[misc]

    def _look(self, timer: Event) -> Any:
        return self.invoke("follow_up", timer)

    def _take_from_queue(self, entry: tuple[datetime, str, Event]) -> None:
        self._waiting.remove(entry)
        self.invoke(entry[1], entry[2], from_queue=True)

    def _deliver(self, function: str, bill: Bill) -> None:
        records = [stream_record(place, old, new) for place, (old, new) in enumerate(bill.written) if new]
        for reader, patterns in stream_readers(self.template):
            if passed := [record for record in records if passes(record, patterns)]:
                self.invoke(folder_of(self.template, reader), {"Records": passed})
        for call in bill.recorded:
            match call.operation:
                case "PutEvents":
                    for entry in call.sent["Entries"]:
                        self._publish(entry)
                case "SendMessage" | "SendMessageBatch":
                    self._send(function, call)
                case "StartExecution":
                    uri = self.template["Resources"]["FollowUpTimer"]["Properties"]["DefinitionUri"]
                    self._start(uri, json.loads(call.sent["input"]), call.sent["name"])
                case "StopExecution":
                    for timer in self.timers:
                        if timer.name == call.sent["executionArn"].rpartition(":")[2]:
                            timer.stop()

    def _publish(self, entry: Event) -> None:
        detail = json.loads(entry["Detail"])
        event = {"source": entry["Source"], "detail-type": entry["DetailType"], "detail": detail, "id": "bench"}
        event["time"] = self.clock.now.isoformat()
        self.delivered.append(event)
        for receiver in receivers(self.template, event):
            resource = self.template["Resources"][receiver.logical_id]
            match resource["Type"]:
                case "AWS::Serverless::Function":
                    self.invoke(folder_of(self.template, receiver.logical_id), receiver.takes(event))
                case "AWS::SQS::Queue":
                    self._queue(receiver.logical_id, json.dumps(receiver.takes(event)), timedelta())
                case "AWS::Serverless::StateMachine":
                    self._start(resource["Properties"]["DefinitionUri"], receiver.takes(event))

    def _start(self, uri: str, wanted: Event, name: str | None = None) -> None:
        if "timer" in uri and "lead_id" in wanted:
            self.timers.append(Execution(definition_of(self.root, uri), wanted, name=name))
            self.timers[-1].begin()

    def _send(self, function: str, call: Call) -> None:
        logical_id = next(name for name, _ in self._functions() if folder_of(self.template, name) == function)
        variable = next(name for name, value in self.world.environment.items() if value == call.sent["QueueUrl"])
        for entry in call.sent.get("Entries", [call.sent]):
            delay = timedelta(seconds=entry.get("DelaySeconds", 0))
            self._queue(queue_behind(self.template, logical_id, variable), entry["MessageBody"], delay)

    def _functions(self) -> Iterator[tuple[str, Any]]:
        for name, resource in self.template["Resources"].items():
            if resource["Type"] == "AWS::Serverless::Function":
                yield name, resource

    def _queue(self, queue: str, body: str, delay: timedelta) -> None:
        if reader := reader_of_queue(self.template, queue):
            record = {"messageId": f"m-{len(self.invocations)}", "body": body, "eventSource": "aws:sqs"}
            event = {"Records": [record | {"attributes": {"ApproximateReceiveCount": "1"}}]}
            self._waiting.append((self.clock.now + delay, folder_of(self.template, reader), event))


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False
