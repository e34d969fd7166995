"""Mails that an event causes: recipients, subject and links, and the cases without a mail."""

from collections.abc import Callable
from datetime import timedelta
from typing import get_args

import pytest

from baton.agreement.terms.calendars import Calendar
from baton.agreement.terms.clock_terms import StopsWhen
from baton.domain.basics.facts import Staff
from baton.domain.events.handoff_events import HandoffEscalated, HandoffReminded, HandoffReturned, ReturnDestination
from baton.domain.events.review_events import LeadDisqualified, LeadParked, ReviewRequested
from baton.domain.follow_up.due_actions import act_on_overdue
from baton.domain.handoffs import acceptance, closing, reassignment
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Company
from baton.domain.signals.signal_recording import record_signal
from baton.outreach.links.handoff_links import Action
from baton.outreach.mails import escalation_mails, handoff_mails
from baton.outreach.mails.mails_by_event import Mail, compose
from tests.unit.given import HANDOFF_ID, IN_FORCE, KIM, NOW, SAM, download, rep, team
from tests.unit.outreach.given import (
    ANNA,
    LINKS,
    MANAGERS,
    TO_SAM,
    after,
    happens,
    mails_of,
    offered_to,
    offering,
    sent,
)

BOTH = team(rep(SAM), rep(KIM, last_offered_at=NOW))  # Sam is next in turn
BY_SAM = Staff(email=SAM)

Since = Callable[[Lead], Lead]


