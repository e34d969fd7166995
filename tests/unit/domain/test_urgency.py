"""The most urgent notification is the one whose clock is due first; what is late already was due before."""

from datetime import timedelta

from baton.domain.leads.clock import Clock
from baton.domain.notifications.notification_kinds import AccountEngaged, Alert, Escalation, Reminder
from baton.domain.notifications.urgency import act_by
from tests.unit.given import NOW


class Having:
    """A handoff with nothing but its clocks."""

    def __init__(self, *clocks: Clock) -> None:
        self.clocks = clocks


def clock(minutes: float, *, stopped: bool = False) -> Clock:
    due = NOW + timedelta(minutes=minutes)
    return Clock(name="c", started_at=NOW, due_at=due, stops_when="accepted", stopped_at=NOW if stopped else None)


def test_what_is_late_comes_before_what_is_due_and_both_before_what_waits_for_nobody() -> None:
    late, soon = clock(-5), clock(15)
    heard = {
        "alert": Alert(("a",), Having(clock(1, stopped=True), clock(30), clock(60))),  # type: ignore[arg-type]
        "reminder": Reminder(("a",), Having(soon), soon),  # type: ignore[arg-type]
        "escalation": Escalation(("a",), Having(late), None, late),  # type: ignore[arg-type]
    }
    due = {name: act_by(each) for name, each in heard.items()}
    assert due["alert"] == NOW + timedelta(minutes=30)
    assert sorted(due, key=lambda name: due[name] or NOW) == ["escalation", "reminder", "alert"]
    assert act_by(AccountEngaged(("a",), None)) is None  # type: ignore[arg-type]


def test_an_alert_without_a_running_clock_is_not_urgent() -> None:
    assert act_by(Alert(("a",), Having(clock(1, stopped=True)))) is None  # type: ignore[arg-type]
