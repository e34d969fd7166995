"""`make iam-trials`: takes each statement away from its role, and shows which check notices.

A statement, or a partition named in one, that can be removed without a failing check allows more than is needed: then
the status is 1.
"""

import shutil
import sys
import time

from tests.e2e.at_work import AtWork, read
from tests.iam.checks import REPS, RunningStack
from tests.iam.listener import listening
from tests.iam.partitions import Partitions
from tests.iam.roles import DENY_ALL, NO_PARTITION, Trials
from tools.emulator import Emulator
from tools.http_retries import RetryingTransport
from tools.mailbox import open_mailbox
from tools.stack import bring_up
from tools.workspace import SHARED, Workspace

WORKSPACE = Workspace(SHARED / "iam-trials")
DENIED_FOR_SECONDS = 20.0
"""For how long a request is sent again: a function that lacks a permission may answer 503 for ever."""
RETRIED_SECONDS = "3"


def run(trials: Trials) -> int:
    """Prints the table; returns how many statements nothing needs."""
    _controls(trials)
    RetryingTransport.most_seconds = DENIED_FOR_SECONDS
    removable = 0
    for trial in trials.all():
        begun = time.monotonic()
        verdict, can_go = trials.verdict(trial)
        removable += can_go
        print(f"{trial.name:<55} {time.monotonic() - begun:5.1f} s  {verdict}", flush=True)
    return removable


def _controls(trials: Trials) -> None:
    """Checks that all roles pass as deployed, that AWS here refuses what is denied, and which conditions it knows."""
    owners = sorted({trial.owner for trial in trials.all()})
    for owner in owners:
        trials.recover(owner)
    trials.running.patience.learned = True
    print(f"control: as deployed, the checks of all {len(owners)} roles pass", flush=True)
    trial = next(Trials(trials.running, {"GetLeadFunction"}).all())
    [name] = trial.policies
    print(f"control: GetLeadFunction, all denied: {trials.fault_with(trial, {name: DENY_ALL}) or 'WORKS'}", flush=True)
    nowhere = {**DENY_ALL, "Statement": [{**trial.statement, "Condition": NO_PARTITION}]}
    fault = trials.fault_with(trial, {name: nowhere})
    print(f"control: GetLeadFunction, for no partition: {fault or 'works, so LeadingKeys are not enforced here'}")


def main(*only: str) -> int:
    """Starts a stack of its own, tries all roles or the named ones, and stops the stack."""
    emulator = Emulator(WORKSPACE)
    emulator.stop()
    shutil.rmtree(WORKSPACE.state, ignore_errors=True)
    begun = time.monotonic()
    try:
        stack = bring_up(emulator, print)
        session = emulator.session()
        baton = AtWork(stack, session, open_mailbox(session, "trials", stack.mail_topics))
        for rep in read(baton.admin.get(REPS))["reps"]:
            body = {"role": rep["role"], "capacity": 1000}
            read(baton.admin.put(f"{REPS}/{rep['email']}", json=body))
        url = baton.physical_id("MailQueue")  # what a trial made fail comes again before the next one begins
        session.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": RETRIED_SECONDS})
        with listening() as (address, messages):
            trials = Trials(RunningStack(baton, address, messages), only)
            faults = run(trials) + Partitions(trials).run(stack.aws_endpoint_url)
        baton.close()
    finally:
        emulator.stop()
    print(
        f"{faults} statements or partitions that nothing needs, or that are missing; {time.monotonic() - begun:.0f} s"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
