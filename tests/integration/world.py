"""The whole of Baton in one process: AWS is moto, one thread, and a clock that goes only where a test sets it.

What connects the functions on AWS is done here as AWS does it: the gateway, the stream with its filter and partial
failures, the bus with its rules, the timers of the state machine, the mailboxes. Whatever ends in an error or a crash
is delivered again; after a crash, to a new instance of the function.
"""

import heapq
import itertools
import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from moto import mock_aws
from moto.events.models import EventPattern

from baton.agreement.reading.agreement_reader import read_agreement
from baton.agreement.terms.agreement import Agreement
from baton.aws.accounts.account_looks import IndexMayBeBehind
from baton.aws.agreement.enactment import seed
from baton.aws.runtime import botocore_clients, clients, utc_clock
from baton.domain.basics.moments import iso
from tests.integration import template
from tests.integration.calls import Calls, Crash
from tests.integration.confirmations import confirmation_link, confirmations
from tests.integration.faster_moto import faster_moto
from tests.integration.functions import new_instance
from tests.integration.gateway import Answer, answered, request
from tests.integration.sent_to_moto import sent_to_moto
from tests.integration.stack import MAILBOX, PUBLIC_URL, REGION, Stack
from tests.integration.tables import served
from tests.integration.template import Rule

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MAX_DELIVERIES = 5
SAM, KIM, LEE, MO = (f"{name}@sales.example.com" for name in ("sam", "kim", "lee", "mo"))
ANNA = "anna.schmidt@example.com"
ACTIONS = {"ACCEPT": "accept", "RETURN": "return", "CONTACTED": "contact", "CLOSE": "close", "RATE": "rate"}
TIMERS = {"WaitingTimer": "serve_waiting"}
"""The function that a state machine calls that a rule starts, and that waits until something is due."""
ADOPTION = "AdoptAgreement"
UNTIL_EVERY_FUNCTION_KNOWS = timedelta(seconds=65)
A_MINUTE = timedelta(minutes=1)
"""After so long Lambda tries an asynchronous invocation again."""


@dataclass(frozen=True)
class Mail:
    """A mail as it arrived, with the name of the topic that it came through; operations' mail names nobody."""

    topic: str
    to: tuple[str, ...]
    subject: str
    text: str

    def link(self, which: str | int) -> str:
        """The path of the mail's link that does this (`accept`), or of the nth that it has, in the order of ACTIONS."""
        found = re.findall(rf"^([A-Z]+) this lead[^\n]*\n{PUBLIC_URL}(/links/\S+)", self.text, re.MULTILINE)
        links = {ACTIONS[word]: path for word, path in found}
        return (
            links[which]
            if isinstance(which, str)
            else [links[each] for each in ACTIONS.values() if each in links][which]
        )


def tells_of_event(record: Mapping[str, Any]) -> bool:
    """Whether a record of the stream is a new event; the others are leads with other words than before."""
    return str(record["dynamodb"]["Keys"]["sk"]["S"]).startswith("EVENT#")


