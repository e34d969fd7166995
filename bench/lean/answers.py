"""What a build says of itself: the usage of a sale, processor time per lead, and how its functions are started."""

import gc
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bench.dynamodb_units import size_with_indexes
from bench.lean.played_stack import Event, Invocation, PlayedStack
from bench.lean.sale import ROOT, Sale, play, rest
from bench.lean.usage import usage

KEY = "the key of a tool that the benchmark plays"
KEPT = "DynamoDB, GB kept for a month"
LABEL = "WEBHOOKS"
WORDS = "WORDS#"
LOOKS = 2
"""The looks of the timer at a lead that is accepted and contacted in time."""


class Answers:
    """Plays in the stack of the build that this process runs in."""

    def __init__(self, stack: PlayedStack) -> None:
        """Gives the tool of the played webhooks its secret."""
        self.stack = stack
        self._numbers = count()
        secrets = stack.world.session.client("secretsmanager")
        arn, text = stack.world.environment["WEBHOOK_SECRETS_ARN"], json.dumps({"segment": [KEY]})
        if arn != stack.world.environment["LINK_KEY_ARN"]:  # in an earlier build a secret of its own
            secrets.put_secret_value(SecretId=arn, SecretString=text)
            return
        former = secrets.get_secret_value(SecretId=arn, VersionStage=LABEL)["VersionId"]
        secrets.put_secret_value(SecretId=arn, SecretString=text, VersionStages=[LABEL])
        # MiniStack leaves the label on the former version, too.
        secrets.update_secret_version_stage(SecretId=arn, VersionStage=LABEL, RemoveFromVersionId=former)

    def sale(self) -> dict[str, float]:
        """Returns what AWS bills for one sale from the form to its end, everything warm."""
        self._warm()
        before = self._used()
        sale = self._new()
        play(sale)
        after = self._used()
        return {unit: after[unit] - before[unit] for unit in after} | {KEPT: self._stored(sale) / 1e9}

    def form_to_mail(self) -> dict[str, float]:
        """Returns the write units and the processor seconds of one consultation request up to its mail.

        The words by which the lead is found are written beside that, once its events are on the bus: they are counted
        by themselves.
        The processor seconds are those of the two looks of its timer, too, which every lead needs.
        """
        gc.collect()
        sale = self._new()
        runs = sale.ask()
        for _ in range(LOOKS):
            self.stack.invoke("follow_up", self.stack.timers[-1].input)
        looks = self.stack.invocations[-LOOKS:]
        written = [new or old for run in runs for old, new in run.bill.written]
        words = sum(item["pk"]["S"].startswith(WORDS) for item in written)  # each is shorter than a unit
        return {
            "write units": sum(run.bill.writes for run in runs) - words,
            "write units of words": words,
            "seconds": sum(run.seconds for run in [*runs, *looks]),
        }

    def started(self, function: str) -> dict[str, Any]:
        """Returns the settings of a function, and an event with which it can be started now."""
        self.stack.clock.now = datetime.now(UTC).replace(microsecond=0)
        self.stack.timers.clear()  # those of the leads before, all of whose deadlines have passed by now
        events: dict[str, Callable[[], Event]] = {
            "submit_form": lambda: self._new().form(),
            "receive_webhook": self._delivery,
            "show_link": lambda: rest("GET", self._asked().link()),
            "use_link": lambda: rest("POST", self._asked().link()),
            "accept_handoff": self._accept,
        }
        return {"environment": self.stack.world.environment, "event": events[function]()}

    def settings(self) -> dict[str, str]:
        """Returns the environment of all functions."""
        found: dict[str, str] = self.stack.world.environment
        return found

    def _stored(self, sale: Sale) -> int:
        """Returns the bytes of all items of the sale's lead, with what AWS adds for each and for each index entry."""
        partition = f"LEAD#{sale.handoff.rpartition('-')[0]}"
        items: dict[str, Any] = {}
        for run in self.stack.invocations:
            items |= {new["sk"]["S"]: new for _, new in run.bill.written if new and new["pk"]["S"] == partition}
        return sum(size_with_indexes(item) for item in items.values())

    def _warm(self) -> None:
        for _ in range(2):
            play(self._new())

    def _used(self) -> dict[str, float]:
        return usage(self.stack)

    def _new(self) -> Sale:
        return Sale(self.stack, next(self._numbers))

    def _asked(self) -> Sale:
        sale = self._new()
        sale.ask()
        return sale

    def _accept(self) -> Event:
        sale = self._asked()
        return rest("POST", f"/handoffs/{sale.handoff}/accept", by=sale.owner)

    def _delivery(self) -> Event:
        """Returns a signed event of a tool, of a new person."""
        sent = json.loads(Path(ROOT / "events" / "webhooks" / "segment.json").read_text())
        text = json.dumps(sent).replace("@", f"+{next(self._numbers)}@")
        signature = hmac.new(KEY.encode(), text.encode(), hashlib.sha1).hexdigest()
        event = rest("POST", "/webhooks/segment")
        event["headers"] |= {"x-signature": signature}
        return event | {"body": text}

    def recorded(self, form: str, requests: int) -> list[Any]:
        """Returns what so many requests with this form do, each of another person: see `bench.scale.recording`."""
        return [self._recorded(form) for _ in range(requests)]

    def _recorded(self, form: str) -> list[Any]:
        begun = len(self.stack.invocations)
        self.stack.request("submit_form", self._new().form(form))
        self.stack.go_on(timedelta(seconds=2))
        return [[run.function, run.seconds, _calls(run)] for run in self.stack.invocations[begun:]]


def _calls(run: Invocation) -> list[Any]:
    """Returns a run's calls with their units by partition key, and how many events each puts on the bus."""
    found: list[Any] = [[call.operation, {}, {}, len(call.sent.get("Entries", []))] for call in run.calls]
    for taken in run.bill.taken:
        for units, number in zip(found[taken.call][1:3], (taken.writes, taken.reads), strict=True):
            if number:
                units[taken.key] = units.get(taken.key, 0) + number
    return found
