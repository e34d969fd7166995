"""Recipients of an event: the teams that are asked, the recipients of each notification, and operations."""

from typing import Any

import pytest

from baton.agreement.terms.agreement import AgreementInForce
from baton.domain.basics.facts import Staff
from baton.domain.events.handoff_events import HandoffEscalated, HandoffReminded
from baton.domain.events.lead_events import TargetAccountEngaged
from baton.domain.events.recorded import Event, Recorded
from baton.domain.events.review_events import AnswerRequested, DutyEscalated, DutyReminded, ReviewRequested
from baton.domain.handoffs import acceptance, reassignment
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead, LeftToReview
from baton.domain.notifications.recipients import alerted, listeners, notifications, unreached
from baton.domain.qualification.duty_opening import request_review
from baton.domain.signals.signal_recording import record_signal
from baton.domain.teams.roster import Roster
from tests.unit.given import (
    AGREEMENT,
    HANDOFF_ID,
    IN_FORCE,
    KIM,
    LEE,
    NOW,
    SAM,
    after_events,
    consultation,
    download,
    offered,
    received,
    rep,
    team,
)

MO, MIA, MAX = (f"{name}@example.com" for name in ("mo", "mia", "max"))
ROSTERS = {
    "sales": team(rep(SAM), rep(MO, role="manager"), rep(LEE, subscription="ended")),
    "marketing": team(rep(MAX), rep(MIA, role="manager"), rep(KIM, role="manager", subscription="pending")),
    "dropped": team(rep(KIM)),
}
LATE = {"handoff_id": HANDOFF_ID, "assignment": 1, "clock": "accept", "deadline": NOW}
VISIT = TargetAccountEngaged(
    account="acme.com", matched_by="domain", owner=KIM, kind="visit", quiet_since=NOW, tells_owner=True
)
REMINDED, ESCALATED = HandoffReminded(**LATE), HandoffEscalated(why="late", **LATE)

WITH_SAM, OF_NOBODY, NURTURED = offered(rep(SAM)), offered(), received(download())
IN_REVIEW = after_events(NURTURED, [request_review(NURTURED, "the score", AGREEMENT, 1, NOW)])
SAMS_PASSED_TO_KIM = reassignment.reassign(
    WITH_SAM,
    HANDOFF_ID,
    reassignment.ReassignRequest(owner=KIM, reason="holiday"),
    Staff(email=MO),
    team(rep(SAM), rep(KIM)),
    NOW,
)
WITH_KIM = after_events(WITH_SAM, SAMS_PASSED_TO_KIM)
ACCEPTED = after_events(WITH_SAM, acceptance.accept(WITH_SAM, HANDOFF_ID, Staff(email=SAM), NOW))
CONTACTED = after_events(WITH_SAM, acceptance.log_contact(WITH_SAM, HANDOFF_ID, "phone", None, Staff(email=SAM), NOW))


def duty_event(kind: type[Any]) -> Event:
    assert IN_REVIEW.duty
    known: Event = kind(duty_id=IN_REVIEW.duty.duty_id, kind=IN_REVIEW.duty.kind, deadline=NOW)
    return known


BEGUN = ReviewRequested(why="the score", duty_id=IN_REVIEW.duty and IN_REVIEW.duty.duty_id)
BACK = AnswerRequested(handoff_id=HANDOFF_ID, reason="not_qualified", duty_id=BEGUN.duty_id)
LEFT = IN_REVIEW.model_copy(update={"left_to_review": LeftToReview(account="acme.com", at=NOW, day="2026-11-24")})


def recorded(event: Event, by: str = "test") -> Recorded:
    return Recorded(event_id="x-1", lead_id="x", at=NOW, by=by, event=event)


def the_offer(*people: str) -> Recorded:
    """The event by which the lead was offered to the first of these people."""
    lead = offered(*(rep(email) for email in people))
    assert lead.handoff
    handoff = lead.handoff
    known = {name: getattr(handoff, name) for name in ("trigger", "reasons", "agreement_version", "team", "owner")}
    event = {"type": "HandoffOffered", "handoff_id": HANDOFF_ID, **known, "clocks": handoff.clocks}
    rest = {"routing": handoff.routing, "terms": handoff.terms, "due_at": NOW}
    return Recorded.model_validate({"event_id": "x-1", "lead_id": "x", "at": NOW, "by": "test", "event": event | rest})


def no_agreement() -> AgreementInForce:
    raise AssertionError("the agreement is not needed")


# --- listeners ---


def of_team(lead: Lead, name: str) -> Lead:
    assert lead.handoff
    return lead.model_copy(update={"handoff": lead.handoff.model_copy(update={"team": name})})


