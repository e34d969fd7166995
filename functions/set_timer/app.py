"""Runs on each event that sets or ends a lead's timer: starts the one, and stops the one that waits in vain."""

from typing import Any

from baton.aws.messages.timer_machine import TimerMachine

timers = TimerMachine.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Starts what waits before it stops what waited: if it fails in between, its repeat does the rest."""
    told = event["detail"]
    if due_at := told.get("due_at"):
        timers.start(told["lead_id"], told["event_id"], due_at)
    if ends := told.get("ends_timer"):
        timers.stop(ends)
