"""Runs on each event that sets or ends a lead's timer: starts the one, and stops the one that waits in vain."""

from typing import Any

from baton.aws.messages.timer_machine import TimerMachine

timers = TimerMachine.from_environment()
MOVED = "ClocksMoved"
"""It tells when the moved clocks are due; it sets a timer only if it ends the former one, which looks too early."""


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Starts what waits before it stops what waited: if it fails in between, its repeat does the rest."""
    told = event["detail"]
    due_at, ends = told.get("due_at"), told.get("ends_timer")
    if due_at and (ends or event.get("detail-type") != MOVED):
        timers.start(told["lead_id"], told["event_id"], due_at)
    if ends:
        timers.stop(ends)
