"""Answers on the pages behind mailed links: read, or refused with a remedy."""

from datetime import UTC, date, datetime

import pytest

from baton.domain.events.lead_events import Answered
from baton.domain.handoffs.link_actions import (
    AcceptRequest,
    CallRequest,
    CloseRequest,
    LearnRequest,
    LinkAnswer,
    NextTalkRequest,
    RateRequest,
)
from baton.domain.handoffs.reassignment import PassOnRequest
from baton.domain.handoffs.returns import ReturnRequest
from baton.domain.teams.leaves import LeaveRequest
from baton.intake.fields.field_faults import FormFaults
from baton.intake.forms.link_answers import read_click

FORM = "application/x-www-form-urlencoded"


def read_answer(action: str, sent: str) -> LinkAnswer | LeaveRequest:
    return read_click(action, FORM, sent.encode())


@pytest.mark.parametrize(
    ("action", "sent", "said"),
    [
        ("contact", "channel=phone&note=", CallRequest(channel="phone")),
        ("contact", "channel=meeting&note=+Wants+a+demo.+", CallRequest(channel="meeting", note="Wants a demo.")),
        ("contact", "channel=phone&outcome=no_answer", CallRequest(channel="phone", outcome="no_answer")),
        (
            "contact",
            "channel=email&outcome=reached&next_at=2026-12-03T10%3A00",
            CallRequest(channel="email", outcome="reached", next_at=datetime(2026, 12, 3, 10)),  # noqa: DTZ001
        ),
        (
            "contact",
            "channel=phone&next_at=+2026-12-03+10%3A00%2B01%3A00",
            CallRequest(channel="phone", next_at=datetime(2026, 12, 3, 9, tzinfo=UTC)),
        ),
        (
            "contact",
            "channel=phone&outcome=reached&budget=yes&budget_words=48k+EUR&authority=&need=no&timeline_words=in+spring",
            CallRequest(
                channel="phone",
                outcome="reached",
                bant={
                    "budget": Answered(value="48k EUR", met=True),
                    "need": Answered(value=False, met=False),
                    "timeline": Answered(value="in spring"),
                },
            ),
        ),
        (
            "contact",
            "channel=phone&outcome=only_next&next_at=2026-12-03T10%3A00&budget_words=48k&note=",
            NextTalkRequest(next_at=datetime(2026, 12, 3, 10)),  # noqa: DTZ001
        ),
        ("learn", "authority=yes", LearnRequest(bant={"authority": Answered(value=True, met=True)})),
        ("hand_on", "owner=Kim@Sales.example.com&reason=", PassOnRequest(owner="kim@sales.example.com")),
        ("hand_on", "owner=kim%40b.example&reason=Ill", PassOnRequest(owner="kim@b.example", reason="Ill")),
        ("leave", "from=2026-12-24&to=2027-01-03", LeaveRequest(since=date(2026, 12, 24), until=date(2027, 1, 3))),
        ("leave", "from=2026-12-24&to=", LeaveRequest(since=date(2026, 12, 24), until=date(2026, 12, 24))),
        ("return", "reason=bad_fit&note=", ReturnRequest(reason="bad_fit")),
        (
            "return",
            "reason=bad_timing&review_on=2027-02-01&note=New+year",
            ReturnRequest(reason="bad_timing", note="New year", review_on=date(2027, 2, 1)),
        ),
        ("close", "outcome=lost&reason=&amount=", CloseRequest(outcome="lost")),
        (
            "close",
            "outcome=won&reason=Best+fit&amount=48%2C000",
            CloseRequest(outcome="won", reason="Best fit", amount="48,000"),
        ),
        ("rate", "stars=1&note=", RateRequest(stars=1)),
        ("rate", "stars=5&note=More+of+these", RateRequest(stars=5, note="More of these")),
    ],
)
def test_an_answer_on_a_link_page_is_read(action: str, sent: str, said: LinkAnswer | LeaveRequest) -> None:
    assert read_answer(action, sent) == said


def test_a_page_that_only_shows_takes_no_answer() -> None:
    with pytest.raises(FormFaults) as refused:
        read_answer("open_leads", "")
    assert refused.value.status == 400


def test_an_acceptance_ignores_the_body_of_the_request() -> None:
    assert read_click("accept", "", b"") == AcceptRequest()
    assert read_click("accept", "text/plain", b"\xff") == AcceptRequest()


@pytest.mark.parametrize(
    ("action", "sent", "remedy"),
    [
        ("contact", "", "choose how you reached out"),
        ("contact", "channel=pigeon", "choose how you reached out"),
        ("contact", "channel=phone&outcome=asleep", "choose what came of it"),
        ("contact", "channel=phone&next_at=soon", "write the time like 2027-01-31T10:00"),
        ("contact", "channel=phone&next_at=2027-01-31", "write the time like 2027-01-31T10:00"),
        ("contact", "channel=phone&next_at=2027-02-30T10%3A00", "write the time like 2027-01-31T10:00"),
        ("contact", f"channel=phone&next_at=2027-01-31T10%3A00{'0' * 5000}", "write the time like 2027-01-31T10:00"),
        ("learn", "budget=&need_words=+", "answer one of the questions at least"),
        ("learn", "budget=maybe&need=yes", "choose yes or no, or leave it as it is"),
        ("leave", "from=&to=2026-12-24", "write the first day"),
        ("leave", "from=2026-12-24&to=soon", "write the date like 2027-01-31"),
        ("hand_on", "owner=+&reason=Ill", "choose a colleague"),
        ("close", "outcome=", "choose whether it is won or lost"),
        ("close", "outcome=drawn", "choose whether it is won or lost"),
        ("rate", "note=fine", "choose 1 to 5 stars"),
        ("rate", "stars=0", "choose 1 to 5 stars"),
        ("rate", "stars=6", "choose 1 to 5 stars"),
        ("rate", "stars=%C2%B2", "choose 1 to 5 stars"),
        ("return", "reason=", "choose why you return it"),
        ("return", "reason=bad_timing&review_on=soon", "write the date like 2027-01-31"),
        ("return", "reason=bad_timing&review_on=2027-02-30", "write the date like 2027-01-31"),
    ],
)
def test_a_missing_or_unreadable_answer_is_refused_with_a_remedy(action: str, sent: str, remedy: str) -> None:
    with pytest.raises(FormFaults) as refused:
        read_answer(action, sent)
    assert refused.value.status == 422
    assert [each.detail for each in refused.value.errors] == [remedy]


def test_all_that_is_wrong_with_an_answer_is_told_at_once_in_the_order_of_the_page() -> None:
    with pytest.raises(FormFaults) as refused:
        read_answer("contact", "outcome=asleep&channel=pigeon&next_at=soon")
    assert [each.field for each in refused.value.errors] == ["outcome", "channel", "next_at"]


@pytest.mark.parametrize("action", ["contact", "return", "close", "rate"])
def test_an_answer_with_another_content_type_is_refused(action: str) -> None:
    with pytest.raises(FormFaults) as refused:
        read_click(action, "text/plain", b"x")
    assert refused.value.status == 415


@pytest.mark.parametrize(
    ("action", "field", "limit"), [("contact", "note", 1_000), ("rate", "note", 1_000), ("close", "reason", 500)]
)
def test_a_note_is_cut_to_the_length_that_the_page_allows(action: str, field: str, limit: int) -> None:
    chosen = {"contact": "channel=phone", "rate": "stars=3", "close": "outcome=won"}[action]
    assert getattr(read_answer(action, f"{chosen}&{field}={'x' * 2_000}"), field) == "x" * limit