@dataclass
class World:
    """One stack with everything around it."""

    stack: Stack
    calls: Calls
    now: datetime = START
    mails: list[Mail] = field(default_factory=list)
    lost: list[tuple[str, Any]] = field(default_factory=list)
    _instances: dict[str, ModuleType] = field(default_factory=dict)
    _timers: list[tuple[str, int, str, dict[str, Any]]] = field(default_factory=list)
    _adoptions: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    _delayed: list[tuple[str, int, Rule, dict[str, Any]]] = field(default_factory=list)
    _retries: list[tuple[str, int, str, Any]] = field(default_factory=list)
    _started: Iterator[int] = field(default_factory=itertools.count)
    _streamed: int = 0
    _executions: int = 0
    _stopped: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._streamed = len(self.stack.stream(after=0))
        self._executions = len(self.stack.executions())
        self._stopped = {each.name for each in self.stack.executions() if each.status == "ABORTED"}

    # --- Setting the scene

    def agree(self, text: str) -> None:
        """Put an agreement into force; whoever runs has read it."""
        seed(self.stack.store, text, _agreement, self.now)
        self.cold()

    def invite(self, email: str, **agreed: Any) -> Answer:
        """Put somebody on the roster who has yet to confirm the address."""
        return self.ask("PUT", f"/teams/sales/reps/{email}", agreed, by="admin")

    def hire(self, *emails: str, **agreed: Any) -> None:
        """Put people on the roster whose addresses are confirmed."""
        for email in emails:
            assert self.invite(email, **agreed).status == 200
            link = confirmation_link(self.stack.rep(email).subscription_arn or "")
            assert self.ask("POST", f"/teams/sales/reps/{email}/confirmation", {"link": link}, by="admin").status == 200

    def twin(self) -> "World":
        """A world at the same point of its story, in which no function has run yet."""
        twin = World(self.stack, self.calls, self.now, list(self.mails), list(self.lost))
        twin._timers, twin._started, twin._streamed = list(self._timers), itertools.count(1_000), self._streamed
        twin._adoptions, twin._delayed = list(self._adoptions), list(self._delayed)
        twin._executions, twin._stopped = self._executions, set(self._stopped)
        twin._retries = list(self._retries)
        return twin

    @property
    def timer(self) -> dict[str, Any]:
        """What the timer of a lead that is due first tells follow_up."""
        return next(told for _, _, function, told in sorted(self._timers) if function == "follow_up")

    @property
    def waiting(self) -> list[tuple[str, str]]:
        """When which timer looks again."""
        return sorted((due_at, timer["event_id"]) for due_at, _, _, timer in self._timers)

    def start_twice(self) -> None:
        """Every timer that waits is there twice, as after a second delivery of its event."""
        for _, _, function, timer in list(self._timers):
            self._wait(function, timer)

    # --- The gateway

    def ask(self, method: str, path: str, body: Any = None, **how: Any) -> Answer:
        """Call the API; see `gateway.request` for how."""
        function, event = request(method, path, body, **how)
        return answered(self.invoke(function, event))

    def send_form(self, name: str = "consultation", **answers: str) -> Answer:
        """Post a form as a website does."""
        return self.ask("POST", f"/forms/{name}", {"email": ANNA, **answers})

    def send_signals(self, *signals: Mapping[str, Any], by: str = "marketing") -> Answer:
        """Tell what leads did as a tool does; without an address it is Anna."""
        usual = {"email": ANNA, "kind": "page_visited"}
        sent = [{"message_id": f"m-{number}", **usual, **each} for number, each in enumerate(signals, 1)]
        return self.ask("POST", "/signals", {"signals": sent}, by=by)

    def upload(self, import_id: str, content: bytes) -> None:
        """Hand in a list's file; the bucket tells whoever listens."""
        bucket, key = self.stack.physical["ImportFiles"], f"uploads/{import_id}"
        self.stack.s3.put_object(Bucket=bucket, Key=key, Body=content)
        self.tell_of_upload(import_id)

    def tell_of_upload(self, import_id: str) -> None:
        """What the bucket tells of a file that was handed in; it may do so twice."""
        detail = {"bucket": {"name": self.stack.physical["ImportFiles"]}, "object": {"key": f"uploads/{import_id}"}}
        event = {"source": "aws.s3", "detail-type": "Object Created", "detail": detail}
        for rule in template.uploaded(self.stack.physical):
            if EventPattern(None, rule.pattern).matches_event(event):
                self.deliver(rule.to, event)
        self.settle_bus()

    # --- Functions

    def invoke(self, function: str, event: Any) -> Any:
        """Run a function once, in the instance that is there, or in a new one."""
        with self._environment(function), self.calls.of(function):
            try:
                if function not in self._instances:
                    self._instances[function] = new_instance(function)
                return self._instances[function].lambda_handler(json.loads(json.dumps(event)), None)
            except Crash:
                self._instances.pop(function, None)
                raise

    def deliver(self, function: str, event: Any) -> Any:
        """Run a function as its asynchronous senders do: again until it succeeds, or the event is put aside."""
        for _ in range(MAX_DELIVERIES):
            try:
                return self.invoke(function, event)
            except IndexMayBeBehind:
                heapq.heappush(self._retries, (iso(self.now + A_MINUTE), next(self._started), function, event))
                return None
            except (Crash, Exception):  # whatever it was, the sender tries again
                continue
        self.lost.append((function, event))
        return None

    def cold(self) -> None:
        """End all instances: the next request of each starts a new one, which knows nothing."""
        self._instances.clear()

    @contextmanager
    def _environment(self, function: str) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in template.environment(function, self.stack.physical).items():
                patch.setenv(name, value)
            yield

    # --- What connects the functions

    def settle(self) -> None:
        """Let everything happen that follows from what was saved, short of waiting."""
        while records := self.new_records():
            self.deliver_records(records)
            self._deliver_from_the_bus()
        self._open_mailbox()

    def settle_bus(self) -> None:
        """Deliver what lies on the bus, and the mails that this causes."""
        self._deliver_from_the_bus()
        self._open_mailbox()

    def new_records(self) -> list[dict[str, Any]]:
        """The stream's records since the last time, as far as the template's filter lets them through."""
        records = self.stack.stream(self._streamed)
        self._streamed += len(records)
        filters = template.stream_of("publish_events")["FilterCriteria"]["Filters"]
        patterns = [EventPattern(None, json.loads(each["Pattern"])) for each in filters]
        return [record for record in records if any(pattern.matches_event(record) for pattern in patterns)]

    def deliver_records(self, records: list[dict[str, Any]]) -> None:
        """Give records to publish_events in batches; after a partial failure, again from the first that failed."""
        size, attempts = template.stream_of("publish_events")["BatchSize"], 0
        while records and attempts < MAX_DELIVERIES:
            batch = records[:size]
            answer = self.deliver("publish_events", {"Records": batch})
            failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]} if answer else set()
            numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
            done = next((place for place, number in enumerate(numbers) if number in failed), len(batch))
            records, attempts = records[done:], 0 if done else attempts + 1
        self.lost += [("publish_events", record) for record in records]

    def _deliver_from_the_bus(self) -> None:
        for rule in template.rules():
            for event in self.stack.take(rule.name):
                if rule.to == ADOPTION:
                    assert rule.input_path == "$.detail"
                    self.adopt(event["detail"])
                elif rule.to in TIMERS:
                    assert rule.input_path == "$.detail"
                    self._wait(TIMERS[rule.to], event["detail"])
                elif rule.queue:
                    self._deliver_from_queue(rule, event)
                else:
                    self.deliver(rule.to, event)
        self._follow_executions()

    def _follow_executions(self) -> None:
        """Timers of leads that were started wait, and of those that were stopped one does not wait any more."""
        executions = self.stack.executions()
        for execution in executions[self._executions :]:
            self._wait("follow_up", json.loads(execution.execution_input))
        self._executions = len(executions)
        for name in sorted({each.name for each in executions if each.status == "ABORTED"} - self._stopped):
            self._stopped.add(name)
            if found := next((timer for timer in self._timers if timer[3]["event_id"] == name), None):
                self._timers.remove(found)
                heapq.heapify(self._timers)

    def _deliver_from_queue(self, rule: Rule, event: Any) -> None:
        """Give a message to the function that reads the queue, and keep what it sends there for later."""
        self.deliver(rule.to, in_queue(event))
        self.take_delayed(rule)

    def take_delayed(self, rule: Rule) -> None:
        """Keep what a function has sent to its own queue until its time comes."""
        assert rule.queue
        for message, delay in self.stack.take_delayed(rule.queue):
            self.delay(rule, message, delay)

    def delay(self, rule: Rule, message: Any, delay: timedelta) -> None:
        """Let a message wait in a queue."""
        heapq.heappush(self._delayed, (iso(self.now + delay), next(self._started), rule, message))

    def _open_mailbox(self) -> None:
        names = {arn: name for name, arn in self.stack.physical.items()}
        for notice in self.stack.take(MAILBOX):
            to = json.loads(notice.get("MessageAttributes", {}).get("to", {}).get("Value", "[]"))
            self.mails.append(Mail(names[notice["TopicArn"]], tuple(to), notice["Subject"], notice["Message"]))

    # --- The adoption of an agreement

    def adopt(self, detail: Mapping[str, Any]) -> None:
        """Start the state machine that adopts an agreement: it waits first, whatever it does then."""
        when = detail.get("in_force_from") or iso(self.now + UNTIL_EVERY_FUNCTION_KNOWS)
        heapq.heappush(self._adoptions, (iso(datetime.fromisoformat(when)), next(self._started), dict(detail)))

    @property
    def adoptions(self) -> list[tuple[str, dict[str, Any]]]:
        """When which adoption goes on, and with what."""
        return sorted(((due_at, detail) for due_at, _, detail in self._adoptions), key=lambda one: one[0])

    def _go_on_with(self, detail: Mapping[str, Any]) -> None:
        told = {"agreement_version": detail["agreement_version"]}
        if detail.get("in_force_from"):
            self.deliver("enact_agreement", told)
        else:
            while (progress := self.deliver("rescore_leads", told)) and not progress["done"]:
                continue
        self.settle()

    # --- Time

    def wait(self, length: timedelta) -> None:
        """Let time pass; each timer that falls due fires at its moment, as the state machine would have it."""
        end = self.now + length
        heaps: list[list[Any]] = [self._timers, self._adoptions, self._delayed, self._retries]
        while waiting := [heap for heap in heaps if heap and _due(heap) <= end]:
            heap = min(waiting, key=_due)
            self.now = max(self.now, _due(heap))
            *_, waited = popped = heapq.heappop(heap)
            if heap is self._delayed:
                self._deliver_from_queue(popped[2], waited)
                self.settle()
            elif heap is self._timers:
                self.fire(waited, popped[2])
            elif heap is self._retries:
                self.deliver(popped[2], waited)
                self.settle()
            else:
                self._go_on_with(waited)
        self.now = end

    def fire(self, timer: dict[str, Any], function: str = "follow_up") -> None:
        """A timer's time has come: its function looks, and says when to look again."""
        answer = self.deliver(function, timer)
        if answer and answer["due_at"]:
            self._wait(function, {**timer, "due_at": answer["due_at"]})
        self.settle()

    def _wait(self, function: str, timer: Mapping[str, Any]) -> None:
        heapq.heappush(self._timers, (timer["due_at"], next(self._started), function, dict(timer)))


