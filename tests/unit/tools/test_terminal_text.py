"""Clocks, events and mails as the demonstration prints them."""

from datetime import UTC, datetime, timedelta

import pytest

from tools import terminal_text
from tools.mailbox import Mail

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(seconds=0), "in 0 seconds"),
        (timedelta(seconds=1), "in 1 second"),
        (timedelta(minutes=29, seconds=58), "in 30 minutes"),
        (timedelta(hours=4), "in 4 hours"),
        (timedelta(days=2), "in 2 days"),
        (timedelta(minutes=-5), "5 minutes ago"),
    ],
    ids=str,
)
def test_a_running_clock_is_printed_with_the_time_left(left: timedelta, words: str) -> None:
    clock = {"name": "first_contact", "due_at": (NOW + left).isoformat(), "breached": False}
    (line,) = terminal_text.clocks({"clocks": [clock]}, NOW)
    assert line.startswith(f"  first contact  due {words}, ")


def test_a_stopped_clock_is_printed_as_in_time_or_too_late() -> None:
    clock = {"name": "accept", "due_at": NOW.isoformat(), "stopped_at": NOW.isoformat(), "breached": True}
    (line,) = terminal_text.clocks({"clocks": [clock]}, NOW)
    assert line.split() == ["accept", "stopped", "09:00:00", "UTC,", "too", "late"]


def test_an_event_is_printed_with_its_facts_and_reasons() -> None:
    event = {"type": "HandoffOffered", "owner": "sam@baton.example", "trigger": "by_hand", "reasons": ["asked"]}
    lines = list(terminal_text.events([{"at": NOW.isoformat(), **event}]))
    assert lines[0] == "  09:00:00.000  HandoffOffered     trigger by hand, owner sam@baton.example"
    assert lines[1].strip() == "because asked"


def test_a_mail_is_printed_word_for_word() -> None:
    came = Mail("topic", "A lead waits", "Hello Sam,\n\n  call  Jo.\n", ("sam@baton.example",), "")
    inner = terminal_text.mail(came).splitlines()[1:-1]
    assert inner == ["To: sam@baton.example", "Subject: A lead waits", "", "Hello Sam,", "", "  call  Jo."]
