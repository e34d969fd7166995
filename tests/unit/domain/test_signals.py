"""What a form does to a lead, and when it hands the lead over."""

from datetime import timedelta

import pytest

from baton.domain.events.recorded import Recorded, event_id_of
from baton.domain.events.review_events import LeadDisqualified
from baton.domain.history.lead_fold import fold
from baton.domain.history.merged_view import MAX_RECENT
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.stage_and_status import Status
from baton.domain.signals.signal_recording import record_signal, repeats_until
from baton.domain.terms.terms_from_agreement import handoff_terms
from tests.unit.given import AGREEMENT, LEAD_ID, NOW, SAM, consultation, download, due_for, offered, received, rep


def test_a_new_person_is_captured_first() -> None:
    assert [event.type for event in record_signal(None, consultation(), 1, NOW)] == ["LeadCaptured", "SignalRecorded"]
    assert [event.type for event in record_signal(received(download()), consultation(), 1, NOW)] == ["SignalRecorded"]


def test_a_consultation_request_reaches_sales_whatever_else_is_known() -> None:
    handover = due_for(received(consultation()))
    assert handover.trigger == "consultation"
    assert handover.reasons == ("asked for a person through the form consultation on 24 November 2026 at 09:30 UTC",)
    assert handover.terms == handoff_terms(AGREEMENT.handoffs["consultation"])


def test_a_download_alone_stays_with_marketing() -> None:
    lead = received(download())
    assert (lead.status, due_for(lead)) == (Status.NURTURING, None)


def test_a_robot_is_kept_apart_and_never_reaches_sales() -> None:
    lead = received(consultation(spam=True))
    assert (lead.status, due_for(lead)) == (Status.SPAM, None)


def test_a_robot_asks_for_nobody() -> None:
    [_, signal] = record_signal(None, consultation(spam=True), 1, NOW)
    assert not signal.asks_for_a_person


def test_a_person_behind_an_address_that_a_robot_used_is_heard() -> None:
    lead = received(consultation(), received(consultation(spam=True)))
    assert lead.status is Status.NURTURING
    assert due_for(lead)


def test_a_robot_with_a_known_address_changes_nothing_that_is_known() -> None:
    lead = received(consultation(profile=Profile(first_name="Anna")))
    after = received(consultation(profile=Profile(first_name="Buy"), spam=True), lead)
    assert (after.profile, after.request, after.status) == (lead.profile, lead.request, lead.status)


def test_the_owner_is_told_what_is_new_and_the_lead_is_not_handed_over_twice() -> None:
    lead = offered(rep(SAM))
    [signal] = record_signal(lead, consultation(), 1, NOW)
    assert signal.tells_owner
    assert due_for(received(consultation(), lead)) is None


def test_a_lead_with_sales_is_not_handed_over_whatever_it_asks() -> None:
    lead = offered(rep(SAM))
    asking = lead.request.model_copy(update={"answered": False})
    assert due_for(lead.model_copy(update={"request": asking})) is None


def test_nobody_is_told_of_a_robot() -> None:
    [signal] = record_signal(offered(rep(SAM)), consultation(spam=True), 1, NOW)
    assert not signal.tells_owner


def test_the_later_answer_counts_and_what_was_not_answered_stays() -> None:
    lead = received(
        consultation(profile=Profile(first_name="Anna", title="Buyer"), company=Company(name="Schmidt GmbH"))
    )
    lead = received(download(profile=Profile(title="Head of Purchasing"), company=Company(domain="example.com")), lead)
    assert lead.profile == Profile(first_name="Anna", title="Head of Purchasing")
    assert lead.company == Company(name="Schmidt GmbH", domain="example.com")


def test_a_lead_shows_its_last_activities_only() -> None:
    lead = None
    for number in range(MAX_RECENT + 5):
        lead = received(download(content=f"guide-{number}"), lead)
    assert [activity.content for activity in lead.recent] == [f"guide-{n}" for n in range(5, MAX_RECENT + 5)]


@pytest.mark.parametrize(
    ("named", "length"),
    [
        pytest.param(True, timedelta(days=90), id="long, if its sender named it"),
        pytest.param(False, timedelta(minutes=10), id="ten minutes, if not"),
    ],
)
def test_the_same_submission_counts_as_the_same_for(named: bool, length: timedelta) -> None:
    assert repeats_until(NOW, named=named) == NOW + length


def test_a_history_begins_with_a_person() -> None:
    orphan = Recorded(
        event_id=event_id_of(LEAD_ID, 1),
        lead_id=LEAD_ID,
        at=NOW,
        by="test",
        event=LeadDisqualified(reason="bad_fit"),
    )
    with pytest.raises(ValueError, match="begins with LeadCaptured"):
        fold([orphan])


def test_without_a_history_there_is_no_lead() -> None:
    assert fold([]) is None
