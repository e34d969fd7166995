"""`make run`: runs Baton on this machine, plays one request through, and serves until it is stopped."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress

import boto3
import httpx
from botocore.exceptions import BotoCoreError

from tools import terminal_text
from tools.baton import Baton, RequestRefused
from tools.demo_acts import a_visitor_asks
from tools.deployment import DeploymentFailed
from tools.emulator import Emulator, EmulatorFailed
from tools.history.history_file import Extent
from tools.history.loaded import HistoryFailed
from tools.mailbox import Mailbox, open_mailbox
from tools.stack import Stack, bring_up
from tools.staff import PASSWORD, STAFF
from tools.workspace import MAIN

FAILURES = (DeploymentFailed, EmulatorFailed, HistoryFailed, RequestRefused, TimeoutError, httpx.HTTPError)
"""The exceptions whose message explains what went wrong."""


class Stopped(BaseException):
    """Somebody asked the program to stop; it is no `Exception`, so that no handler on the way takes it for a fault."""


@contextmanager
def on_this_machine(history: Extent | None = None) -> Iterator[tuple[Baton, Mailbox, boto3.Session, Emulator]]:
    """Runs Baton, and stops it in the end in any case; its state is kept for the next start."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _stop)
    emulator, failed = Emulator(MAIN), False
    try:
        stack = bring_up(emulator, _say, history)
        session = emulator.session()
        # A queue of our own: whoever reads the one in local.json shall find every mail in it.
        mailbox = open_mailbox(session, "printed", stack.mail_topics)
        mailbox.read()
        mailbox.mails.clear()
        with stack.api("sales") as staff:
            yield Baton(stack, staff), mailbox, session, emulator
    except FAILURES:
        failed = True
        raise
    finally:
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, signal.SIG_IGN)
        # What failed first is told, and not that AWS here does not stop after it.
        with suppress(EmulatorFailed) if failed else nullcontext():
            if emulator.stop():
                print("\nStopped. What Baton knew is kept for the next start.")


def main(*arguments: str) -> None:
    """Starts Baton, plays one request, and prints each mail until Ctrl-C, SIGTERM or `make stop`.

    A new stack has thirty days of history, none if an argument is `--empty`, and very much of it with `--many`.
    """
    wanted: Extent = "crowd" if "--many" in arguments else "month"
    try:
        with on_this_machine(None if "--empty" in arguments else wanted) as (baton, mailbox, _, emulator):
            a_visitor_asks(baton, mailbox, _say)
            print(terminal_text.heading("Serving"), invitation(baton.stack), sep="\n", flush=True)
            # When it cannot be read any more, AWS here was stopped from elsewhere.
            with suppress(BotoCoreError):
                while emulator.running():
                    for mail in mailbox.read(wait_seconds=1):
                        _say(terminal_text.mail(mail))
    except Stopped:
        pass
    except FAILURES as failure:
        sys.exit(f"\n{failure}")


def invitation(stack: Stack) -> str:
    """Returns the text that says where Baton is, what a client needs, and how to stop it."""
    return (
        f"Baton answers at {stack.api_url}\n"
        f"Its console: {stack.api_url}/console\n"
        f"Sign in with the password {PASSWORD} as {STAFF['marketing']}, {STAFF['sales']},\n"
        f"{STAFF['manager']} (manager of sales) or {STAFF['admin']} (administrator).\n"
        f"Addresses and tokens are in {MAIN.local_json.relative_to(MAIN.folder.parent)}, good for two hours;"
        " `make token` renews them.\n"
        "Mails are printed as they come. Stop with Ctrl-C."
    )


def _say(line: str) -> None:
    print(line, flush=True)


def _stop(_signal: int, _frame: object) -> None:
    raise Stopped


if __name__ == "__main__":
    main(*sys.argv[1:])