@pytest.mark.parametrize(
    ("event", "lead", "heard"),
    [
        pytest.param(ESCALATED, WITH_SAM, [MO], id="a late lead: the team's managers"),
        pytest.param(ESCALATED, of_team(WITH_SAM, "dropped"), [MO], id="of a dropped team: managers of other teams"),
        pytest.param(duty_event(DutyEscalated), IN_REVIEW, [MIA], id="a late duty: marketing's managers"),
        pytest.param(duty_event(DutyReminded), IN_REVIEW, [MAX, MIA], id="a duty due soon: marketing's team"),
        pytest.param(BEGUN, IN_REVIEW, [MAX], id="a duty that begins: marketing's people, not its managers"),
        pytest.param(BACK, IN_REVIEW, [MAX], id="an answer that begins: the same"),
        pytest.param(BEGUN, NURTURED, [], id="a duty that begins, of a lead without one: no team"),
        pytest.param(VISIT, NURTURED, [MO, SAM], id="a target account's visit: all reps"),
        pytest.param(REMINDED, WITH_SAM, [], id="a reminder: no team"),
        pytest.param(ESCALATED, NURTURED, [], id="a lead without a handoff: no team"),
        pytest.param(duty_event(DutyReminded), WITH_SAM, [], id="a lead without a duty: no team"),
    ],
)
def test_the_listeners_of_an_event_are_the_people_of_its_teams_with_a_working_address(
    event: Event, lead: Lead, heard: list[str]
) -> None:
    assert listeners(event, lead, ROSTERS.__getitem__, lambda: IN_FORCE) == heard


def test_a_duty_that_begins_is_told_to_managers_if_mail_reaches_nobody_else() -> None:
    rosters = {"marketing": team(rep(MAX, subscription="ended"), rep(MIA, role="manager"))}
    assert listeners(BEGUN, IN_REVIEW, rosters.__getitem__, lambda: IN_FORCE) == [MIA]


def test_managers_of_other_teams_do_not_stand_in_for_a_team_in_the_agreement() -> None:
    rosters = {**ROSTERS, "sales": team(rep(SAM))}
    assert listeners(ESCALATED, WITH_SAM, rosters.__getitem__, lambda: IN_FORCE) == []


def test_no_roster_and_no_agreement_is_read_for_an_event_that_concerns_no_team() -> None:
    def no_roster(_: str) -> Roster:
        raise AssertionError("no roster is needed")

    assert listeners(REMINDED, WITH_SAM, no_roster, no_agreement) == []


# --- notifications ---


def notified(event: Event, lead: Lead, listening: tuple[str, ...] = (MO,), by: str = "test") -> list[tuple[str, str]]:
    """Each notification's kind with each of its recipients."""
    found = notifications(recorded(event, by), lead, listening)
    return [(type(each).__name__, email) for each in found for email in each.to]


@pytest.mark.parametrize(
    ("event", "lead", "expected"),
    [
        pytest.param(REMINDED, WITH_SAM, [("Reminder", SAM)], id="a clock runs out: its owner"),
        pytest.param(REMINDED, ACCEPTED, [], id="a stopped clock reminds nobody"),
        pytest.param(REMINDED, WITH_KIM, [], id="of an earlier owner's clock nobody is reminded"),
        pytest.param(REMINDED, OF_NOBODY, [], id="without an owner nobody is reminded"),
        pytest.param(ESCALATED, WITH_SAM, [("Escalation", MO)], id="a late lead: the managers"),
        pytest.param(ESCALATED, OF_NOBODY, [("Escalation", MO)], id="a lead of nobody: the managers"),
        pytest.param(ESCALATED, ACCEPTED, [], id="a stopped clock escalates nothing"),
        pytest.param(VISIT, NURTURED, [("AccountEngaged", KIM)], id="a target account's visit: its owner"),
        pytest.param(VISIT, WITH_SAM, [("AccountEngaged", KIM)], id="also while another rep has the lead"),
        pytest.param(VISIT, WITH_KIM, [], id="the owner of the account has the lead"),
        pytest.param(VISIT.model_copy(update={"owner": None}), NURTURED, [], id="an account without an owner"),
        pytest.param(VISIT.model_copy(update={"tells_owner": False}), NURTURED, [], id="a visit during the quiet"),
        pytest.param(duty_event(DutyReminded), IN_REVIEW, [("DutyReminder", MO)], id="a duty due soon"),
        pytest.param(duty_event(DutyEscalated), IN_REVIEW, [("DutyEscalation", MO)], id="a late duty"),
        pytest.param(duty_event(DutyReminded), NURTURED, [], id="a duty that is over"),
        pytest.param(BEGUN, IN_REVIEW, [("DutyBegun", MO)], id="a duty that begins"),
        pytest.param(BACK, IN_REVIEW, [("DutyBegun", MO)], id="an answer that begins"),
        pytest.param(BEGUN, NURTURED, [], id="a duty that began and is over"),
        pytest.param(ReviewRequested(why="x"), IN_REVIEW, [], id="a request while a duty is open"),
        pytest.param(BEGUN, LEFT, [], id="a duty that begins for one of a flood of forms"),
    ],
)
def test_an_event_notifies_only_people_who_can_still_act(
    event: Event, lead: Lead, expected: list[tuple[str, str]]
) -> None:
    assert notified(event, lead) == expected


