"""The demonstration's story of a reading lead: Baton accepts its signals."""

from datetime import timedelta

from baton.intake.signals.batch_reader import read_signals
from tools.demo_reading_act import STORY
from tools.terminal_text import moment


def test_the_story_has_four_valid_signals_of_one_lead_over_more_than_three_weeks() -> None:
    told = read_signals(STORY.read_bytes(), b"a pepper for tests", moment("2026-11-24T09:15:00Z"))

    messages = [each.message for each in told if each.message]
    assert [each.errors for each in told] == [()] * 4
    assert len({message.lead_id for message in messages}) == 1
    times = [message.signal.occurred_at for message in messages]
    assert times == sorted(times)
    assert times[-1] - times[0] > timedelta(weeks=3)
