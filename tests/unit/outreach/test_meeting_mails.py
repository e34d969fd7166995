"""Mails and pages about a booked meeting: when, with whom, where, and what is called off."""

from datetime import timedelta
from typing import Any

import pytest

from baton.domain.leads.lead import Lead
from baton.domain.meetings.meeting import Meeting
from baton.domain.signals.signal_recording import record_signal
from baton.outreach.links.handoff_links import Action
from baton.outreach.mails import handoff_mails
from baton.outreach.mails.meeting_sections import meeting_lines
from baton.outreach.pages import link_questions
from tests.unit.given import AGREEMENT, KIM, NOW, SAM, consultation, rep
from tests.unit.outreach.given import LINKS, after, offered_to

START = NOW + timedelta(days=6)


def with_meeting(told: Meeting, time_zone: str | None = "Europe/Berlin") -> Lead:
    lead = offered_to(rep(SAM, time_zone=time_zone))
    sent = consultation(form=None, kind="meeting_booked", meeting=told, reference="ref-2", asks_for_a_person=False)
    return after(lead, record_signal(lead, sent, 1, NOW))


def meeting(**said: Any) -> Meeting:
    return Meeting.model_validate({"meeting_id": "a", "starts_at": START, "told_at": NOW, **said})


def lines(told: Meeting, time_zone: str | None = "Europe/Berlin") -> list[str]:
    lead = with_meeting(told, time_zone)
    assert lead.handoff
    return meeting_lines(lead, lead.handoff, NOW)


def test_the_mail_says_when_with_whom_and_where() -> None:
    told = meeting(
        hosts=(SAM,), name="Demo", place="Room 3", join_url="https://a.example/j", time_zone="America/New_York"
    )
    assert lines(told) == [
        "MEETING, in 6d: Demo",
        "Mon 30 Nov 2026, 10:30 CET (09:30 UTC)",
        "For the lead: Mon 30 Nov 2026, 04:30 EST",
        "With: you",
        "Where: Room 3",
        "https://a.example/j",
    ]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        pytest.param({"hosts": (KIM,)}, "With: kim [at] sales[.]example[.]com", id="another host"),
        pytest.param({"hosts": (KIM, SAM)}, "With: kim [at] sales[.]example[.]com, you", id="two hosts"),
        pytest.param({"host_name": "Sam Doe"}, "With: Sam Doe", id="a name only"),
        pytest.param({"place": "https://evil.example"}, "Where: hxxps://evil[.]example", id="a place that is a link"),
        pytest.param({"name": "Win at www.evil.example"}, "MEETING, in 6d: Win at www[.]evil[.]example", id="a name"),
        pytest.param({"moves": True, "called_off": True}, "MEETING, being moved, in 6d", id="being moved"),
        pytest.param({"called_off": True, "name": "Demo"}, "MEETING CALLED OFF: Demo", id="called off"),
    ],
)
def test_what_anybody_typed_cannot_be_clicked(said: dict[str, Any], line: str) -> None:
    assert line in lines(meeting(**said))


def test_a_time_is_said_once_where_all_are_in_one_place() -> None:
    assert lines(meeting(time_zone="Europe/Madrid"))[1:] == ["Mon 30 Nov 2026, 10:30 CET (09:30 UTC)"]
    assert lines(meeting(), None)[1:] == ["Mon 30 Nov 2026, 09:30 UTC"]


def test_a_meeting_that_is_over_is_not_in_the_mail() -> None:
    lead = with_meeting(meeting())
    assert lead.handoff
    assert meeting_lines(lead, lead.handoff, START) == []


def test_the_alert_the_reminder_and_the_news_have_the_meeting() -> None:
    lead = with_meeting(meeting(hosts=(SAM,)))
    assert lead.handoff
    clock = lead.handoff.clocks[1]
    mails = [
        handoff_mails.alert(lead, lead.handoff, None, LINKS, NOW),
        handoff_mails.reminder(lead, lead.handoff, clock, LINKS, NOW),
    ]
    assert all("MEETING, in 6d\nMon 30 Nov 2026, 10:30 CET (09:30 UTC)\nWith: you\n" in text for _, text in mails)


def test_the_page_says_when_and_with_whom_and_nothing_that_was_typed() -> None:
    lead = with_meeting(
        meeting(hosts=(SAM,), name="secret words", place="secret words", join_url="https://a.example/j")
    )
    assert lead.handoff
    link = LINKS.read(LINKS.url(lead.handoff, Action.ACCEPT, NOW).rpartition("/")[2], NOW)
    page = link_questions.question_page(link, lead, AGREEMENT, NOW)
    assert f"Mon 30 Nov 2026, 10:30 CET, with {SAM}" in page
    assert "secret" not in page
    assert "a.example" not in page