def test_who_had_the_review_begin_is_not_told_so() -> None:
    assert notified(BEGUN, IN_REVIEW, (MAX, MIA), by=MAX) == [("DutyBegun", MIA)]


@pytest.mark.parametrize(
    ("lead", "by", "expected"),
    [
        pytest.param(WITH_KIM, MO, [("Alert", KIM), ("NoLongerYours", SAM)], id="passed on by a manager"),
        pytest.param(WITH_KIM, SAM, [("Alert", KIM)], id="passed on by the former owner"),
        pytest.param(WITH_SAM, MO, [], id="the former owner has it again"),
    ],
)
def test_a_reassignment_alerts_the_new_owner_and_tells_the_former(
    lead: Lead, by: str, expected: list[tuple[str, str]]
) -> None:
    assert notified(SAMS_PASSED_TO_KIM[0], lead, by=by) == expected


def test_news_of_a_lead_goes_to_its_current_owner() -> None:
    [news, *_] = record_signal(WITH_SAM, consultation(reference="again"), 1, NOW)
    assert notified(news, WITH_SAM) == [("News", SAM)]
    assert notified(news, WITH_KIM) == [("News", KIM)]
    assert notified(news, OF_NOBODY) == notified(news, NURTURED) == []


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        pytest.param(WITH_SAM, SAM, id="offered"),
        pytest.param(ACCEPTED, SAM, id="accepted"),
        pytest.param(CONTACTED, None, id="the owner has reached out"),
        pytest.param(WITH_KIM, None, id="another rep has it by now"),
    ],
)
def test_an_offer_alerts_its_owner_until_the_first_contact(lead: Lead, expected: str | None) -> None:
    handoff = alerted(the_offer(SAM), lead)
    assert (handoff.owner if handoff else None) == expected
    assert notified(the_offer(SAM).event, lead) == ([("Alert", expected)] if expected else [])


def test_an_offer_without_an_owner_alerts_nobody() -> None:
    assert alerted(the_offer(), OF_NOBODY) is None


# --- operations ---


@pytest.mark.parametrize(
    ("event", "lead", "listening", "kind"),
    [
        pytest.param(ESCALATED, WITH_SAM, (), "Escalation", id="a late lead, and no manager"),
        pytest.param(ESCALATED, WITH_SAM, (MO,), None, id="a late lead, and a manager"),
        pytest.param(ESCALATED, ACCEPTED, (), None, id="a lead that is late no more"),
        pytest.param(VISIT, NURTURED, (MO, SAM), "AccountEngaged", id="an account's owner whom no mail reaches"),
        pytest.param(VISIT, NURTURED, (KIM, SAM), None, id="an account's owner whom mail reaches"),
        pytest.param(VISIT, WITH_KIM, (), None, id="an account's owner who has the lead"),
        pytest.param(duty_event(DutyReminded), IN_REVIEW, (), "DutyReminder", id="a duty, and nobody in marketing"),
        pytest.param(duty_event(DutyEscalated), IN_REVIEW, (), "DutyEscalation", id="a late duty, and no manager"),
        pytest.param(duty_event(DutyEscalated), IN_REVIEW, (MIA,), None, id="a late duty, and a manager"),
        pytest.param(BEGUN, IN_REVIEW, (), None, id="a duty that begins: its reminder falls back"),
        pytest.param(REMINDED, WITH_SAM, (), None, id="a reminder has its owner"),
        pytest.param(SAMS_PASSED_TO_KIM[0], WITH_KIM, (), None, id="an alert has its owner"),
    ],
)
def test_operations_are_notified_if_mail_reaches_none_of_the_recipients(
    event: Event, lead: Lead, listening: tuple[str, ...], kind: str | None
) -> None:
    found = unreached(recorded(event), lead, listening)
    assert (type(found).__name__ if found else None) == kind


def test_the_events_of_a_whole_history_notify_without_fault() -> None:
    change = Change.begin(None, "x").then(record_signal(None, consultation(), 1, NOW), NOW, "test")
    assert change.after
    assert [notifications(each, change.after, (MO,)) for each in change.events] == [[]] * len(change.events)