def at(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


def after_minutes(lead: Lead, minutes: float) -> Change:
    """What the timer does to the lead that many minutes after the offer."""
    now = NOW + at(minutes)
    return happens(lead, act_on_overdue(lead, lead.timer or "", BOTH, lambda: IN_FORCE, now), now, by="timer")


def accepted(lead: Lead) -> Lead:
    return after(lead, acceptance.accept(lead, HANDOFF_ID, BY_SAM, NOW))


def contacted(lead: Lead) -> Lead:
    return after(lead, acceptance.log_contact(lead, HANDOFF_ID, "phone", None, BY_SAM, NOW))


def returned(lead: Lead) -> Lead:
    gone = HandoffReturned(handoff_id=HANDOFF_ID, assignment=1, reason="bad_fit", then=ReturnDestination.DISQUALIFY)
    return after(lead, [gone, LeadDisqualified(reason="bad_fit")])


def passed_to_kim(lead: Lead, by: str = "manager@example.com", reason: str = "Anna asked for Kim") -> Change:
    return happens(
        lead,
        reassignment.reassign(
            lead, HANDOFF_ID, reassignment.ReassignRequest(owner=KIM, reason=reason), BY_SAM, BOTH, NOW
        ),
        by=by,
    )


OWN_PAGE = [Action.OPEN_LEADS]
"""The last link of a reminder: to what its reader holds, whichever lead it reminds of."""


def links_in(mail: Mail) -> list[tuple[Action, int]]:
    """What the mail's links do, and for which assignment."""
    urls = [line for line in mail.text.splitlines() if "/links/" in line]
    links = [LINKS.read(url.rpartition("/")[2], NOW) for url in urls]
    return [(link.action, link.assignment) for link in links]


def the_lead(change: Change) -> Lead:
    assert change.after is not None
    return change.after


def test_an_offered_lead_alerts_its_owner_and_nobody_else() -> None:
    (mail,) = mails_of(offering(*TO_SAM))
    assert mail.to == (SAM,)


def test_an_offer_without_an_available_rep_mails_the_managers_once() -> None:
    (mail,) = mails_of(offering())
    assert mail.to == MANAGERS
    assert mail.subject == "Nobody has this lead: Anna Schmidt, Example GmbH"


def test_an_offer_without_a_rep_and_without_a_manager_causes_no_mail() -> None:
    change = offering()
    assert [mail for event in change.events for mail in compose(event, the_lead(change), [], LINKS, NOW)] == []


def test_an_alert_sent_after_the_acceptance_asks_only_for_the_first_contact() -> None:
    offer = offering(*TO_SAM)
    (mail,) = mails_of(offer, lead=accepted(the_lead(offer)))
    assert "ACCEPT" not in mail.text
    assert "Accept by" not in mail.text
    assert mail.subject.endswith(" - first contact by 13:30 UTC")


@pytest.mark.parametrize(
    "since",
    [contacted, returned, lambda lead: the_lead(passed_to_kim(lead))],
    ids=["contacted", "returned", "passed on"],
)
def test_no_alert_is_sent_to_an_owner_who_has_made_contact_or_lost_the_lead(since: Since) -> None:
    offer = offering(*BOTH)
    assert mails_of(offer, lead=since(the_lead(offer))) == []


def test_the_alert_of_an_earlier_handoff_is_not_sent_about_a_later_handoff() -> None:
    first = offering(*TO_SAM)
    lead = after(returned(the_lead(first)), record_signal(the_lead(first), sent(reference="again"), 1, NOW))
    later = lead.model_copy(update={"handoff": offered_to(*TO_SAM).handoff.model_copy(update={"handoff_id": "x-002"})})
    assert mails_of(first, lead=later) == []


def test_a_reassignment_alerts_the_new_owner_and_notifies_the_former_owner() -> None:
    alert, note = mails_of(passed_to_kim(offered_to(*BOTH)))
    assert (alert.to, note.to) == ((KIM,), (SAM,))
    opening = f"Consultation request, passed on to you from {SAM}.\nReason: Anna asked for Kim\n\nName: "
    assert alert.text.startswith(opening)


def test_the_mail_to_the_former_owner_has_no_personal_data() -> None:
    _, note = mails_of(passed_to_kim(offered_to(*BOTH, message="secret words")))
    written = f"{note.subject}\n{note.text}"
    for personal in (*ANNA.model_dump(exclude={"country"}, exclude_none=True).values(), "anna", "secret", "links/"):
        assert personal not in written
    assert "Company: Example GmbH" in note.text
    assert HANDOFF_ID in note.text
    assert note.subject == "No longer yours: Example GmbH"


def test_the_mail_to_the_former_owner_names_the_handoff_of_a_lead_without_a_company() -> None:
    _, note = mails_of(passed_to_kim(offered_to(*BOTH, company=Company())))
    assert note.subject == f"No longer yours: handoff {HANDOFF_ID}"


def test_the_mail_to_the_former_owner_names_the_missed_deadline() -> None:
    change = after_minutes(offered_to(*BOTH), 45)
    assert "Reason: not accepted in time." in mails_of(change, NOW + at(45))[1].text


def test_a_former_owner_who_reassigned_the_lead_gets_no_mail() -> None:
    assert [mail.to for mail in mails_of(passed_to_kim(offered_to(*BOTH), by=SAM))] == [(KIM,)]


def test_a_first_owner_who_has_the_lead_again_gets_no_mail_about_its_loss() -> None:
    away = passed_to_kim(offered_to(*BOTH))
    kims = the_lead(away)
    back = after(
        kims,
        reassignment.reassign(
            kims, HANDOFF_ID, reassignment.ReassignRequest(owner=SAM, reason="holiday"), BY_SAM, BOTH, NOW
        ),
    )
    assert mails_of(away, lead=back) == []


def test_a_reassignment_of_a_lead_without_an_owner_mails_only_the_new_owner() -> None:
    assert [mail.to for mail in mails_of(passed_to_kim(offered_to()))] == [(KIM,)]


def test_a_reminder_tells_the_owner_the_due_action_and_its_time() -> None:
    (mail,) = mails_of(after_minutes(offered_to(*BOTH), 15), NOW + at(15))
    assert mail.to == (SAM,)
    assert mail.subject == "Reminder: Anna Schmidt, Example GmbH - accept by 10:00 UTC"
    assert mail.text.startswith("Accept by Tue 24 Nov 2026, 10:00 UTC (in 15m)\n\nName: Anna Schmidt\n")
    assert "ACCEPT this lead:\nhttps://" in mail.text
    assert [action for action, _ in links_in(mail)] == [Action.ACCEPT, Action.CONTACT, Action.RETURN, *OWN_PAGE]
    assert "ALL your open leads, and your leave:\nhttps://" in mail.text


def test_an_alert_has_no_link_to_the_readers_own_pages_as_the_page_of_each_of_its_links_has_them() -> None:
    (mail,) = mails_of(offering(*TO_SAM))
    assert [action for action, _ in links_in(mail)] == [Action.ACCEPT, Action.CONTACT, Action.RETURN]


def test_a_reminder_of_the_first_contact_has_a_link_to_log_the_contact() -> None:
    (mail,) = mails_of(after_minutes(accepted(offered_to(*BOTH)), 120), NOW + at(120))
    assert mail.subject.endswith(" - first contact by 13:30 UTC")
    assert [action for action, _ in links_in(mail)] == [Action.CONTACT, Action.RETURN, *OWN_PAGE]
    assert "ACCEPT" not in mail.text


def test_a_reminder_of_the_next_action_tells_the_last_contact_and_the_possible_actions() -> None:
    week = 7 * 24 * 60
    (mail,) = mails_of(after_minutes(contacted(offered_to(*BOTH)), week), NOW + at(week))
    assert mail.subject == "Reminder: Anna Schmidt, Example GmbH - next action by 09:30 UTC"
    assert mail.text.startswith(
        "Next action by Tue 1 Dec 2026, 09:30 UTC (now)\n"
        "You last reached out on Tue 24 Nov 2026, 09:30 UTC (phone).\n"
        "Log the next contact, or say how it ends.\n\n"
    )
    of_the_lead = [Action.CONTACT, Action.CLOSE, Action.RATE, Action.RETURN]
    assert [action for action, _ in links_in(mail)] == [*of_the_lead, *OWN_PAGE]


def test_a_reminder_of_a_rated_lead_has_no_link_to_rate() -> None:
    week = 7 * 24 * 60
    lead = contacted(offered_to(*BOTH))
    lead = after(lead, closing.rate(lead, HANDOFF_ID, 5, None, BY_SAM))
    (mail,) = mails_of(after_minutes(lead, week), NOW + at(week))
    assert Action.RATE not in [action for action, _ in links_in(mail)]


def test_an_escalation_of_the_next_action_names_the_next_action() -> None:
    late = 11 * 24 * 60
    (mail,) = mails_of(after_minutes(contacted(offered_to(*BOTH)), late), NOW + at(late))
    assert mail.subject == "Escalation: Anna Schmidt, Example GmbH - no next action in time"
    assert mail.text.startswith("Consultation request: no next action in time.\n")


def test_a_reminder_of_a_clock_until_closing_asks_for_the_outcome() -> None:
    lead = offered_to(*BOTH)
    assert lead.handoff
    clock = lead.handoff.clocks[0].model_copy(update={"name": "decide", "stops_when": "closed"})
    lead = lead.model_copy(update={"handoff": lead.handoff.model_copy(update={"clocks": (clock,)})})
    reminded = HandoffReminded(handoff_id=HANDOFF_ID, assignment=1, clock="decide", deadline=NOW)
    (mail,) = mails_of(happens(lead, [reminded]))
    assert mail.text.startswith("Decide by Tue 24 Nov 2026, 10:00 UTC (in 30m)\nSay how it ends: won or lost.\n")


def test_due_times_in_mails_are_told_in_the_time_zone_of_the_calendar_of_sales() -> None:
    lead = offered_to(*TO_SAM)
    assert lead.handoff
    calendar = Calendar.model_validate({"time_zone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:00"]}})
    terms = lead.handoff.terms.model_copy(update={"calendar": calendar})
    lead = lead.model_copy(update={"handoff": lead.handoff.model_copy(update={"terms": terms})})
    (alert,) = mails_of(offering(*TO_SAM), lead=lead)
    assert alert.subject.endswith(" - accept by 11:00 CET")
    assert "\nAccept by Tue 24 Nov 2026, 11:00 CET (in 30m)\n" in alert.text
    (reminder,) = mails_of(after_minutes(lead, 15), NOW + at(15))
    assert reminder.text.startswith("Accept by Tue 24 Nov 2026, 11:00 CET (in 15m)\n")


