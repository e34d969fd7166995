"""Scenes of mails that wait for the end of a pause, and of failures that operations hear of."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests.integration.test_watch_failures import LOOK
from tests.integration.world import KIM, World
from tests.stored.scenes import asked, sent

_MACHINES = ("FollowUpTimer", "WaitingTimer", "AdoptAgreement", "DraftTrial")


@contextmanager
def deployed_with(world: World, **physical: str) -> Iterator[None]:
    """A world whose stack has other values of parameters and names for a while."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in physical.items():
            patch.setitem(world.stack.physical, name, value)
        world.cold()
        yield
    world.cold()


def mails_wait_for_the_end_of_a_pause(world: World) -> None:
    asked(world, "DELETE", f"/teams/sales/reps/{KIM}", by="admin")
    with deployed_with(world, MailPauseSeconds="60"):
        for name in ("ann", "bob", "cy"):
            sent(world, email=f"{name}@{name}.example.org", first_name=name)


def mails_of_a_pause_leave_as_one(world: World) -> None:
    mails_wait_for_the_end_of_a_pause(world)
    with deployed_with(world, MailPauseSeconds="60"):
        world.wait(timedelta(minutes=2))


def operations_hear_what_failed(world: World) -> None:
    with deployed_with(world, PublishEventsFunction="publish_events", **{name: f"arn:of:{name}" for name in _MACHINES}):
        queue = world.stack.physical["UnsentMailQueue"]
        for number in range(2):
            world.stack.sqs.send_message(QueueUrl=queue, MessageBody=f'{{"n": {number}}}')
            world.invoke("watch_failures", LOOK)
            world.settle_bus()
        world.stack.sqs.purge_queue(QueueUrl=queue)


MAILS: dict[str, Callable[[World], None]] = {
    "mails wait for the end of a pause": mails_wait_for_the_end_of_a_pause,
    "mails of a pause leave as one": mails_of_a_pause_leave_as_one,
    "operations hear what failed": operations_hear_what_failed,
}
