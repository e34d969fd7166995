"""A deployment on MiniStack's DynamoDB with many instances of its functions, for tests of many requests at once.

moto is wrong for this: it has no isolation. MiniStack's DynamoDB keeps what it promises under many writers at once.
"""

import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.aws.agreement.enactment import seed
from baton.aws.table.keys import team_keys
from baton.aws.teams.team_timers import MAY_FIRE_NOW
from baton.domain.leads.handoff import Handoff
from baton.outreach.links.handoff_links import Action, Links
from tests.integration.function_processes import FunctionProcesses, function_processes
from tests.integration.gateway import Answer, Event, answered, request
from tests.integration.stack import PUBLIC_URL, REGION, Stack, secret
from tests.integration.tables import served
from tests.integration.world import ANNA
from tools.emulator import Emulator
from tools.workspace import Workspace

ACCEPTED, FAILED = 202, "failed"
Build = Callable[..., "Deployment"]
Requests = list[tuple[str, Event]]


@dataclass(frozen=True)
class Deployment:
    """A stack without people and leads, and processes that run its functions at once."""

    stack: Stack
    functions: FunctionProcesses

    def hire(self, *emails: str, capacity: int = 25, weight: int = 1) -> None:
        """Put people on the roster whose addresses are confirmed; here nobody gets mail."""
        for email in emails:
            terms = {"weight": {"N": str(weight)}, "capacity": {"N": str(capacity)}, "open_handoffs": {"N": "0"}}
            person = {"email": {"S": email}, "role": {"S": "rep"}, "subscription": {"S": "confirmed"}}
            self.stack.dynamodb.put_item(
                TableName=self.stack.table, Item={**team_keys.rep("sales", email), **person, **terms}
            )

    def ask(self, requests: Requests) -> list[Answer]:
        """Send all requests at once; whatever they were answered, the table is consistent.

        Where some signals of a batch could not be saved, because their lead was too busy, the batch is sent again.
        """
        answers = [answered(answer) for answer in self.functions.run(requests, self.stack.physical)]
        while failed := [place for place, answer in enumerate(answers) if FAILED in _results(answer)]:
            again = self.functions.run([requests[place] for place in failed], self.stack.physical)
            for place, answer in zip(failed, map(answered, again), strict=True):
                answers[place] = _with_what_was_saved_before(answers[place], answer)
        self.stack.must_be_consistent()
        return answers

    def let_timers_look(self, team: str = "sales") -> None:
        """Let the team's timer look at its lines while it is due, as after an invocation whose time was over."""
        while (told := self.stack.store.team_log(team)).due_at and told.due_at <= datetime.now(UTC) + MAY_FIRE_NOW:
            self.functions.run([("serve_waiting", {"team": team, "event_id": told.timer})], self.stack.physical)

    def offer(self) -> Handoff:
        """Have a lead handed over."""
        (answer,) = self.ask([a_form(ANNA)])
        assert answer.status == 202
        handoff = self.stack.lead().handoff
        assert handoff
        assert handoff.owner
        return handoff

    def click(self, handoff: Handoff, action: Action, body: str | None = None) -> tuple[str, Event]:
        """A click on the link in a mail to the handoff's owner."""
        url = Links(PUBLIC_URL, [secret("LinkKey")]).url(handoff, action, datetime.now(UTC))
        encoded = {"Content-Type": "application/x-www-form-urlencoded"}
        return request("POST", url.removeprefix(PUBLIC_URL), body, headers=encoded)


def _results(answer: Answer) -> list[str]:
    """What became of each signal of a batch."""
    content = answer.json() if answer.status == ACCEPTED else {}
    return [each["result"] for each in content.get("results", [])]


def _with_what_was_saved_before(before: Answer, after: Answer) -> Answer:
    """The answer to a batch that was sent again: of what was saved the first time, what was said then."""
    first, second = before.json(), after.json()
    pairs = zip(first["results"], second["results"], strict=True)
    results = [again if once["result"] == FAILED else once for once, again in pairs]
    return replace(after, body=json.dumps(second | {"results": results}))


def a_form(email: str, name: str = "consultation", **answers: str) -> tuple[str, Event]:
    return request("POST", f"/forms/{name}", {"email": email, **answers})


@pytest.fixture(scope="module")
def new_deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    emulator = Emulator(Workspace(tmp_path_factory.mktemp("ministack")))
    emulator.start()
    try:
        with served() as where, pytest.MonkeyPatch.context() as patch:
            for name, value in where.items():
                patch.setenv(name, value)
            yield from _builds(emulator, where)
    finally:
        emulator.stop()


def _builds(emulator: Emulator, where: dict[str, str]) -> Iterator[Build]:
    session = emulator.session()
    secrets = Stack(session)
    secrets.create_secrets()
    tables = (f"baton-{number}" for number in itertools.count())
    with function_processes({**emulator.environment, "AWS_DEFAULT_REGION": REGION, **where}) as functions:

        def build(agreed: str = packaged_text()) -> Deployment:
            stack = Stack(session, table=next(tables), physical=dict(secrets.physical))
            stack.create_table()
            seed(stack.store, agreed, read_agreement, datetime.now(UTC))
            return Deployment(stack, functions)

        yield build


@pytest.fixture
def deployment(new_deployment: Build) -> Deployment:
    return new_deployment()


def statuses(answers: list[Answer]) -> Counter[int]:
    """How many were answered with which status."""
    return Counter(answer.status for answer in answers)