def test_a_late_reminder_tells_that_the_clock_is_overdue() -> None:
    (mail,) = mails_of(after_minutes(offered_to(*BOTH), 15), NOW + at(42))
    assert mail.subject.endswith(" - accept was due 10:00 UTC")
    assert "(overdue by 12m)" in mail.text


@pytest.mark.parametrize("minutes", [15, 30], ids=["reminder", "escalation"])
@pytest.mark.parametrize(
    "since",
    [accepted, contacted, returned, lambda lead: the_lead(passed_to_kim(lead))],
    ids=["accepted", "contacted", "returned", "passed on"],
)
def test_no_mail_is_sent_about_a_stopped_clock(minutes: int, since: Since) -> None:
    late = after_minutes(offered_to(*BOTH), minutes)
    assert late.events
    assert mails_of(late, lead=since(the_lead(late))) == []


def test_an_escalation_tells_the_managers_owner_late_clock_and_remedy() -> None:
    (mail,) = mails_of(after_minutes(offered_to(*BOTH), 30), NOW + at(31))
    assert mail.to == MANAGERS
    assert mail.subject == "Escalation: Anna Schmidt, Example GmbH - not accepted in time"
    for part in (
        "Consultation request: not accepted in time.\n",
        f"{SAM} has had it since Tue 24 Nov 2026, 09:30 UTC.\n",
        "Accept by Tue 24 Nov 2026, 10:00 UTC (overdue by 1m)\n",
        "REASSIGN this lead: take it yourself, or give it to somebody:\nhttps://api.example.com/prod/reassignments/",
        "Phone: +49 30 1234567\n",
        "> Please call me.\n",
        "Unless it is accepted by then, Baton passes it on at Tue 24 Nov 2026, 10:15 UTC.\n",
    ):
        assert part in mail.text


