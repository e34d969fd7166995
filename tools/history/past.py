"""The past of a company: Baton's own functions, run in this process under a clock that goes from act to act.

Everything in it was decided, stored and followed up by the functions that are deployed, so that nothing is stored that
they would not have stored. AWS is moto, as in tests/integration.
"""

import heapq
import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from moto.moto_api._internal import mock_random

from baton.aws.messages.mail_topic import MailTopic
from baton.aws.messages.timer_machine import TimerMachine
from baton.domain.identity.lead_ids import lead_id_of
from baton.domain.leads.lead import Lead
from baton.domain.working_time.business_time import WorkingTime
from tests.integration import sent_to_moto
from tests.integration.gateway import Answer
from tests.integration.world import START, World, aws, living_in
from tools.history.cast.agreements import OFFICE
from tools.history.history_file import PEPPER

Act = Callable[[], object]
Reaction = Callable[[str, Mapping[str, Any]], None]
SEED = "thirty days"


@dataclass
class Past(World):
    """A stack in this process, what people are going to do there, and chance, from a seed."""

    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311  # the same each time
    reactions: list[Reaction] = field(default_factory=list)
    refused: list[Answer] = field(default_factory=list)
    ends: datetime = START
    _plans: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def plan(self, at: datetime, act: Act) -> None:
        """Somebody is going to do something, unless that is after the end."""
        if at < self.ends:
            heapq.heappush(self._plans, (max(at, self.now), next(self._numbers), act))

    def in_working_time(self, start: datetime, length: timedelta) -> datetime:
        """Returns the moment so much working time later, and at least a few minutes of it."""
        return OFFICE_HOURS.add(start, max(length, timedelta(minutes=2)))

    def live(self) -> None:
        """Lets everything happen that is planned, with all that follows, until the end."""
        while self._plans:
            at, _, act = heapq.heappop(self._plans)
            self.wait(at - self.now)
            act()
            self.settle()
        self.wait(self.ends - self.now)

    def act(self, by: str, groups: str, method: str, path: str, body: Any = None) -> Answer:
        """Somebody of the staff calls the API; what was refused is kept, as others may have been faster."""
        answer = self.ask(method, path, body, by=by, groups=groups)
        if answer.status >= 400:
            self.refused.append(answer)
        self.settle()
        return answer

    def lead(self, lead_id: str) -> Lead:
        """Returns a lead as it is now."""
        found = self.stack.store.lead(lead_id)
        if found is None:
            raise LookupError(f"there is no lead {lead_id}")
        return found

    def lead_of(self, email: str) -> str:
        """Returns the id of the lead with this address."""
        return lead_id_of(email, PEPPER.encode())

    def deliver_records(self, records: list[dict[str, Any]]) -> None:
        """Delivers what the stream has; people react to it, too."""
        super().deliver_records(records)
        for record in records:
            image = record["dynamodb"]["NewImage"]
            if "facts" in image:
                facts = json.loads(image["facts"]["S"])
                for react in self.reactions:
                    react(image["type"]["S"], facts)

    @contextmanager
    def nobody_reacts(self) -> Iterator[None]:
        """Lets people overlook what happens meanwhile."""
        reactions, self.reactions = self.reactions, []
        try:
            yield
        finally:
            self.reactions = reactions

    def start_timer(self, lead_id: str, event_id: str, due_at: str) -> None:
        """Has a lead's timer wait, as the state machine would."""
        self._wait("follow_up", {"lead_id": lead_id, "event_id": event_id, "due_at": due_at})

    def stop_timer(self, event_id: str) -> None:
        """Has a lead's timer wait no longer."""
        self._timers = [timer for timer in self._timers if timer[3]["event_id"] != event_id]
        heapq.heapify(self._timers)

    @property
    def timers(self) -> list[tuple[str, dict[str, Any]]]:
        """The function and the message of each timer that waits, the first that is due first."""
        return [(function, timer) for _, _, function, timer in sorted(self._timers)]


OFFICE_HOURS = WorkingTime(OFFICE)


@contextmanager
def past(begins: datetime, ends: datetime) -> Iterator[Past]:
    """Opens an empty stack in this process, at a moment of the past; its random ids are the same each time."""
    mock_random.seed(SEED)
    with aws() as (stack, calls), pytest.MonkeyPatch.context() as patch:
        stack.secrets.put_secret_value(SecretId=stack.physical["Pepper"], SecretString=PEPPER)
        opened = Past(stack, calls, begins, ends=ends)
        draw = random.Random(SEED)  # noqa: S311  # as above
        patch.setattr("baton.aws.imports.import_items.token_hex", lambda length: draw.randbytes(length).hex())
        _spare(patch, opened)
        for sweep in ("signals.signal_batches", "sweeps.rescoring", "trials.trial_job"):
            patch.setattr(f"baton.aws.{sweep}.AT_ONCE", 1)
        with living_in(opened):
            yield opened


def _spare(patch: pytest.MonkeyPatch, opened: Past) -> None:
    """Leaves out what costs time and leaves nothing behind: mails on their way, state machines, checks."""
    patch.setattr(MailTopic, "send", lambda *_: None)
    patch.setattr(TimerMachine, "start", opened.start_timer)
    patch.setattr(TimerMachine, "stop", opened.stop_timer)
    patch.setattr(sent_to_moto, "must_fit", lambda *_: None)
