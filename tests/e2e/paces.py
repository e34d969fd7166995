"""Stories that must be told before a moment comes, with clocks of seconds, or of more where the machine is slow.

A timer that comes late rightly does only what goes furthest, and a clock that ran out did run out. So a story whose
steps came too late for its clocks proves nothing: it is told again, to another lead, with clocks twice as long.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.e2e.at_work import AtWork, until

PACES = (4, 8, 16, 32)
"""How long the shortest clock of a story is, in seconds: each ends before a test gives up waiting for it."""

TOLD_BY_SECONDS = 20
"""How long a story waits for a mail whose time to leave is over."""


class TooSlow(Exception):
    """The machine was too slow for the clocks of a story."""


def at_a_pace(story: Callable[[int], None]) -> None:
    """Tell a story with clocks of 4 seconds; if the machine was too slow for these, with longer ones."""
    for seconds in PACES[:-1]:
        try:
            return story(seconds)
        except TooSlow as slow:
            print(f"too slow for clocks of {seconds} s: {slow}")
    return story(PACES[-1])


@contextmanager
def before(moment: datetime, what: str) -> Iterator[None]:
    """Do something that counts only if it is done before a moment; whatever fails later fails for that."""
    try:
        yield
    except Exception:
        if datetime.now(UTC) < moment:
            raise
    if datetime.now(UTC) >= moment:
        raise TooSlow(f"{what} was not done in time")


def must_have_looked_in_time(baton: AtWork, lead_id: str, apart: timedelta) -> None:
    """Be sure that no timer of a lead looked so late that its next step was due as well: `apart` after this one."""
    for due, over in _looks(baton, lead_id):
        if over >= due + apart:
            raise TooSlow(f"a look that was due at {due:%H:%M:%S.%f} was over at {over:%H:%M:%S.%f}")


def must_have_told_in_time(baton: AtWork, handoff_id: str, *told: tuple[str, str]) -> None:
    """Be sure that these mails, as `told_of` gives them, left while they were worth reading.

    A mail about a handoff that has another owner by then is rightly not sent, so it may never come.
    """
    wanted = Counter(told)

    try:
        until(lambda: wanted <= Counter(baton.told_of(handoff_id)), TOLD_BY_SECONDS)
    except AssertionError:
        raise TooSlow(f"not all of {sorted(wanted)} left in time") from None


def _looks(baton: AtWork, lead_id: str) -> Iterator[tuple[datetime, datetime]]:
    """When each look of the lead's timers was due, and when it was over."""
    machines, arn = baton.session.client("stepfunctions"), baton.outputs["FollowUpTimerArn"]
    since = moment(baton.timeline(lead_id)[0]["at"])
    for page in machines.get_paginator("list_executions").paginate(stateMachineArn=arn):
        for run in (run for run in page["executions"] if run["startDate"] >= since):
            yield from _looks_of(machines, run["executionArn"], lead_id)


def _looks_of(machines: Any, execution_arn: str, lead_id: str) -> Iterator[tuple[datetime, datetime]]:
    due = None
    for page in machines.get_paginator("get_execution_history").paginate(executionArn=execution_arn):
        for event in page["events"]:
            if event["type"] == "TaskStateEntered":
                told = json.loads(event["stateEnteredEventDetails"]["input"])
                due = moment(told["due_at"]) if told["lead_id"] == lead_id else None
            elif event["type"] == "TaskStateExited" and due:
                yield due, event["timestamp"]


def moment(text: str) -> datetime:
    """A moment as the API says it."""
    return datetime.fromisoformat(text)