def test_a_manager_gets_no_link_that_acts_for_the_owner() -> None:
    (mail,) = mails_of(after_minutes(offered_to(*BOTH), 30))
    assert "/links/" not in mail.text


def test_the_mail_about_a_waiting_lead_tells_the_managers_the_reason_for_each_rep() -> None:
    (mail,) = mails_of(offering(rep(SAM, capacity=1, open_handoffs=1)))
    assert f"- {SAM} has 1 of at most 1 open leads\n" in mail.text
    assert "It waits in line: whoever can take it first gets it" in mail.text
    assert "It has been waiting since Tue 24 Nov 2026, 09:30 UTC." in mail.text


def test_news_of_a_lead_goes_to_its_owner_with_the_new_message() -> None:
    lead = offered_to(*TO_SAM)
    (mail,) = mails_of(happens(lead, record_signal(lead, sent(reference="again", message="Are you there?"), 1, NOW)))
    assert mail.to == (SAM,)
    assert mail.subject == "News from your lead: Anna Schmidt, Example GmbH - consultation requested"
    assert "> Are you there?" in mail.text
    assert "Phone: +49 30 1234567" in mail.text


def test_news_names_the_content_that_was_read() -> None:
    lead = offered_to(*TO_SAM)
    (mail,) = mails_of(happens(lead, record_signal(lead, download(content="price-list"), 1, NOW)))
    assert mail.text.startswith("News from your lead: content downloaded (price-list)\non Tue 24 Nov 2026, 09:30 UTC\n")
    assert "THEY WROTE" not in mail.text


