"""What a restart of the local stack must carry over, although MiniStack by itself does not."""

import shutil
from collections.abc import Iterator

import pytest

from tools.agreement import in_a_hurry, use_agreement
from tools.baton import Baton
from tools.emulator import Emulator
from tools.mailbox import Mailbox
from tools.stack import bring_up
from tools.workspace import SHARED, Workspace


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    emulator = Emulator(Workspace(SHARED / "restart"))
    emulator.stop()
    shutil.rmtree(emulator.workspace.state, ignore_errors=True)
    try:
        yield emulator
    finally:
        emulator.stop()


def test_leads_timers_and_mail_go_on_after_a_restart(emulator: Emulator) -> None:
    stack = bring_up(emulator, print)
    use_agreement(emulator.session(), stack.outputs["TableName"], in_a_hurry())
    with stack.api("sales") as staff:
        Baton(stack, staff).ask_for_a_person({"email": "before@restart.example"})
        Mailbox(emulator.session().client("sqs"), stack.mailbox_queue_url).wait_for("before@restart.example")
    emulator.stop()

    stack = bring_up(emulator, print)
    with stack.api("sales") as staff:
        baton = Baton(stack, staff)
        waiting = baton.lead_with_sales("before@restart.example")
        baton.wait_until(waiting["lead_id"], "HandoffReassigned")
        baton.ask_for_a_person({"email": "after@restart.example"})
        Mailbox(emulator.session().client("sqs"), stack.mailbox_queue_url).wait_for("after@restart.example")
