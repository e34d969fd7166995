"""Starts and stops the timers of leads: executions of a state machine, each named after the event that set it."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting

if TYPE_CHECKING:
    from types_boto3_stepfunctions import SFNClient


@dataclass(frozen=True, slots=True)
class TimerMachine:
    """The state machine that waits until a lead is due."""

    machines: "SFNClient"
    arn: str

    @classmethod
    def from_environment(cls) -> Self:
        """Uses the state machine of the deployed stack."""
        return cls(client("stepfunctions"), setting("FOLLOW_UP_TIMER_ARN"))

    def start(self, lead_id: str, event_id: str, due_at: str) -> None:
        """Starts the timer that an event set; a repeat while it waits starts none.

        The name may be taken by a timer that is over: this is a late repeat, or the history of a lead began anew after
        an erasure. Then a timer with a name of its own starts, and looks whether something is due.
        """
        told = json.dumps({"lead_id": lead_id, "event_id": event_id, "due_at": due_at}, separators=(",", ":"))
        if not self._start(event_id, told):
            self._start(f"{event_id}-{''.join(filter(str.isdigit, due_at))}", told)

    def stop(self, event_id: str) -> None:
        """Stops the timer that an event set, if it waits; one that starts later looks once, and ends by itself."""
        errors = self.machines.exceptions
        try:
            self.machines.stop_execution(executionArn=f"{self.arn.replace(':stateMachine:', ':execution:')}:{event_id}")
        except (errors.ExecutionDoesNotExist, errors.ValidationException):  # none of the name, or it has ended
            return

    def _start(self, name: str, told: str) -> bool:
        try:
            self.machines.start_execution(stateMachineArn=self.arn, name=name, input=told)
        except self.machines.exceptions.ExecutionAlreadyExists:
            return False
        return True
