"""Recording a form's signal: new leads, requests, robots and repeats."""

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


def test_a_new_lead_is_captured_before_its_first_signal() -> None:
    assert [event.type for event in record_signal(None, consultation(), 1, NOW)] == ["LeadCaptured", "SignalRecorded"]
    assert [event.type for event in record_signal(received(download()), consultation(), 1, NOW)] == ["SignalRecorded"]


def test_a_consultation_request_reaches_sales_whatever_its_score() -> None:
    handover = due_for(received(consultation()))
    assert handover.trigger == "consultation"
    assert handover.reasons == ("asked for a person through the form consultation on 24 November 2026 at 09:30 UTC",)
    assert handover.terms == handoff_terms(AGREEMENT.handoffs["consultation"], appointments=AGREEMENT.appointments)


def test_a_download_alone_stays_with_marketing() -> None:
    lead = received(download())
    assert (lead.status, due_for(lead)) == (Status.NURTURING, None)


def test_a_request_of_a_robot_is_spam_and_never_reaches_sales() -> None:
    lead = received(consultation(spam=True))
    assert (lead.status, due_for(lead)) == (Status.SPAM, None)


def test_a_request_of_a_robot_does_not_ask_for_a_person() -> None:
    [_, signal] = record_signal(None, consultation(spam=True), 1, NOW)
    assert not signal.asks_for_a_person


def test_a_person_with_an_address_that_a_robot_used_reaches_sales() -> None:
    lead = received(consultation(), received(consultation(spam=True)))
    assert lead.status is Status.NURTURING
    assert due_for(lead)


def test_a_robot_with_the_address_of_a_lead_changes_no_fact_of_the_lead() -> None:
    lead = received(consultation(profile=Profile(first_name="Anna")))
    after = received(consultation(profile=Profile(first_name="Buy"), spam=True), lead)
    assert (after.profile, after.request, after.status) == (lead.profile, lead.request, lead.status)


def test_the_owner_is_notified_of_a_new_signal_and_the_lead_is_not_handed_over_twice() -> None:
    lead = offered(rep(SAM))
    [signal] = record_signal(lead, consultation(), 1, NOW)
    assert signal.tells_owner
    assert due_for(received(consultation(), lead)) is None


def test_a_lead_with_sales_is_not_handed_over_for_a_new_request() -> None:
    lead = offered(rep(SAM))
    asking = lead.request.model_copy(update={"answered": False})
    assert due_for(lead.model_copy(update={"request": asking})) is None


def test_the_owner_is_not_notified_of_a_robot() -> None:
    [signal] = record_signal(offered(rep(SAM)), consultation(spam=True), 1, NOW)
    assert not signal.tells_owner


def test_a_later_form_fills_gaps_and_replaces_nothing() -> None:
    lead = received(
        consultation(profile=Profile(first_name="Anna", title="Buyer"), company=Company(name="Schmidt GmbH"))
    )
    lead = received(download(profile=Profile(title="Head of Purchasing"), company=Company(domain="example.com")), lead)
    assert lead.profile == Profile(first_name="Anna", title="Buyer")
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
def test_a_repeat_is_recognised_for_90_days_if_named_by_its_sender_and_else_for_ten_minutes(
    named: bool, length: timedelta
) -> None:
    assert repeats_until(NOW, named=named) == NOW + length


def test_a_history_that_does_not_begin_with_a_captured_lead_is_refused() -> None:
    orphan = Recorded(
        event_id=event_id_of(LEAD_ID, 1),
        lead_id=LEAD_ID,
        at=NOW,
        by="test",
        event=LeadDisqualified(reason="bad_fit"),
    )
    with pytest.raises(ValueError, match="begins with LeadCaptured"):
        fold([orphan])


def test_an_empty_history_has_no_lead() -> None:
    assert fold([]) is None
