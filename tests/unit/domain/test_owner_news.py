"""News of a lead for its owner: a request for a person is always heard, and nobody can flood the owner's mailbox."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from baton.domain.events.handoff_events import RequestsTold
from baton.domain.events.recorded import Recorded
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.ownership import MOST_NEWS
from baton.domain.leads.stage_and_status import Status
from baton.domain.timers.deadlines import next_deadline
from tests.unit.domain.scenario import Scenario

ASKS = {"form": "consultation", "asks_for_a_person": True}
FORMS_AT_ONCE, TOLD_AT_ONCE = MOST_NEWS["request"], MOST_NEWS["confirmed_request"]
DAY = timedelta(days=1)


def with_sales(*, accepted: bool = True) -> Scenario:
    """A lead that asked for a person an hour ago; its owner has accepted it since."""
    lead = Scenario.shipped()
    lead.sends("consultation_requested", **ASKS, message="the first")
    if accepted:
        lead.accepts()
    lead.waits(hours=1)
    return lead


def asks(lead: Scenario, **said: Any) -> None:
    lead.sends("consultation_requested", **{**ASKS, **said})


def last_signal(lead: Scenario) -> SignalRecorded:
    return next(each.event for each in reversed(lead.history) if isinstance(each.event, SignalRecorded))


def told_in_one(lead: Scenario) -> list[RequestsTold]:
    return [each.event for each in lead.history if isinstance(each.event, RequestsTold)]


@pytest.mark.parametrize(
    ("kind", "said", "times"),
    [
        pytest.param("page_visited", {}, 6, id="six page views"),
        pytest.param("page_visited", {"anybody": True, "source": "segment"}, 60, id="page views by a public key"),
        pytest.param("email_clicked", {"source": "hubspot"}, 20, id="clicks"),
        pytest.param("content_downloaded", {"form": "content-download", "content": "guide"}, 20, id="other forms"),
        pytest.param("consultation_requested", {**ASKS, "spam": True, "suspicion": "honeypot"}, 20, id="robots' forms"),
        pytest.param("consultation_requested", ASKS, FORMS_AT_ONCE - 1, id="the requests before the last told at once"),
        pytest.param("unsubscribed", {"source": "hubspot"}, 8, id="unsubscriptions"),
        pytest.param("contact_updated", {"source": "hubspot"}, 20, id="changes of a record"),
        pytest.param("webinar_attended", {"source": "zoom"}, 20, id="webinars"),
    ],
)
@pytest.mark.parametrize("asked_by", ["a form", "a tool", "a tool's form"])
def test_the_owner_gets_a_mail_about_a_request_whatever_came_within_the_hour(
    kind: str, said: dict[str, Any], times: int, asked_by: str
) -> None:
    lead = with_sales()
    for _ in range(times):
        lead.sends(kind, **said)
    if asked_by == "a form":
        asks(lead)
    else:
        lead.sends("demo_requested", source="hubspot", anybody=asked_by == "a tool's form")
    assert last_signal(lead).tells_owner


def test_a_request_that_a_signed_tool_tells_is_heard_at_once_in_a_flood_of_forms() -> None:
    lead = with_sales()
    for _ in range(200):
        asks(lead)
    lead.sends("meeting_booked", source="calendly")
    assert last_signal(lead).tells_owner


def test_two_hundred_requests_within_an_hour_are_a_few_mails_and_one_that_names_how_many_there_were() -> None:
    lead = with_sales()
    for number in range(200):
        asks(lead, message=f"number {number}")
    at_once = [each for each in lead.history if isinstance(each.event, SignalRecorded) and each.event.tells_owner]
    assert len(at_once) == FORMS_AT_ONCE
    assert told_in_one(lead) == []
    assert next_deadline(lead.known) == lead.now + timedelta(hours=1)
    lead.waits(hours=1)
    [told] = told_in_one(lead)
    assert told.requests == 200 - FORMS_AT_ONCE
    assert lead.known.request
    assert lead.known.request.message == "number 199"
    assert lead.waits(seconds=1) == []


def test_a_flood_that_goes_on_is_one_mail_an_hour() -> None:
    lead = with_sales()
    for _ in range(5):
        for _ in range(50):
            asks(lead)
        lead.waits(hours=1)
        lead.sends("page_visited")
    assert [told.requests for told in told_in_one(lead)] == [50 - FORMS_AT_ONCE, 50, 50, 50, 50]


def test_after_an_hour_without_a_flood_a_request_is_a_mail_of_its_own_again() -> None:
    lead = with_sales()
    for _ in range(50):
        asks(lead)
    lead.waits(hours=1)
    lead.now += timedelta(hours=1)
    asks(lead)
    assert last_signal(lead).tells_owner


def test_a_timer_that_is_late_or_fires_twice_tells_of_each_request_once() -> None:
    lead = with_sales()
    for _ in range(10):
        asks(lead)
    lead.now += timedelta(hours=3)
    asks(lead)
    assert not last_signal(lead).tells_owner, "the mail of all is due, and names this one as well"
    lead.waits(minutes=1)
    lead.waits(minutes=1)
    assert [told.requests for told in told_in_one(lead)] == [11 - FORMS_AT_ONCE]


@pytest.mark.parametrize("reason", ["not_qualified", "bad_fit", "bad_timing"])
def test_a_lead_that_is_returned_before_its_owner_heard_of_a_request_is_handed_over_again(reason: str) -> None:
    lead = with_sales()
    for _ in range(10):
        asks(lead)
    lead.now += timedelta(minutes=30)
    lead.is_returned(reason)
    assert lead.known.status is Status.WITH_SALES
    assert lead.known.handoff
    assert lead.known.handoff.handoff_id.endswith("-002")


def test_a_lead_whose_owner_reached_out_after_the_last_request_stays_returned() -> None:
    lead = with_sales()
    for _ in range(10):
        asks(lead)
    lead.contacts()
    lead.now += timedelta(minutes=30)
    lead.is_returned()
    assert lead.known.status is Status.NURTURING


def test_a_request_that_a_tool_tells_late_is_not_taken_for_one_that_sales_has_seen() -> None:
    lead = with_sales()
    lead.sends("demo_requested", source="hubspot", occurred_at=lead.now - timedelta(minutes=45))
    lead.now += timedelta(minutes=1)
    lead.is_returned()
    assert lead.known.status is Status.WITH_SALES, "it came a minute ago"


def test_the_next_owner_hears_of_all_requests_with_the_lead() -> None:
    lead = with_sales()
    for number in range(10):
        asks(lead, message=f"number {number}")
    lead.is_returned("wrong_person")
    assert lead.known.handoff
    assert lead.known.handoff.news is None
    assert lead.known.request
    assert (lead.known.request.times, lead.known.request.message) == (10, "number 9")


def test_a_second_form_does_not_hide_the_first_one_from_who_gets_the_lead() -> None:
    lead = Scenario.shipped()
    lead.roster = lead.roster.__class__()
    asks(lead, message="Two hundred seats, by January. 030 1234")
    asks(lead, message="buy pills")
    request = lead.known.request
    assert lead.known.handoff
    assert lead.known.handoff.is_waiting
    assert request
    assert request.first
    assert (request.first.message, request.message, request.times) == (
        "Two hundred seats, by January. 030 1234",
        "buy pills",
        2,
    )


def test_a_request_after_an_answered_one_begins_anew() -> None:
    lead = with_sales()
    asks(lead, message="the second")
    assert lead.known.request
    assert (lead.known.request.first, lead.known.request.times) == (None, 1)


def test_whatever_anybody_sends_each_request_is_heard_within_an_hour_and_mails_stay_few() -> None:
    for seed in range(12):
        chance, lead = Random(seed), with_sales()
        for _ in range(80):
            lead.now += timedelta(minutes=chance.choice((0, 0, 0, 1, 5, 40)))
            if (due := next_deadline(lead.known)) and due <= lead.now:
                lead.waits()
            what = chance.choice(("asks", "asks", "tool", "form", "page", "robot"))
            match what:
                case "asks":
                    asks(lead)
                case "tool":
                    lead.sends("demo_requested", source="hubspot")
                case "form":
                    lead.sends("content_downloaded", form="content-download", content="guide")
                case "page":
                    lead.sends("page_visited", anybody=True)
                case "robot":
                    asks(lead, spam=True)
        lead.waits(hours=2)
        assert _unheard(lead.history) == [], f"seed {seed}"
        assert _most_mails_in_an_hour(lead.history) <= 2 * (sum(MOST_NEWS.values()) + 1), f"seed {seed}"


def _unheard(history: list[Recorded]) -> list[str]:
    """The requests that their owner was neither mailed about nor told of with others."""
    waiting: list[str] = []
    for recorded in history:
        event = recorded.event
        if isinstance(event, SignalRecorded) and event.asks_for_a_person and event.news and not event.tells_owner:
            waiting.append(recorded.event_id)
        elif isinstance(event, RequestsTold):
            assert event.requests == len(waiting)
            waiting = []
        elif recorded.event.type == "HandoffReassigned":
            waiting = []
    return waiting


def _most_mails_in_an_hour(history: list[Recorded]) -> int:
    mailed = [
        each.at for each in history if getattr(each.event, "tells_owner", False) or each.event.type == "RequestsTold"
    ]
    return max(sum(1 for other in mailed if at <= other < at + timedelta(hours=1)) for at in mailed)