def in_queue(message: Any) -> dict[str, Any]:
    """A message as a function gets it that reads a queue."""
    return {"Records": [{"body": json.dumps(message)}]}


def _due(heap: list[Any]) -> datetime:
    return datetime.fromisoformat(heap[0][0])


@cache
def _agreement(text: str) -> Agreement:
    return read_agreement(text)


@contextmanager
def aws() -> Iterator[tuple[Stack, Calls]]:
    """AWS in this process, with Baton's resources in it."""
    calls = Calls()
    with in_place_of_aws(calls):
        stack = Stack()
        stack.create()
        yield stack, calls


@contextmanager
def in_place_of_aws(calls: Calls) -> Iterator[None]:
    """An AWS in this process that has nothing yet, and is gone in the end."""
    with (
        pytest.MonkeyPatch.context() as patch,
        mock_aws(),
        served() as where,
        faster_moto(),
        sent_to_moto(),
        confirmations(),
        calls.watched(),
    ):
        for name, value in {"AWS_DEFAULT_REGION": REGION, **where}.items():
            patch.setenv(name, value)
        patch.setattr(rsa, "generate_private_key", cache(rsa.generate_private_key))  # slow
        botocore_clients._session.cache_clear()
        yield
    botocore_clients._session.cache_clear()
    clients.client.cache_clear()


@contextmanager
def living_in(world: World) -> Iterator[World]:
    """Let the world's clock be the time.

    It replaces what `aws.runtime.utc_clock` takes the time from, so that `utc_now` runs everywhere, and every
    function reads the same time whichever way it imports it. The stopwatch by which functions end in time stands still
    while they work, however slow the machine is; only their pauses move it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utc_clock, "datetime", _ClockFace(world))
        stopwatch = _Stopwatch()
        patch.setattr(time, "monotonic", stopwatch.seconds)
        patch.setattr(time, "sleep", stopwatch.pause)
        yield world


class _Stopwatch:
    def __init__(self) -> None:
        self._seconds = time.monotonic()

    def seconds(self) -> float:
        return self._seconds

    def pause(self, seconds: float) -> None:
        self._seconds += seconds


class _ClockFace:
    def __init__(self, world: World) -> None:
        self._world = world

    def now(self, zone: Any) -> datetime:
        return self._world.now.astimezone(zone)
