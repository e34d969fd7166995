"""Marketing's team is reminded of open reviews and returns, and its managers are mailed when one is late."""

from datetime import timedelta

import pytest

from tests.integration.marketing import MARIA, MAX, hire_marketing
from tests.integration.world import ANNA, KIM, MO, SAM, World

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
GUIDE = {"message_id": "read", "kind": "content_downloaded", "content": {"id": "guide"}}
VISIT = {"message_id": "visit", "properties": {"industry": "Logistics", "first_name": "Anna"}}


def in_review(world: World) -> None:
    """Anna is in review; marketing's team has heard so."""
    assert world.send_signals(GUIDE, VISIT).json()["accepted"] == 2
    world.settle()
    assert world.stack.lead().status == "in_review"
    world.mails.clear()


def returned(world: World) -> None:
    """Sales gives Anna's request back, with a word to marketing."""
    assert world.send_form(first_name="Anna").status == 202
    world.settle()
    handoff = world.stack.lead().handoff
    assert handoff
    back = {"reason": "unreachable", "note": "Called four times."}
    assert world.ask("POST", f"/handoffs/{handoff.handoff_id}/return", back, by=handoff.owner).status == 200
    world.settle()
    world.mails.clear()


@pytest.fixture
def staffed(world: World) -> World:
    """Maria and Max are marketing's team, and Max is its manager."""
    hire_marketing(world)
    return world


def reviewed(staffed: World) -> None:
    said = {"verdict": "not_ready"}
    assert staffed.ask("POST", f"/leads/{staffed.stack.lead().lead_id}/review", said, by="marketing").status == 200


def test_marketing_is_reminded_of_a_review_and_its_manager_is_mailed_when_the_review_is_late(staffed: World) -> None:
    in_review(staffed)
    staffed.wait(DAY)
    reminder, another = staffed.mails
    assert (reminder.topic, reminder.to, another.to) == ("SalesMailTopic", (MARIA,), (MAX,))
    assert reminder.subject == "To review: Anna, example.com - review by 26 Nov 09:30 UTC"
    assert "- Is it in an industry that we sell to? Yes (industry: Logistics)" in reminder.text
    staffed.wait(DAY)
    escalation = staffed.mails[2]
    assert (escalation.to, escalation.subject) == ((MAX,), "Escalation: Anna, example.com - not reviewed yet")
    staffed.wait(10 * DAY)
    assert len(staffed.mails) == 3
    assert "OwnerNotified" not in staffed.stack.happened()


def test_marketing_is_reminded_of_a_returned_lead_with_the_reason_and_note_of_sales(staffed: World) -> None:
    returned(staffed)
    staffed.wait(DAY)
    reminder, another = staffed.mails
    assert (reminder.to, another.to) == ((MARIA,), (MAX,))
    assert "No answer after several tries (unreachable)\n> Called four times.\n" in reminder.text


def test_a_review_in_time_causes_no_mail(staffed: World) -> None:
    in_review(staffed)
    staffed.wait(DAY - MINUTE)
    reviewed(staffed)
    staffed.wait(3 * DAY)
    assert staffed.mails == []


def test_a_review_made_before_the_reminders_event_arrives_causes_no_mail(staffed: World) -> None:
    in_review(staffed)
    staffed.wait(DAY - MINUTE)
    staffed.now += MINUTE
    staffed.deliver("follow_up", dict(staffed.timer))
    reviewed(staffed)
    staffed.settle()
    assert "DutyReminded" in staffed.stack.happened()
    assert staffed.mails == []


def test_the_same_reminder_delivered_twice_is_mailed_once(staffed: World) -> None:
    in_review(staffed)
    staffed.wait(DAY - MINUTE)
    staffed.now += MINUTE
    staffed.deliver("follow_up", dict(staffed.timer))
    records = staffed.new_records()
    for _ in range(2):
        staffed.deliver_records(records)
        staffed.settle_bus()
    assert [mail.to for mail in staffed.mails] == [(MARIA,), (MAX,)]


def test_operations_are_mailed_without_personal_data_when_no_mail_reaches_marketing(world: World) -> None:
    returned(world)
    world.wait(2 * DAY)
    assert [mail.subject for mail in world.mails] == [
        "Baton: no mail reaches anybody in team marketing",
        "Baton: no mail reaches a manager of team marketing",
    ]
    for mail in world.mails:
        assert mail.topic == "OperationsTopic"
        for personal in (ANNA, "Anna", SAM, KIM, MO, "example.com", "Called"):
            assert personal not in mail.subject + mail.text


# --- A review has begun


def test_marketings_people_hear_at_once_that_a_review_has_begun_and_its_manager_does_not(staffed: World) -> None:
    staffed.send_signals(GUIDE, VISIT)
    staffed.settle()
    [mail] = staffed.mails
    assert (mail.topic, mail.to) == ("SalesMailTopic", (MARIA,))
    assert mail.subject == "New to review: Anna, example.com - review by 26 Nov 09:30 UTC"
    assert "/reviews/" in mail.text
    staffed.settle()
    assert len(staffed.mails) == 1


def test_marketings_people_hear_at_once_what_sales_gave_back(staffed: World) -> None:
    staffed.send_form(first_name="Anna")
    staffed.settle()
    handoff = staffed.stack.lead().handoff
    assert handoff
    staffed.mails.clear()
    path = f"/handoffs/{handoff.handoff_id}/return"
    assert staffed.ask("POST", path, {"reason": "unreachable"}, by=handoff.owner).status == 200
    staffed.settle()
    assert [(mail.to, mail.subject.partition(":")[0]) for mail in staffed.mails] == [((MARIA,), "Back from sales")]


def test_marketings_people_hear_of_a_lead_that_is_back_on_its_date(staffed: World) -> None:
    in_review(staffed)
    path = f"/leads/{staffed.stack.lead().lead_id}/review"
    parked = {"verdict": "bad_timing", "review_on": "2026-11-26"}
    assert staffed.ask("POST", path, parked, by="marketing").status == 200
    staffed.wait(2 * DAY - HOUR)
    assert [mail.subject.partition(":")[0] for mail in staffed.mails] == ["New to review"]


def test_nobody_hears_of_a_review_that_is_over_before_its_event_arrives(staffed: World) -> None:
    staffed.send_signals(GUIDE, VISIT)
    reviewed(staffed)
    staffed.settle()
    assert "ReviewRequested" in staffed.stack.happened()
    assert staffed.mails == []


def test_reviews_that_begin_within_a_minute_are_one_digest(staffed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(staffed.stack.physical, "MailPauseSeconds", "60")
    staffed.cold()
    for number in range(12):
        read = {"email": f"visitor{number}@example.org", **GUIDE, "message_id": f"read-{number}"}
        staffed.send_signals(read, {**VISIT, "email": read["email"], "message_id": f"visit-{number}"})
    staffed.settle()
    staffed.wait(2 * MINUTE)
    first, digest = staffed.mails
    assert first.subject.startswith("New to review: ")
    assert (first.to, digest.to) == ((MARIA,), (MARIA,))
    assert first.text.count("/reviews/") + digest.text.count("/reviews/") == 12
    staffed.wait(HOUR)
    assert len(staffed.mails) == 2
