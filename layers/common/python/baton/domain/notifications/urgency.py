"""Tells by when a notification wants its reader to act, so that of several the most urgent stands first."""

from datetime import datetime

from baton.domain.notifications.notification_kinds import (
    Alert,
    DutyBegun,
    DutyEscalation,
    DutyReminder,
    Escalation,
    MoreRequests,
    News,
    Notification,
    Reminder,
)


def act_by(about: Notification) -> datetime | None:
    """Returns when the clock in question is due, or the first of those that run; None if nothing waits for the reader.

    What is late already was due first, so it comes first.
    """
    match about:
        case Reminder() | Escalation():
            return about.clock.due_at
        case DutyBegun() | DutyReminder() | DutyEscalation():
            return about.duty.clock.due_at
        case Alert() | News() | MoreRequests():
            running = (clock.due_at for clock in about.handoff.clocks if clock.stopped_at is None)
            return min(running, default=None)
        case _:
            return None
