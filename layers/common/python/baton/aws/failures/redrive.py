"""Sends what lies in a queue of failures on its way again: to the step that it came from, the oldest first."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from baton.aws.failures.failure_queues import FailureQueues
from baton.aws.failures.state_machines import state_machines
from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.domain.failures.failure_kinds import check_is_redriven

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient
    from types_boto3_sqs.type_defs import MessageTypeDef
    from types_boto3_stepfunctions import SFNClient

SECONDS = 40.0
"""So long one run works; Lambda gives it a minute."""
HIDDEN_SECONDS = 60
"""So long nobody else gets a message that was received; one that was left is there again after that."""
BATCH = 10
SET_BY_A_FUNCTION = "FollowUpTimer"
"""The state machine that a function starts by the event, after it has stopped the timer before."""


class Redriven(NamedTuple):
    """What one call did: messages sent on and left, whether there are more, and why it stopped early."""

    queue: str
    sent_on: int
    left: int
    more: bool
    stopped: str | None

    def told(self) -> dict[str, Any]:
        """Returns it as JSON."""
        return self._asdict()


class NotReadable(ValueError):
    """A message is not what the step puts into its queue; a person has to look at it."""


@dataclass(frozen=True, slots=True)
class Redrive:
    """Knows for each queue where its messages go: a function gets the event, a state machine its input."""

    queues: FailureQueues
    lambdas: "LambdaClient"
    steps: "SFNClient"
    functions: dict[str, str]
    machines: dict[str, str]

    @classmethod
    def from_environment(cls) -> Self:
        """Redrives the queues of the deployed stack."""
        functions: dict[str, str] = json.loads(setting("REDRIVEN_FUNCTIONS"))
        return cls(
            FailureQueues.from_environment(), client("lambda"), client("stepfunctions"), functions, state_machines()
        )

    def redrive(self, queue: str) -> Redriven:
        """Sends on what lies in a queue; deletes each message once its step has taken it.

        It takes no more messages than lay there when it began, because what fails at once comes back.

        Raises:
            Refused: nobody can send on what lies in this queue.
        """
        check_is_redriven(queue)
        url, ends = self.queues.urls[queue], time.monotonic() + SECONDS
        to_do, sent, left = self.queues.depth(queue), 0, 0
        while sent + left < to_do:
            if time.monotonic() >= ends:
                return Redriven(queue, sent, left, more=True, stopped=None)
            messages = self._receive(url, min(BATCH, to_do - sent - left))
            if not messages:
                break
            for message in messages:
                try:
                    self._send_on(queue, message)
                except NotReadable:
                    left += 1
                    continue
                except Exception as fault:  # whatever keeps one from being taken keeps the others, too
                    return Redriven(queue, sent, left, more=True, stopped=type(fault).__name__)
                self.queues.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                sent += 1
        return Redriven(queue, sent, left, more=False, stopped=None)

    def _receive(self, url: str, number: int) -> list["MessageTypeDef"]:
        """Returns messages, the oldest first."""
        received = self.queues.sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=number,
            VisibilityTimeout=HIDDEN_SECONDS,
            WaitTimeSeconds=1,  # asks all of the queue's servers
            AttributeNames=["SentTimestamp"],
        )
        return sorted(received.get("Messages", []), key=_sent_at)

    def _send_on(self, queue: str, message: "MessageTypeDef") -> None:
        told = _read(message)
        begun = told.get("detail", told)
        named = next((name for field, name in _INPUTS.get(queue, ()) if field in begun), None)
        if (function := self.functions.get(queue)) and named in (None, SET_BY_A_FUNCTION):
            self.lambdas.invoke(FunctionName=function, InvocationType="Event", Payload=json.dumps(told).encode())
            return
        if named is None:
            raise NotReadable(f"it names no {' or '.join(field for field, _ in _INPUTS[queue])}")
        try:
            # The same name again is the same execution, so that a message that was taken twice starts it once.
            self.steps.start_execution(
                stateMachineArn=next(arn for arn, name in self.machines.items() if name == named),
                name=message["MessageId"],
                input=json.dumps(begun),
            )
        except self.steps.exceptions.ExecutionAlreadyExists:
            return


_OF_TIMERS = (("lead_id", "FollowUpTimer"), ("team", "WaitingTimer"))
_OF_ADOPTIONS = (("agreement_version", "AdoptAgreement"),)
_INPUTS = {
    "UnstartedTimersQueue": _OF_TIMERS,
    "LostTimersQueue": _OF_TIMERS,
    "UnstartedAdoptionsQueue": _OF_ADOPTIONS,
    "LostAdoptionsQueue": _OF_ADOPTIONS,
    "LostTrialsQueue": (("trial_id", "DraftTrial"),),
}
"""The queues of state machines, and for each the field of an input by which its machine is known."""


def _sent_at(message: "MessageTypeDef") -> int:
    return int(message.get("Attributes", {}).get("SentTimestamp", "0"))


def _read(message: "MessageTypeDef") -> Mapping[str, Any]:
    """Returns the event: as the bus sent it, or within what Lambda tells of a failed invocation (`requestPayload`)."""
    try:
        told = json.loads(message["Body"])
    except ValueError:
        raise NotReadable("it is no JSON") from None
    told = told.get("requestPayload", told) if isinstance(told, dict) else told
    if not isinstance(told, dict):
        raise NotReadable("it is no JSON object")
    return told