def test_news_from_a_tool_needs_no_form() -> None:
    lead = offered_to(*TO_SAM)
    wants_a_demo = sent(kind="demo_requested", form=None, source="calendly", reference="again", message=None)
    (mail,) = mails_of(happens(lead, record_signal(lead, wants_a_demo, 1, NOW)))
    assert mail.to == (SAM,)
    assert mail.text.startswith("News from your lead: demo requested\n")


def test_news_goes_to_the_current_owner_of_the_lead() -> None:
    lead = offered_to(*BOTH)
    news = happens(lead, record_signal(lead, download(), 1, NOW))
    (mail,) = mails_of(news, lead=the_lead(passed_to_kim(the_lead(news))))
    assert mail.to == (KIM,)


def test_no_news_is_sent_about_a_handoff_that_is_closed_or_has_no_owner() -> None:
    lead = offered_to(*TO_SAM)
    news = happens(lead, record_signal(lead, download(), 1, NOW))
    assert mails_of(news, lead=returned(the_lead(news))) == []
    ownerless = offered_to()
    assert mails_of(happens(ownerless, record_signal(ownerless, download(), 1, NOW))) == []


def test_actions_of_sales_cause_no_mail() -> None:
    lead = offered_to(*TO_SAM)
    gone = HandoffReturned(handoff_id=HANDOFF_ID, assignment=1, reason="bad_fit", then=ReturnDestination.DISQUALIFY)
    for happened in (
        acceptance.log_contact(lead, HANDOFF_ID, "phone", None, BY_SAM, NOW),
        [gone, LeadDisqualified(reason="bad_fit")],
        [gone, LeadParked(due_at=NOW), ReviewRequested(why="the agreed time has passed")],
    ):
        assert mails_of(happens(lead, happened)) == []


def test_a_first_request_causes_no_news_mail() -> None:
    assert mails_of(happens(None, record_signal(None, sent(), 1, NOW))) == []


def test_the_links_of_a_reassigned_lead_belong_to_the_new_owner() -> None:
    alert, _ = mails_of(passed_to_kim(offered_to(*BOTH)))
    assert links_in(alert) == [(Action.ACCEPT, 2), (Action.CONTACT, 2), (Action.RETURN, 2)]


@pytest.mark.parametrize("stops_when", get_args(StopsWhen))
def test_every_stop_condition_of_a_clock_has_a_reminder_and_an_escalation(stops_when: StopsWhen) -> None:
    lead = offered_to(*TO_SAM)
    assert lead.handoff
    running = lead.handoff.clocks[0].model_copy(update={"stops_when": stops_when})
    late = HandoffEscalated(handoff_id=HANDOFF_ID, assignment=1, clock=running.name, deadline=NOW, why="nobody acted")

    _, reminded = handoff_mails.reminder(lead, lead.handoff, running, LINKS, NOW)
    _, escalated = escalation_mails.escalation(lead, lead.handoff, late, running, "https://…", NOW)

    assert "/links/" in reminded
    assert "Unless " in escalated


def test_one_mail_tells_of_requests_that_came_too_fast_for_a_mail_each() -> None:
    lead = accepted(offered_to(*TO_SAM))
    for number in range(12):
        lead = after(lead, record_signal(lead, sent(message=f"Call me, {number}."), 1, NOW))
    [mail] = mails_of(after_minutes(lead, 60))[-1:]
    assert mail.to == (SAM,)
    assert mail.subject == "Asked for a person 9 times more: Anna Schmidt, Example GmbH"
    assert "Your lead asked for a person 9 times more since" in mail.text
    assert "> Call me, 11." in mail.text


def test_no_mail_tells_of_many_requests_once_somebody_else_has_the_lead() -> None:
    lead = accepted(offered_to(*TO_SAM))
    for _ in range(12):
        lead = after(lead, record_signal(lead, sent(), 1, NOW))
    told = after_minutes(lead, 60)
    assert told.after
    passed = passed_to_kim(told.after).after
    assert [mail for mail in mails_of(told, lead=passed) if mail.subject.startswith("Asked")] == []
